"""Many rows go in as few do, on each database: every type, quoting, and what is there already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError

from graph.storage import bulk
from graph.storage.tables import ArtifactRow, FindingRow, StandingRow
from tests.home import Home

A, F, S = (cast("Table", row.__table__) for row in (ArtifactRow, FindingRow, StandingRow))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WILD = 'tab\t, line\n, back\\slash, \\N, "quote", \U0001f999, NUL\0'
FEW, MANY = 3, bulk.WORTH_COPYING + 5


@pytest.fixture
def home(tmp_path: Path, database_url: str) -> Iterator[Home]:
    opened = Home(tmp_path, database=database_url)
    yield opened
    opened.close()


def finding(key: int) -> dict[str, Any]:
    return {
        "key": key, "check": "name-prefix", "outcome": "failed", "licence": None, "strength": key,
        "body": {"quote": WILD, "path": [], "n": 1.5}, "opened": NOON + timedelta(microseconds=key),
        "closed": None, "source": 1,
    }  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, FEW, MANY])
def test_rows_come_out_as_they_went_in(home: Home, count: int) -> None:
    rows = [finding(key) for key in range(1, count + 1)]
    with home.engine.begin() as connection:
        bulk.insert_missing(connection, A, [{"id": f"a/{row['key']}"} for row in rows])
        bulk.insert(connection, F, rows)
    with home.engine.connect() as connection:
        found = connection.execute(select(F).order_by(F.c.number)).mappings().all()
    assert [{name: row[name] for name in rows[0]} for row in found] == rows if rows else not found
    assert [row["number"] for row in found] == list(range(1, count + 1))


@pytest.mark.parametrize("count", [FEW, MANY])
def test_what_is_there_is_left_alone_or_replaced_as_asked(home: Home, count: int) -> None:
    ids = [{"id": f"a/{n}"} for n in range(count)]

    def standings(outcome: str) -> list[dict[str, Any]]:
        same = {"crawled": True, "relations": 0, "edges_digest": -(1 << 63), "outcome": outcome}
        return [{"key": key, **same} for (key,) in home.rows("select key from artifacts")]

    with home.engine.begin() as connection:
        bulk.insert_missing(connection, A, ids[:2])
        bulk.insert_missing(connection, A, ids)
    with home.engine.begin() as connection:
        bulk.upsert(connection, S, standings("passed")[:2])
        bulk.upsert(connection, S, standings("failed"))
    assert home.rows("select count(*) from artifacts") == [(count,)]
    assert home.rows("select distinct outcome, edges_digest from standings") == [
        ("failed", -(1 << 63))
    ]


def test_a_failed_copy_leaves_nothing_of_the_transaction(home: Home) -> None:
    rows = [finding(key) for key in range(1, MANY + 1)]  # of artifacts that are not there
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), home.engine.begin() as connection:
        bulk.insert(connection, F, rows)
    assert home.rows("select count(*) from findings") == [(0,)]
