"""Runs: what was crawled and imported, how it went, and what was refused."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends

from api.http.documented import problems
from api.http.errors import unknown
from api.http.etag import not_stored
from api.http.paging import Page
from api.http.parameters import Clean, placed
from api.http.services import Given
from api.schemas.runs import RunDetail, RunPage, RunView

NOTICES = 1000
router = APIRouter(prefix="/v1/runs", tags=["runs"], dependencies=[Depends(not_stored)])
RunId = Annotated[str, placed("Its UUID.", "7b3f0c36-6c0f-4b53-a7e4-0f0e1a6f2d11"), Clean]


@router.get("", summary="List runs", operation_id="list_runs", responses=problems(400, 422, 503))
def runs(services: Given, paging: Page) -> RunPage:
    """List crawls and imports, newest first, each with how far it is and what happens next."""
    after = paging.after(int)
    rows = services.read_model.runs(paging.take, before=after[0] if after else None)
    shown = partial(RunView.of, now=datetime.now(UTC))
    return paging.page(RunPage, rows, lambda row: (row["number"],), shown)


@router.get("/{run}", summary="One run", operation_id="get_run", responses=problems(404, 422, 503))
def run(services: Given, run: RunId) -> RunDetail:
    """Return a run with the lines of its report: what was refused, dropped or passed over."""
    row = services.read_model.run(run)
    if row is None:
        raise unknown("run", run, [])
    notices = services.read_model.notices(row["number"], NOTICES + 1)
    return RunDetail.reported(row, notices, NOTICES, datetime.now(UTC))
