"""The list of findings."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.page import links
from api.dashboard.page.asked import Place
from api.dashboard.page.rendering import page
from api.http.parameters import Findings
from api.http.services import Given
from api.schemas.findings import ListedFindingView
from graph.catalogue.licences import load as licences
from graph.storage.read_model import LIMIT

router = APIRouter(include_in_schema=False)


@router.get("/findings")
def findings(
    request: Request, services: Given, wanted: Findings, after: Place = None
) -> HTMLResponse:
    """List open findings, those on the most downloaded artifacts first."""
    found = services.read_model.findings(wanted, after=after, limit=LIMIT + 1)
    given, shown = wanted.asked(), found[:LIMIT]
    place = ",".join(map(str, shown[-1].place)) if len(found) > LIMIT else None
    return page(
        request,
        "findings.html",
        title="Findings",
        found=[ListedFindingView.listed(one) for one in shown],
        wanted=wanted,
        first=links.with_query("/findings", given) if after else None,
        following=links.with_query("/findings", {**given, "after": place}) if place else None,
    )


def checks() -> list[str]:
    """Return the ids of the checks that the licences name."""
    return sorted(
        {name for licence in licences().licences.values() for name in licence.obligations}
    )
