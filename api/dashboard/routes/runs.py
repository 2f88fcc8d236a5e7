"""The last crawls and imports."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.page.asked import Refused
from api.dashboard.page.rendering import page
from api.dashboard.views import runs as view
from api.http.services import Given
from api.schemas.runs import RunView

router = APIRouter(include_in_schema=False)
SHOWN = 50
NOTICES = 100  # of each kind


@router.get("/runs")
def runs(request: Request, services: Given) -> HTMLResponse:
    """List the last runs."""
    now = datetime.now(UTC)
    found = [RunView.of(run, now) for run in services.read_model.runs(SHOWN)]
    return page(
        request, "runs.html", title="Runs", runs=found, columns=view.columns(found),
        coverage=services.read_model.coverage(),
    )  # fmt: skip


@router.get("/runs/{run_id}")
def run(request: Request, services: Given, run_id: str) -> HTMLResponse:
    """Show one run with the lines of its report."""
    found = services.read_model.run(run_id)
    if found is None:
        raise Refused(404, "Not known", "No run of this id is known. See /runs.")
    shown = RunView.of(found, datetime.now(UTC))
    return page(
        request,
        "run.html",
        title="Run",
        run=shown,
        counted=view.columns([shown]),
        report=services.read_model.report(found["number"], NOTICES),
        kinds=view.NOTICES,
        most=NOTICES,
    )
