"""The list of findings."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.page import links
from api.dashboard.page.asked import Asked
from api.dashboard.page.rendering import page, pairs
from api.http.services import Given
from api.schemas import shapes
from graph.catalogue.licences import load as licences
from graph.catalogue.model import Outcome, Relation
from graph.compliance.triage import ReplyState
from graph.storage.read_model import FindingFilter, ListedFinding

router = APIRouter(include_in_schema=False)
FILTERS = ("check", "outcome", "family", "author", "relation", "min_downloads", "strength")
LIMIT = 50


@router.get("/findings")
def findings(request: Request, services: Given) -> HTMLResponse:
    """List open findings, those on the most downloaded artifacts first."""
    asked = Asked(request.query_params)
    wanted = FindingFilter(
        check=asked.text("check"),
        outcome=asked.one_of("outcome", Outcome),
        family=asked.text("family"),
        author=asked.text("author"),
        relation=asked.one_of("relation", Relation),
        min_downloads=asked.number("min_downloads"),
        at_least=asked.strength(),
        after=asked.place("after"),
        limit=LIMIT,
    )
    found = services.register.findings(replace(wanted, limit=LIMIT + 1))
    given = {name: asked.text(name) for name in FILTERS}
    shown = found[:LIMIT]
    after = ",".join(map(str, shown[-1].place)) if len(found) > LIMIT else None
    return page(
        request,
        "findings.html",
        title="Findings",
        found=shown,
        given=given,
        first=links.with_query("/findings", given) if wanted.after else None,
        following=links.with_query("/findings", {**given, "after": after}) if after else None,
        checks=pairs(checks()),
        standing=standing,
    )


def standing(one: ListedFinding) -> list[str]:
    """Return what people's replies that still count say of a finding: noted, disputed, waived."""
    told = shapes.answered(one.finding, one.replies)
    return sorted({r["kind"] for r in told if r["state"] == ReplyState.STANDING})


def checks() -> list[str]:
    """Return the ids of the checks that the licences name."""
    return sorted(
        {name for licence in licences().licences.values() for name in licence.obligations}
    )
