"""The first page: the overview of the footprint."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.page.rendering import page
from api.dashboard.views import overview
from api.http.parameters import Counted
from api.http.services import Given, Services
from graph.engines.port.ports import GraphState, QueryFailed, StoreError
from graph.footprint import questions
from graph.storage.coverage import Coverage
from graph.storage.filters.declaration import LineageFilter

router = APIRouter(include_in_schema=False)


@router.get("/")
def footprint(request: Request, services: Given, wanted: Counted) -> HTMLResponse:
    """Show the footprint: every question on it, in the library's order."""
    coverage = services.read_model.coverage()
    cards = _cards(services, wanted, coverage)
    return page(
        request,
        "overview.html",
        title="Footprint",
        wanted=wanted,
        coverage=coverage,
        headlines=[card for card in cards if card.kind == "headline"],
        cards=[card for card in cards if card.kind != "headline"],
    )


def _cards(services: Services, wanted: LineageFilter, coverage: Coverage) -> list[overview.Card]:
    state = _state(services)
    found = []
    for name, question in questions().items():
        rows: overview.Rows | None = []
        if state.build:
            try:
                how = wanted.at_least, wanted.nearest
                result = services.figures.result(services.console, state, name, *how)
                rows = result.held(coverage).rows
            except QueryFailed:
                rows = None
        found.append(overview.card(question, rows, wanted.at_least, wanted.nearest))
    return found


def _state(services: Services) -> GraphState:
    """Return what the graph is of; where it cannot be asked, what is known may be of its build."""
    try:
        return services.store.state()
    except StoreError:
        return GraphState((services.read_model.build() or {}).get("id"))
