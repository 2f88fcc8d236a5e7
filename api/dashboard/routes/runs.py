"""The last crawls and imports."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.asked import Refused
from api.dashboard.rendering import page
from api.dashboard.views.runs import line
from api.services import Given

router = APIRouter(include_in_schema=False)
SHOWN = 50
NOTICES = 500


@router.get("/runs")
def runs(request: Request, services: Given) -> HTMLResponse:
    """List the last runs."""
    found = [line(run) for run in services.register.runs(SHOWN)]
    return page(request, "runs.html", title="Runs", runs=found)


@router.get("/runs/{run_id}")
def run(request: Request, services: Given, run_id: str) -> HTMLResponse:
    """Show one run with the lines of its report."""
    found = services.register.run(run_id)
    if found is None:
        raise Refused(404, "Not known", "No run of this id is known. See /runs.")
    notices = services.register.notices(found["number"], NOTICES)
    return page(
        request, "run.html", title="Run", run=line(found), notices=notices, most=NOTICES,
        covered=found["covered"],
    )  # fmt: skip
