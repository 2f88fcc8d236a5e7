"""Some threads that do one kind of work, for one that hands it out and takes it back.

An executor's threads are waited for when the process ends, and one of ours may be asleep for
minutes until the Hub's next window: Ctrl-C would seem to be unheard. These are not waited for.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Generic, Self, TypeVar

T = TypeVar("T")


class WorkerPool(Generic[T]):
    """So many threads at one work, which changes what it is given.

    ``stop`` is set when no more is wanted: the work may look at it and end early.
    """

    def __init__(self, hands: int, work: Callable[[T], object], stop: threading.Event) -> None:
        self._work, self.stop = work, stop
        self._waiting: queue.SimpleQueue[T | None] = queue.SimpleQueue()  # None: no more work
        self._over: queue.SimpleQueue[tuple[T, BaseException | None]] = queue.SimpleQueue()
        self._hands = hands
        self.under_way = 0
        for number in range(hands):
            threading.Thread(target=self._run, name=f"files-{number}", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        """Let the threads go, each after the request that it is at."""
        self.stop.set()
        for _ in range(self._hands):
            self._waiting.put(None)

    def give(self, item: T) -> None:
        """Hand out one piece of work."""
        self.under_way += 1
        self._waiting.put(item)

    def take(self, seconds: float) -> T | None:
        """Return a piece of work that is over, None if none is by then; raise what it raised."""
        try:
            item, error = self._over.get(timeout=seconds)
        except queue.Empty:
            return None
        self.under_way -= 1
        if error is not None:
            raise error
        return item

    def _run(self) -> None:
        while (item := self._waiting.get()) is not None:
            error: BaseException | None = None
            try:
                self._work(item)
            except BaseException as raised:  # noqa: BLE001 (raised again by who takes it back)
                error = raised
            self._over.put((item, error))
