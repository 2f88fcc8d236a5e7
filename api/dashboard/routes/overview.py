"""The first page: the overview of the footprint."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.page.rendering import page
from api.dashboard.views import overview
from api.http.parameters import AtLeast
from api.http.services import Given, Services
from graph.catalogue.model import Strength
from graph.engines.port.ports import GraphState, QueryFailed, StoreError
from graph.footprint import questions
from graph.storage.coverage import Coverage

router = APIRouter(include_in_schema=False)


@router.get("/")
def footprint(request: Request, services: Given, at_least: AtLeast) -> HTMLResponse:
    """Show the footprint: every question on it, in the library's order."""
    coverage = services.read_model.coverage()
    cards = _cards(services, at_least, coverage)
    return page(
        request,
        "overview.html",
        title="Footprint",
        strength=at_least.word,
        coverage=coverage,
        headlines=[card for card in cards if card.kind == "headline"],
        cards=[card for card in cards if card.kind != "headline"],
    )


def _cards(services: Services, at_least: Strength, coverage: Coverage) -> list[overview.Card]:
    state = _state(services)
    found = []
    for name, question in questions().items():
        rows: overview.Rows | None = []
        if state.build:
            try:
                result = services.figures.result(services.console, state, name, at_least)
                rows = result.held(coverage).rows
            except QueryFailed:
                rows = None
        found.append(overview.card(question, rows, at_least))
    return found


def _state(services: Services) -> GraphState:
    """Return what the graph is of; where it cannot be asked, what is known may be of its build."""
    try:
        return services.store.state()
    except StoreError:
        return GraphState((services.read_model.build() or {}).get("id"))
