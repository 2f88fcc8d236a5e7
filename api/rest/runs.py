"""Runs: what was crawled and imported, how it went, and what was refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, Depends

from api.http.documented import problems
from api.http.errors import unknown
from api.http.etag import not_stored
from api.http.paging import Page
from api.http.parameters import Clean, placed
from api.http.services import Given
from api.schemas import runs as told
from api.schemas.shapes import Json, moment
from api.schemas.vocabulary import RunPage, RunReport
from graph.storage import progress

NOTICES = 1000
router = APIRouter(prefix="/v1/runs", tags=["runs"], dependencies=[Depends(not_stored)])
RunId = Annotated[str, placed("Its UUID.", "7b3f0c36-6c0f-4b53-a7e4-0f0e1a6f2d11"), Clean]
_SHOWN = ("id", "kind", "scope", "state", "stage", "reason", "counts", "covered")
_MOMENTS = ("as_of", "started", "finished", "listed", "resumes")


@router.get(
    "",
    summary="List runs",
    operation_id="list_runs",
    response_model=RunPage,
    responses=problems(400, 422, 503),
)
def runs(services: Given, paging: Page) -> Json:
    """List crawls and imports, newest first, each with how far it is and what happens next."""
    after = paging.after(int)
    rows = services.register.runs(paging.take, before=after[0] if after else None)
    return paging.page(rows, lambda row: (row["number"],), _line)


@router.get(
    "/{run}",
    summary="One run",
    operation_id="get_run",
    response_model=RunReport,
    responses=problems(404, 422, 503),
)
def run(services: Given, run: RunId) -> Json:
    """Return a run with the lines of its report: what was refused, dropped or passed over."""
    row = services.register.run(run)
    if row is None:
        raise unknown("run", run, [])
    notices = services.register.notices(row["number"], NOTICES + 1)
    return {
        **_line(row),
        "notices": notices[:NOTICES],
        "notices_truncated": len(notices) > NOTICES,
    }


def _line(row: Json) -> Json:
    """Return a run as JSON shows it; where files lie on the server is nobody's business."""
    source, now = row["source"], datetime.now(UTC)
    here = progress.progress(row, now)
    return {
        **{name: row[name] for name in _SHOWN},
        "source": PurePath(source).name if row["kind"] == "import" else source,
        "says": told.says(row, now),
        "progress": here.words if here else None,
        "stages": _stages(row, now),
        **{name: moment(row[name]) for name in _MOMENTS},
    }


def _stages(row: Json, now: datetime) -> list[Json]:
    """Return the stages of the run's plan, each with how far it is."""
    return [
        {
            "name": line.stage.name,
            "title": line.stage.title,
            "requests": line.stage.requests,
            "done": line.stage.done,
            "share": line.stage.share,
            "seconds_left": line.seconds_left,
            "words": line.words,
            "time": line.time,
        }
        for line in progress.lines(row, now)
    ]
