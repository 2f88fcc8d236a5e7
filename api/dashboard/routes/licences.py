"""The licences that are judged, each one's clauses, and two of them side by side."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.page.asked import Refused
from api.dashboard.page.rendering import page
from api.dashboard.routes.findings import checks
from graph.catalogue.licences import load
from graph.compliance.difference import Standing, diff, neighbours
from graph.compliance.summary import summary

router = APIRouter(include_in_schema=False)


@router.get("/licences")
def licences(request: Request) -> HTMLResponse:
    """List the licences with what each asks."""
    found = list(load().licences.values())
    return page(request, "licences.html", title="Licences", licences=found, checks=checks())


@router.get("/licences/{licence_id}")
def licence(request: Request, licence_id: str) -> HTMLResponse:
    """Show one licence's clauses with their words."""
    found = load().licences.get(licence_id)
    if found is None:
        raise Refused(404, "Not known", "No licence of this id is judged here. See /licences.")
    before, after = neighbours(found, load().licences.values())
    return page(
        request, "licence.html", title=found.title, licence=found, before=before, after=after
    )


@router.get("/licences/{before}/diff/{after}")
def difference(request: Request, before: str, after: str) -> HTMLResponse:
    """Show what became of each clause."""
    known = load().licences
    if before not in known or after not in known:
        message = f"One of these is not judged here. Licences: {', '.join(known)}."
        raise Refused(404, "Not known", message)
    found = diff(known[before], known[after])
    return page(
        request,
        "licence_diff.html",
        title=f"{found.before.title} to {found.after.title}",
        found=found,
        summary=summary(found),
        changed=[one for one in found.clauses if one.standing is not Standing.SAME],
        same=[one for one in found.clauses if one.standing is Standing.SAME],
        licences=list(known.values()),
    )
