"""The figures of the footprint page: library queries, asked once a build."""

from __future__ import annotations

from threading import Lock
from typing import Any

from api.http.services import Services
from graph.catalogue.model import Strength
from graph.engines.port.ports import QueryFailed
from graph.engines.queries.query import Question, library
from graph.footprint.result import words

Rows = list[dict[str, Any]]
KEPT = 200  # answers; a build has three strengths of a dozen questions


class Figures:
    """Answers of the library by build, question and strength; old ones make room for new."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[tuple[str | None, str, Strength], Rows | None] = {}

    def rows(
        self, services: Services, build: str | None, name: str, at_least: Strength
    ) -> Rows | None:
        """Return a question's rows; None where the graph cannot answer it now."""
        key = (build, name, at_least)
        with self._lock:
            if key in self._known:
                return self._known[key]
        found = _ask(services, library()[name], at_least)
        if found is not None:
            with self._lock:
                if len(self._known) >= KEPT:
                    self._known.clear()
                self._known[key] = found
        return found


def _ask(services: Services, question: Question, at_least: Strength) -> Rows | None:
    try:
        return list(question.ask(services.console, {"strengths": words(at_least)}).records())
    except QueryFailed:
        return None
