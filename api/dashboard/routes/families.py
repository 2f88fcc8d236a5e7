"""The families of the rosters, with how many belong to each."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.asked import Asked
from api.dashboard.rendering import page
from api.services import Given
from graph.compliance.library import load as licences
from graph.roster import load

router = APIRouter(include_in_schema=False)
NONE = {"models": 0, "datasets": 0, "crawled": 0}


@router.get("/families")
def families(request: Request, services: Given) -> HTMLResponse:
    """List the families."""
    at_least = Asked(request.query_params).strength()
    counts = services.register.family_counts(at_least)
    known = sorted(
        load().families.values(), key=lambda f: (not f.llama, f.maker, f.released or date.min, f.id)
    )
    return page(
        request,
        "families.html",
        title="Families",
        strength=at_least.word,
        rows=[(family, counts.get(family.id, NONE)) for family in known],
        licences=licences().licences,
    )
