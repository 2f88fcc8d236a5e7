"""The families of the rosters, with how many belong to each."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.page.rendering import page
from api.http.parameters import Counted
from api.http.services import Given
from api.schemas.families import FamilyView
from graph.catalogue.licences import load as licences
from graph.catalogue.roster import load

router = APIRouter(include_in_schema=False)
Row = tuple[FamilyView, int]  # with the number of its official repositories


@router.get("/families")
def families(request: Request, services: Given, wanted: Counted) -> HTMLResponse:
    """List the families."""
    counts = services.read_model.family_counts(wanted)
    known = load().families.values()
    rows = [(FamilyView.of(one, counts.get(one.id)), len(one.official)) for one in known]
    rows.sort(key=_order)
    return page(
        request,
        "families.html",
        title="Families",
        wanted=wanted,
        rows=[row for row in rows if _shown(row)],
        empty=[row for row in rows if not _shown(row)],
        licences=licences().licences,
    )


def _shown(row: Row) -> bool:
    family, _ = row
    return family.llama or bool(family.models or family.datasets)


def _order(row: Row) -> tuple[bool, date, int, str]:
    """Return what sorts a family: Llama's by age before all, the others by size."""
    family, _ = row
    if family.llama:
        return False, family.released or date.min, 0, family.id
    return True, date.min, -family.models, family.title.lower()
