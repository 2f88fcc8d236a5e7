"""What stands on every page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import orjson
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, update

from api.app import create_app
from api.http.services import Services
from crawler.ingest.importer import import_file
from graph.engines import open_graph
from graph.engines.port.ports import CypherConsole
from graph.storage.database import open_database
from graph.storage.read_model import ReadModel
from graph.storage.tables import SAMPLE_SCOPE, Base
from graph.storage.triage import Triage
from tests import pages
from tests.made_runs import REASON, RUNS, plan, put_run

AS_OF = datetime(2026, 8, 1, tzinfo=UTC)


def read_model(folder: Path) -> tuple[Engine, TestClient]:
    """Return an empty register and its pages."""
    engine = open_database(f"sqlite:///{folder}/empty.db")
    Base.metadata.create_all(engine)
    store = open_graph(f"kglite:///{folder}/empty.kgl")
    app = create_app(
        Services(ReadModel(engine), store, cast("CypherConsole", store), Triage(engine))
    )
    return engine, TestClient(app)


def test_an_empty_register_has_its_pages_too(tmp_path: Path) -> None:
    _, client = read_model(tmp_path)
    for address in ("/", "/models", "/findings", "/runs", "/families", "/console", "/search?q=x"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "No graph has been built yet" in answer.text


EVERY = ("/", "/models/a/b", "/console", "/licences/llama2", "/runs")


def test_a_run_under_way_is_on_every_page(tmp_path: Path) -> None:
    engine, client = read_model(tmp_path)
    put_run(engine, counts={"records": 12345}, stage="list", plan=plan(90, 540, known=False))
    for address in EVERY:
        text = client.get(address).text
        assert "A crawl is under way: the whole list, 540 of about 4,500 requests (12 %)" in text
        assert " left; <strong>12,345</strong> records so far" in text
        assert '<progress max="1" value="0.12"' in text
    put_run(engine, kind="import", state="running", source="/data/x.jsonl")
    assert "An import is under way" in client.get("/").text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"state": "failed", "reason": REASON}, [REASON.partition("<")[0], "&lt;b&gt;[U+202E]xxx"]),
        ({"state": "failed"}, ["The last crawl failed: no reason was written down."]),
        ({"state": "stopped"}, ["The last crawl was stopped. It can be gone on with"]),
        ({"state": "stopped", "reason": "killed"}, ["The last crawl was stopped: killed."]),
    ],
)
def test_a_last_crawl_that_came_to_no_good_end_is_on_every_page(
    tmp_path: Path, told: dict[str, Any], words: list[str]
) -> None:
    engine, client = read_model(tmp_path)
    put_run(engine, **told)
    for address in EVERY:
        text = client.get(address).text
        assert [part for part in words if part.replace('"', "&#34;") not in text] == []
        assert "takes its place" not in text
        assert "<code>herdbook" in text
        assert ("x" * 300 in text) == (told.get("reason") == REASON)
    put_run(engine, state="done")
    assert "The last crawl" not in client.get("/").text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (None, "no crawl was begun: <code>herdbook up</code>"),
        ({"state": "running"}, "a crawl is under way."),
        ({"state": "failed", "reason": "HTTP 400"}, "the last crawl failed: HTTP 400."),
        ({"state": "stopped"}, "the last crawl was stopped."),
    ],
)
def test_the_sample_says_that_it_is_one_and_what_holds(
    tmp_path: Path, told: dict[str, Any] | None, words: str
) -> None:
    engine, client = read_model(tmp_path)
    store_sample(engine, tmp_path)
    if told:
        put_run(engine, **told)
    for address in EVERY:
        text = client.get(address).text
        assert "bundled sample of well-known repositories, dated 2026-08-01" in text
        assert words in text
        assert "takes its place" not in text
    assert str(tmp_path) not in client.get("/runs").text


def test_the_sample_is_one_until_something_else_is_stored(tmp_path: Path) -> None:
    engine, client = read_model(tmp_path)
    put_run(engine, scope=SAMPLE_SCOPE, kind="import", state="done", as_of=AS_OF)
    assert "bundled sample" not in client.get("/").text
    store_sample(engine, tmp_path)
    assert "bundled sample" in client.get("/").text
    other = tmp_path / "other.jsonl"
    other.write_bytes(orjson.dumps(pages.model(pages.GOOD)))
    import_file(engine, other)
    assert "bundled sample" not in client.get("/").text


def store_sample(engine: Engine, folder: Path) -> None:
    """Store one record as the bundled sample."""
    path = folder / "sample.jsonl"
    path.write_bytes(orjson.dumps(pages.model(pages.ROOT)))
    import_file(engine, path, scope=SAMPLE_SCOPE)
    with engine.begin() as connection:
        connection.execute(update(RUNS).values(as_of=AS_OF))
