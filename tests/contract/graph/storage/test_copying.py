"""Copying a database: SQLite to PostgreSQL and back, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select, text

from graph.storage.copying import CopyRefused, copy
from graph.storage.database import open_database
from graph.storage.tables import ArtifactRow, Base, NoticeRow
from herdbook.wiring.migrate import upgrade
from tests.home import LLAMA, Home, gone, model

Made = Callable[[], Engine]


@pytest.fixture
def full(tmp_path: Path) -> Home:
    """A home with records, a removal, refused lines, a build, findings closed and open."""
    home = Home(tmp_path)
    home.take(model(LLAMA, licence="llama3.1"), model("acme/a", f"finetune:{LLAMA}", licence="mit"))
    home.build()
    home.take_lines(['{"id": "acme/b", "downloads": 9000000000}', "{nothing", '{"id": "a/../b"}'])
    home.take(gone("acme/a"), model("acme/c", f"quantized:{LLAMA}", author="acmé — 作者"))
    home.build()
    return home


def _empty(url: str) -> Engine:
    engine = open_database(url)
    upgrade(engine)
    return engine


def _contents(engine: Engine) -> dict[str, list[str]]:
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in Base.metadata.sorted_tables
        }


def _quiet(_done: int, _of: int, _table: str) -> None:
    pass


def test_there_and_back_again_everything_is_the_same(
    full: Home, postgres_url: str, tmp_path: Path
) -> None:
    server, back = _empty(postgres_url), _empty(f"sqlite:///{tmp_path}/back.db")
    told: list[tuple[int, int]] = []
    there = copy(full.engine, server, lambda done, of, _table: told.append((done, of)))
    assert copy(server, back, _quiet) == there
    assert _contents(full.engine) == _contents(server) == _contents(back)
    rows = sum(one.rows for one in there)
    assert rows > 20
    assert told[-1] == (2 * rows, 2 * rows)


def test_new_rows_are_numbered_after_the_copied_ones(full: Home, postgres_url: str) -> None:
    server = _empty(postgres_url)
    copy(full.engine, server, _quiet)
    with server.begin() as connection:
        last = connection.scalar(select(func.max(ArtifactRow.key))) or 0
        made = insert(ArtifactRow).values(id="acme/new").returning(ArtifactRow.key)
        assert connection.scalar(made) == last + 1


def test_a_target_that_holds_anything_stays_as_it_is(full: Home, tmp_path: Path) -> None:
    target = _empty(f"sqlite:///{tmp_path}/target.db")
    copy(full.engine, target, _quiet)
    before = _contents(target)
    with pytest.raises(CopyRefused, match="not empty"):
        copy(full.engine, target, _quiet)
    assert _contents(target) == before


def test_what_a_server_does_not_take_leaves_it_empty(full: Home, postgres_url: str) -> None:
    server = _empty(postgres_url)
    _store_as_older_code_did(full.engine, "kind", "a\0secret")
    with pytest.raises(CopyRefused, match="given up") as told:
        copy(full.engine, server, _quiet)
    assert "secret" not in str(told.value)
    assert not any(_contents(server).values())


def test_what_older_code_stored_of_the_outside_is_made_storable(
    full: Home, postgres_url: str
) -> None:
    server = _empty(postgres_url)
    _store_as_older_code_did(full.engine, "reason", "a\0b")
    copy(full.engine, server, _quiet)
    with server.connect() as connection:
        assert "a\ufffdb" in connection.scalars(select(NoticeRow.reason)).all()


def _store_as_older_code_did(engine: Engine, column: str, value: str) -> None:
    row = {"kind": "", "reason": "", column: value}
    with engine.begin() as connection:
        query = "INSERT INTO notices (run, place, kind, reason) VALUES (1, '', :kind, :reason)"
        connection.execute(text(query), row)


def test_a_row_that_comes_out_otherwise_is_found(full: Home, tmp_path: Path) -> None:
    target = _empty(f"sqlite:///{tmp_path}/target.db")
    with target.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER t AFTER INSERT ON artifacts WHEN NEW.id LIKE 'acme/%' BEGIN "
                "UPDATE artifacts SET id = NEW.id || ' ' WHERE key = NEW.key; END"
            )
        )
    with pytest.raises(CopyRefused, match="artifacts did not come out as it went in"):
        copy(full.engine, target, _quiet)
    assert not any(_contents(target).values())


@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
def test_what_is_stored_meanwhile_is_left_for_another_time(
    full: Home, tmp_path: Path, postgres_url: str, source: str
) -> None:
    target = _empty(f"sqlite:///{tmp_path}/target.db")
    home = full.engine
    if source == "postgresql":
        home = _empty(postgres_url)
        copy(full.engine, home, _quiet)
    before = _contents(home)

    def store(done: int, _of: int, _table: str) -> None:
        with home.begin() as connection:
            connection.execute(insert(ArtifactRow).values(id=f"acme/{done}"))
            connection.execute(insert(NoticeRow).values(run=1, kind="k", place="", reason=""))

    copy(home, target, store)
    assert _contents(target) == before != _contents(home)
