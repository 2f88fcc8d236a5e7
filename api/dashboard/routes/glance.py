"""The first page: the footprint at a glance."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard import links
from api.dashboard.asked import Asked
from api.dashboard.figures import Figures
from api.dashboard.rendering import page
from api.dashboard.text import json_text
from api.dashboard.views import glance
from api.services import Given
from graph.footprint.result import words
from graph.model import Strength
from graph.questions import library

router = APIRouter(include_in_schema=False)
_figures = Figures()
QUESTIONS = {
    "headline": "at-a-glance",
    "rivals": "rivals-share",
    "families": "family-sizes",
    "brand": "brand-in-name",
    "licences": "licence-of-llama-descendants",
    "outcomes": "outcomes-by-check",
    "growth": "growth-by-month",
    "authors": "top-authors",
}


@router.get("/")
def footprint(request: Request, services: Given) -> HTMLResponse:
    """Show the footprint."""
    at_least = Asked(request.query_params).strength()
    build = (services.register.build() or {}).get("id")
    coverage = services.register.coverage()
    rows = {
        part: coverage.held(
            _figures.rows(services, build, name, at_least) or [], library()[name].shares
        )
        for part, name in QUESTIONS.items()
    }
    return page(
        request,
        "glance.html",
        title="Footprint",
        strength=at_least.word,
        coverage=coverage,
        headline=glance.headline(rows["headline"]),
        rivals=glance.rivals(rows["rivals"], at_least),
        families=glance.families(rows["families"], at_least),
        brand=glance.shares(rows["brand"], "name"),
        licences=glance.shares(rows["licences"], "licence"),
        outcomes=glance.outcomes(rows["outcomes"]),
        outcome_words=glance.OUTCOMES,
        growth=glance.growth(rows["growth"]),
        authors=glance.authors(rows["authors"]),
        ask=_console_links(at_least),
    )


def _console_links(at_least: Strength) -> dict[str, str]:
    """Return for each chart the console with its query."""
    given = {} if at_least is Strength.INFERRED else {"strengths": json_text(words(at_least))}
    return {part: links.console(library()[name].cypher, given) for part, name in QUESTIONS.items()}
