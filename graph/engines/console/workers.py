"""A few workers for one store: started when they are needed, replaced when they must be."""

from __future__ import annotations

import threading
import time
from dataclasses import asdict
from typing import Any

from graph.engines.console.frames import ConsoleRequest
from graph.engines.console.worker import Worker
from graph.engines.port.limits import Limits
from graph.engines.port.ports import QueryFailed, Table


class Workers:
    """At most so many processes, each of which answers one question at a time."""

    def __init__(self, session: str, target: dict[str, Any], limits: Limits, most: int) -> None:
        """``session`` is the module whose ``Session`` answers in a process, for this target."""
        self._opening = {"session": session, "target": target, **asdict(limits)}
        self._most = most
        self._free: list[Worker] = []
        self._taken = 0
        self._change = threading.Condition()

    def ask(self, request: ConsoleRequest, stamp: object = None) -> Table:
        """Answer a question by a worker that opened the engine as ``stamp`` tells it to be.

        Raises the port's errors; QueryFailed too where all stay busy for as long as the query
        may take.
        """
        self._take(request.seconds)
        worker: Worker | None = None
        try:
            worker = self._fitting(stamp) or Worker(self._opening, stamp)
            return worker.ask(request)
        finally:
            self._give_back(worker)

    def close(self) -> None:
        """End those that are free; one that is answering ends when it has."""
        with self._change:
            gone, self._free = self._free, []
        for worker in gone:
            worker.end()

    def _take(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        with self._change:
            while self._taken >= self._most:
                if not self._change.wait(deadline - time.monotonic()):
                    raise QueryFailed("the console is answering other queries; ask again soon")
            self._taken += 1

    def _fitting(self, stamp: object) -> Worker | None:
        """Return a free worker on this state of the engine; end those on another."""
        with self._change:
            stale = [worker for worker in self._free if worker.stamp != stamp]
            self._free = [worker for worker in self._free if worker.stamp == stamp]
            found = self._free.pop() if self._free else None
        for worker in stale:
            worker.end()
        return found

    def _give_back(self, worker: Worker | None) -> None:
        with self._change:
            self._taken -= 1
            if worker is not None and worker.alive:
                self._free.append(worker)
            self._change.notify()
