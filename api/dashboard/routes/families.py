"""The families of the rosters, with how many belong to each."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.page.rendering import page
from api.http.parameters import AtLeast
from api.http.services import Given
from graph.catalogue.licences import load as licences
from graph.catalogue.roster import Family, load

router = APIRouter(include_in_schema=False)
NONE = {"models": 0, "datasets": 0, "crawled": 0}


@router.get("/families")
def families(request: Request, services: Given, at_least: AtLeast) -> HTMLResponse:
    """List the families."""
    counts = services.register.family_counts(at_least)
    rows = [(family, counts.get(family.id, NONE)) for family in load().families.values()]
    rows.sort(key=_order)
    return page(
        request,
        "families.html",
        title="Families",
        strength=at_least.word,
        rows=[row for row in rows if row[0].llama or any(row[1].values())],
        empty=[row for row in rows if not row[0].llama and not any(row[1].values())],
        licences=licences().licences,
    )


def _order(row: tuple[Family, dict[str, int]]) -> tuple[bool, date, int, str]:
    """Return what sorts a family: Llama's by age before all, the others by size."""
    family, count = row
    if family.llama:
        return False, family.released or date.min, 0, family.id
    return True, date.min, -count["models"], family.title.lower()
