"""Runs written down as values, in every state that a run can be in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import Engine, Table, insert

from graph.storage.tables import RecordRow, RunRow

RUNS, RECORDS = cast("Table", RunRow.__table__), cast("Table", RecordRow.__table__)
REASON = 'the Hub answered 400: "expand" must be one of [author, cardData] <b>\u202e' + "x" * 300
PAGES = 4500


def plan(*done: int, pages: int | None = PAGES, known: bool = True) -> dict[str, Any]:
    """Return a plan of three stages of which so many requests each were made."""
    made = (*done, 0, 0, 0)
    stages = [
        {"name": "first", "requests": 90, "seconds": 1.2, "done": made[0]},
        {"name": "list", "requests": pages, "seconds": 1.2, "done": made[1]},
        {"name": "files", "requests": 3000, "seconds": 0.1, "done": made[2]},
    ]
    return {"stages": stages, "token": False, "pages_known": known, "extra": 90}


def put_run(engine: Engine, **given: Any) -> str:
    """Write a run down, a crawl under way unless told otherwise; return its id."""
    now = datetime.now(UTC)
    values: Mapping[str, Any] = {
        "id": str(uuid4()),
        "kind": "crawl",
        "source": "https://huggingface.co",
        "scope": "llama",
        "state": "running",
        "as_of": now,
        "started": now - timedelta(minutes=12),
        "counts": {},
        "covered": [],
        **given,
    }
    with engine.begin() as connection:
        connection.execute(insert(RUNS), values)
    return str(values["id"])


def put_states(engine: Engine) -> dict[str, str]:
    """Write down a crawl in each state that one can end in, and one under way; return their ids."""
    soon = datetime.now(UTC) + timedelta(hours=2)
    counts = {
        "records": 540_000,
        "new": 1200,
        "changed": 800,
        "counted": 200_000,
        "passed": 320_000,
    }
    ended = {"finished": datetime.now(UTC), "plan": plan(90, 540)}
    left = {"files": 3000, "files_left": 147_000, "retried": 12, "private": 3, "renamed": 8}
    whole = {"listed": datetime.now(UTC), "finished": datetime.now(UTC)}
    return {
        "failed": put_run(engine, state="failed", reason=REASON, counts=counts, **ended),
        "stopped": put_run(engine, state="stopped", counts=counts, **ended),
        "paused": put_run(
            engine, state="paused", resumes=soon, plan=plan(90, 4480, 3000),
            reason="the Hub's limit for files is used up", counts=counts | left, **whole,
        ),
        "done": put_run(engine, state="done", counts=counts, plan=plan(90, 4480, 2100), **whole),
        "running": put_run(engine, stage="list", plan=plan(90, 540), counts=counts),
    }  # fmt: skip
