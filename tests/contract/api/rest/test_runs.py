"""Runs over HTTP: where each stands, what is ready, what is measured, and what is held back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.app import create_app
from crawler.ingest.report import PageCounts
from graph.engines.queries.query import library
from graph.storage.database import open_database
from tests.contract.rest_read_model import BAD, services
from tests.made_runs import REASON, plan, put_run, put_states

STATES = ("running", "done", "stopped", "paused", "failed")


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path}/herdbook.db")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(services(tmp_path))) as one:
        yield one


def test_a_run_tells_how_it_stands_in_every_state(client: TestClient, engine: Engine) -> None:
    ids = put_states(engine)
    told = {run["state"]: run for run in client.get("/v1/runs?limit=5").json()["items"]}
    assert set(told) == set(STATES)
    assert {state: run["id"] for state, run in told.items()} == ids
    assert told["failed"]["reason"] == REASON
    assert REASON in told["failed"]["says"]
    assert told["paused"]["resumes"].endswith("Z")
    assert "147,000 repositories are left" in told["paused"]["says"]
    assert told["running"]["progress"].startswith("the whole list, 540 of 4,500 requests (12 %)")
    assert [told[state]["progress"] for state in STATES[1:]] == [None] * 4
    for state, run in told.items():
        assert client.get(f"/v1/runs/{ids[state]}").json()["says"] == run["says"]


def test_a_runs_stages_have_their_requests_share_and_time(
    client: TestClient, engine: Engine
) -> None:
    put_run(engine, stage="list", plan=plan(90, 540))
    (run,) = client.get("/v1/runs?limit=1").json()["items"]
    first, second, third = run["stages"]
    assert (run["stage"], second["name"], second["requests"], second["done"]) == (
        "list", "list", 4500, 540
    )  # fmt: skip
    assert (first["share"], second["share"], third["share"]) == (1.0, 0.12, 0.0)
    assert first["seconds_left"] is third["seconds_left"] is None
    assert second["seconds_left"] > 0
    assert (first["time"], second["time"][-4:], third["time"]) == (
        "done",
        "left",
        "about 5 minutes",
    )


def test_every_count_of_a_run_is_told(client: TestClient, engine: Engine) -> None:
    names = list(PageCounts.__slots__)
    counts = {name: place for place, name in enumerate(names, start=1)}
    run = put_run(engine, state="done", counts=counts)
    assert client.get(f"/v1/runs/{run}").json()["counts"] == counts
    page = client.get(f"/runs/{run}").text
    assert [name for name in names if f'data-count="{name}">{counts[name]}<' not in page] == []


@pytest.mark.parametrize(
    ("told", "status", "reason"),
    [
        (None, "ready", None),
        ({"state": "done"}, "ready", None),
        ({"state": "running"}, "ready", None),
        ({"state": "stopped"}, "ready", None),
        ({"state": "paused", "reason": "the limit"}, "ready", None),
        ({"state": "failed", "reason": REASON}, "degraded", f"The last crawl failed: {REASON}"),
        ({"state": "failed"}, "degraded", "The last crawl failed: no reason was written down"),
        ({"state": "stopped", "reason": "killed"}, "degraded", "The last crawl stopped: killed"),
    ],
)
def test_a_last_crawl_that_failed_degrades_and_does_not_take_away(
    client: TestClient, engine: Engine, told: dict[str, Any] | None, status: str, reason: str | None
) -> None:
    put_run(engine, state="failed", reason="long ago")
    put_run(engine, **(told or {"state": "done"}))
    put_run(engine, kind="import", state="failed", reason="no crawl")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json().get("reason")) == (status, reason)
    assert answer.json()["build"]


def test_the_last_crawl_is_measured(client: TestClient, engine: Engine) -> None:
    text = client.get("/metrics").text
    assert 'herdbook_crawl_state{state="running"} 0.0' in text
    assert "herdbook_files_left" not in text
    put_run(engine, stage="list", plan=plan(90, 540), counts={"files_left": 7})
    text = client.get("/metrics").text
    assert 'herdbook_crawl_state{state="running"} 1.0' in text
    assert 'herdbook_crawl_state{state="failed"} 0.0' in text
    assert 'herdbook_crawl_stage_requests{kind="expected",stage="list"} 4500.0' in text
    assert 'herdbook_crawl_stage_requests{kind="done",stage="list"} 540.0' in text
    assert "herdbook_files_left 7.0" in text


def test_shares_are_null_until_the_list_is_whole_and_the_mark_changes_with_it(
    client: TestClient, engine: Engine
) -> None:
    before = client.get("/v1/footprint")
    put_run(engine, stage="list", plan=plan(90, 540), counts={"records": 9})
    part = client.get("/v1/footprint", headers={"If-None-Match": before.headers["etag"]})
    assert part.status_code == 200
    items = zip(before.json()["items"], part.json()["items"], strict=True)
    for whole, held in items:
        shares = library()[whole["query"]].shares
        assert (whole["complete"], whole["coverage"]) == (True, "")
        assert not held["complete"]
        assert "12 % of about 4,500 pages" in held["coverage"]
        assert held["rows"] == [row | dict.fromkeys(shares) for row in whole["rows"]]
        assert all(row[share] is not None for row in whole["rows"] for share in shares)
    put_run(engine, state="paused", listed=datetime.now(UTC), counts={"records": 9})
    again = client.get("/v1/footprint", headers={"If-None-Match": part.headers["etag"]})
    assert again.json()["items"] == before.json()["items"]


def test_the_first_page_leaves_shares_out_and_says_so(client: TestClient, engine: Engine) -> None:
    whole = client.get("/").text
    assert "by the authors alone" in whole
    assert "share</th>" in whole
    put_run(engine, state="failed", reason="400", plan=plan(90, 540), counts={"records": 9})
    text = client.get("/").text
    assert "is not read whole yet (12 % of about 4,500 pages): shares are not shown" in text
    assert "descend from Llama, by" in text
    assert "share</th>" not in text
    assert " %" not in text.partition('<div class="cards">')[2]
    assert BAD not in text
    assert "a share that a query works out" in client.get("/console").text
