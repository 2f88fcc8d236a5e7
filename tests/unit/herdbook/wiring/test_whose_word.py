"""An older database keeps its claims and its census, each with whose word it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, text

from graph.storage.database import open_database
from herdbook.wiring import migrate

BEFORE = "0006"
SIGNALS = {"base_model_tag": 4, "former_name": 3, "card_older_name": 3, "provenance": 2,
           "identity": 1, "cache_path": 1}  # fmt: skip
RUN = """
INSERT INTO runs (id, kind, source, scope, state, as_of, started, counts, covered)
VALUES ('r', 'crawl', 'hub', 'llama', 'done', '2026-08-19', '2026-08-19', '{}', '[]')
"""
CLAIM = """
INSERT INTO claims (owner, child, parent, relation, strength, confidence, signal, field, value)
VALUES (1, 1, 2, 0, 3, 1.0, :signal, 'tags', '')
"""
COUNTED = """
INSERT INTO census (kind, line, strength, month, count, downloads, run)
VALUES ('model', 'qwen3', 3, '2026-08', 7, 70, 1)
"""


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    with engine.begin() as connection:
        command.upgrade(migrate.configure(connection), BEFORE)
        connection.execute(text("INSERT INTO artifacts (id) VALUES ('a/B'), ('c/D')"))
        connection.execute(text(RUN))
        for signal in SIGNALS:
            connection.execute(text(CLAIM), {"signal": signal})
        connection.execute(text(COUNTED))
    yield engine
    engine.dispose()


def counted(connection: Connection, columns: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM census"))]  # noqa: S608 (ours)


def test_stored_claims_get_their_source_by_their_signal(engine: Engine) -> None:
    migrate.upgrade(engine)
    with engine.connect() as connection:
        told = connection.execute(text("SELECT signal, source FROM claims")).all()
    assert dict(map(tuple, told)) == SIGNALS


def test_a_census_counts_on_as_nobodys_word_in_particular(engine: Engine) -> None:
    migrate.upgrade(engine)
    with engine.connect() as connection:
        assert counted(connection, "line, strength, source, count, downloads, run") == [
            ("qwen3", 3, 1, 7, 70, 1)
        ]


def test_the_way_back_adds_up_what_sources_told_apart(engine: Engine) -> None:
    migrate.upgrade(engine)
    more = COUNTED.replace("strength, month", "strength, source, month").replace(
        "3, '2", "3, 4, '2"
    )
    with engine.begin() as connection:
        connection.execute(text(more))
        command.downgrade(migrate.configure(connection), BEFORE)
        assert counted(connection, "line, strength, count, downloads, run") == [
            ("qwen3", 3, 14, 140, 1)
        ]
