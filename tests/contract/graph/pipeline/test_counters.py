"""Where counters alone moved, nodes get theirs: lineage, findings and edges are not looked at."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from tests.contract.conftest import Engine
from tests.home import LLAMA, Home, gone, model

BASE = model(LLAMA, licence="llama3.1", downloads=100)
CHILD = model("acme/Bravo", f"finetune:{LLAMA}", downloads=10, likes=1, licence="mit")
DATA_SET = {"id": "datasets/acme/Data", "kind": "dataset", "tags": [], "downloads": 3}


@pytest.fixture
def home(engine: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Home]:
    if engine.name == "neo4j":
        request.getfixturevalue("neo4j_server").clear()
    opened = Home(tmp_path, engine.url(request, tmp_path))
    opened.take(BASE, CHILD, DATA_SET, model("other/One", downloads=5))
    opened.build()
    yield opened
    opened.close()


def counters(home: Home) -> dict[str, tuple[Any, ...]]:
    names = ("downloads", "downloads_all", "likes")
    return {
        row["id"]: tuple(row.get(name) for name in names)
        for _, row in home.graph_held()["nodes"]
        if "crawled" in row
    }


def without_counters(home: Home) -> dict[str, list[Any]]:
    held = home.graph_held()
    nodes = held["nodes"]
    moving = ("downloads", "downloads_all", "likes", "build")
    still = [[label, {k: v for k, v in row.items() if k not in moving}] for label, row in nodes]
    still.sort(key=lambda node: (node[0], node[1]["id"]))  # they came in order of their build
    return {"nodes": still, "edges": held["edges"]} | home.found()


def test_counters_are_refreshed_and_nothing_else(home: Home) -> None:
    before = without_counters(home)
    home.take(CHILD | {"downloads": 11, "downloadsAllTime": 70}, DATA_SET | {"downloads": 4})
    report = home.build()
    assert (report.counted, report.touched, report.judged, report.findings) == (2, 0, 0, 0)
    assert (report.artifacts, report.edges) == (4, 1)
    assert counters(home) == {
        LLAMA: (100, None, None),
        "acme/Bravo": (11, 70, 1),
        "datasets/acme/Data": (4, None, None),
        "other/One": (5, None, None),
    }
    assert without_counters(home) == before
    assert home.build().id is None


def test_lineage_is_not_even_read(home: Home) -> None:
    home.take(CHILD | {"downloads": 11})
    asked: list[str] = []

    def note(connection: object, cursor: sqlite3.Cursor, statement: str, *rest: object) -> None:
        asked.append(statement)

    event.listen(home.engine, "before_cursor_execute", note)
    assert home.build().counted == 1
    large = ("claims", "classifications", "standings", "members", "findings")
    assert [s for s in asked if any(f"FROM {table}" in s for table in large)] == []
    assert any("FROM builds" in s for s in asked)


def test_what_changed_is_built_beside_what_was_counted(home: Home) -> None:
    home.take(CHILD | {"downloads": 12, "tags": ["license:mit"]}, BASE | {"downloads": 101})
    report = home.build()
    assert (report.touched, report.counted) == (1, 1)
    held = counters(home)
    assert (held[LLAMA], held["acme/Bravo"]) == ((101, None, None), (12, None, 1))
    incremental = without_counters(home), held
    home.build(fresh=True)
    assert (without_counters(home), counters(home)) == incremental


def test_what_a_run_counts_after_a_build_is_seen_when_it_has_ended(home: Home) -> None:
    home.take(CHILD | {"downloads": 11})
    home.build()
    with home.engine.begin() as connection:  # as a crawl that was stopped and went on
        connection.execute(text("update records set downloads = 12 where likes = 1"))
        connection.execute(
            text("update runs set finished = :now where number = 2"),
            {"now": datetime.now(UTC).replace(tzinfo=None).isoformat(" ")},
        )
    assert home.build().counted == 1
    assert counters(home)["acme/Bravo"] == (12, None, 1)


def test_what_is_gone_counts_no_more(home: Home) -> None:
    home.take(BASE | {"downloads": 200})
    home.take(gone(LLAMA))
    report = home.build()
    assert report.counted == 0
    assert counters(home)[LLAMA] == (None, None, None)


def test_records_that_go_or_move_are_noticed_without_a_run(home: Home) -> None:
    mine = "(select key from artifacts where id = 'other/One')"
    with home.engine.begin() as connection:
        connection.execute(text(f"delete from classifications where key = {mine}"))  # noqa: S608
        connection.execute(text(f"delete from records where key = {mine}"))  # noqa: S608
    assert home.build().gone == 1
    assert "other/One" not in counters(home)
