"""The Cypher console as REST and the pages ask it: in one of a few places, within its limits."""

from __future__ import annotations

from dataclasses import dataclass
from threading import BoundedSemaphore
from time import perf_counter
from typing import Any

from fastapi import Request

from api.http.services import of
from graph.engines.port.ports import GraphState, QueryFailed, Table

PATIENCE = 1.0  # seconds to wait for a place
MAX_QUERY = 20_000  # characters


class Busy(QueryFailed):
    """All places stay taken."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, how long it took, and what the graph was when it was asked."""

    table: Table
    seconds: float
    state: GraphState


def ask(request: Request, query: str, parameters: dict[str, Any], rows: int) -> Answered:
    """Return an answer. Raises Busy, and what the console raises."""
    services = of(request)
    places: BoundedSemaphore = request.app.state.console_places
    if not places.acquire(timeout=PATIENCE):
        raise Busy("The console is answering as many questions as it takes; ask again soon.")
    try:
        state, started = services.store.state(), perf_counter()
        seconds = services.cypher_seconds
        table = services.console.cypher(query, parameters, seconds=seconds, rows=rows)
        return Answered(table, perf_counter() - started, state)
    finally:
        places.release()
