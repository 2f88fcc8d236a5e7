"""What stands on every page, and the figures' memory."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.app import create_app
from api.dashboard.figures import Figures
from api.services import Services
from crawler import runs
from crawler.records import PageCounts
from graph.database import open_database
from graph.desk import Desk
from graph.model import Strength
from graph.ports import CypherConsole
from graph.register import Register
from graph.stores import open_graph
from graph.tables import Base
from tests import pages

AS_OF = datetime(2026, 8, 1, tzinfo=UTC)


def register(folder: Path) -> tuple[Engine, TestClient]:
    """Return an empty register and its pages."""
    engine = open_database(f"sqlite:///{folder}/empty.db")
    Base.metadata.create_all(engine)
    store = open_graph(f"kglite:///{folder}/empty.kgl")
    app = create_app(Services(Register(engine), store, cast("CypherConsole", store), Desk(engine)))
    return engine, TestClient(app)


def test_an_empty_register_has_its_pages_too(tmp_path: Path) -> None:
    _, client = register(tmp_path)
    for address in ("/", "/models", "/findings", "/runs", "/families", "/console", "/search?q=x"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "No graph has been built yet" in answer.text


def test_a_run_under_way_is_on_every_page(tmp_path: Path) -> None:
    engine, client = register(tmp_path)
    run = runs.start(engine, "crawl", "hub", "llama")
    with engine.begin() as connection:
        runs.progress(connection, run, PageCounts(records=12345))
    for address in ("/", "/models/a/b", "/console"):
        text = client.get(address).text
        assert "under way" in text
        assert "12\u202f345" in text
    runs.finish(engine, run, "done", PageCounts(records=12346))
    assert "under way" not in client.get("/").text
    shown = client.get(f"/runs/{run.id}").text
    assert "12\u202f346" in shown


def test_the_sample_says_that_it_is_one(tmp_path: Path) -> None:
    engine, client = register(tmp_path)
    run = runs.start(engine, "import", "/data/sample.jsonl.gz", "sample", AS_OF)
    runs.finish(engine, run, "done", PageCounts())
    for address in ("/", "/models", "/licences/llama2", "/models/a/b"):
        assert (
            "bundled sample of well-known repositories, dated 2026-08-01"
            in client.get(address).text
        )
    assert "/data/" not in client.get("/runs").text
    runs.finish(engine, runs.start(engine, "crawl", "hub", "llama"), "done", PageCounts())
    assert "bundled sample" not in client.get("/").text


def test_figures_are_asked_once_a_build(tmp_path: Path) -> None:
    services = pages.services(tmp_path)
    figures = Figures()
    first = figures.rows(services, "one", "family-sizes", Strength.INFERRED)
    assert figures.rows(services, "one", "family-sizes", Strength.INFERRED) is first
    assert figures.rows(services, "two", "family-sizes", Strength.INFERRED) is not first
    assert first
