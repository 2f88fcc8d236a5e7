"""The first page: the footprint at a glance."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.page import links
from api.dashboard.page.asked import Asked
from api.dashboard.page.figures import Figures
from api.dashboard.page.rendering import page
from api.dashboard.page.text import json_text
from api.dashboard.views import overview
from api.http.services import Given
from graph.catalogue.model import Strength
from graph.engines.queries.query import library
from graph.footprint.result import words

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
        headline=overview.headline(rows["headline"]),
        rivals=overview.rivals(rows["rivals"], at_least),
        families=overview.families(rows["families"], at_least),
        brand=overview.shares(rows["brand"], "name"),
        licences=overview.shares(rows["licences"], "licence"),
        outcomes=overview.outcomes(rows["outcomes"]),
        outcome_words=overview.OUTCOMES,
        growth=overview.growth(rows["growth"]),
        authors=overview.authors(rows["authors"]),
        ask=_console_links(at_least),
    )


def _console_links(at_least: Strength) -> dict[str, str]:
    """Return for each chart the console with its query."""
    given = {} if at_least is Strength.INFERRED else {"strengths": json_text(words(at_least))}
    return {part: links.console(library()[name].cypher, given) for part, name in QUESTIONS.items()}
