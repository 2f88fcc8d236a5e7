"""Answers to the questions on the footprint, each asked once a build, for REST and the pages."""

from __future__ import annotations

from threading import Lock

from graph.catalogue.model import Source, Strength
from graph.engines.port.ports import CypherConsole, GraphState
from graph.footprint import Result, ask

KEPT = 200  # answers; a build has three strengths, by few sources, of a dozen questions


class Figures:
    """Answers by build, question and the lineage that counts; old ones make room for new."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[tuple[str | None, str, Strength, Source], Result] = {}

    def result(
        self,
        console: CypherConsole,
        state: GraphState,
        name: str,
        at_least: Strength,
        nearest: Source = Source.REGISTER,
    ) -> Result:
        """Return the answer to a question; ``state`` is the graph's, read before this is called.

        What is asked while a build is written into the graph is of no build, and not kept.
        Raises QueryFailed, or StoreError where the engine cannot be used.
        """
        key = (state.build, name, at_least, nearest)
        with self._lock:
            if key in self._known:
                return self._known[key]
        found = ask(console, name, at_least, nearest)
        if state.build and not state.under_way:
            with self._lock:
                if len(self._known) >= KEPT:
                    self._known.clear()
                self._known[key] = found
        return found
