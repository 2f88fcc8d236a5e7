"""Keeping within the Hub's limit on files: some requests are left to others at our address."""

from __future__ import annotations

import time
from collections.abc import Callable

from huggingface_hub.utils import RateLimitInfo

SPARE = 0.1  # the share of the Hub's limit that is not used
PATIENCE = 330.0  # seconds; the Hub's windows last 300


class Pace:
    """How many more requests a crawl may make for files, and when."""

    def __init__(self, most: int, sleep: Callable[[float], None] = time.sleep) -> None:
        self.left = most
        self._sleep = sleep
        self._spent = False  # the window's requests are used up ...
        self._ends = 0.0  # ... until this moment

    def note(self, limit: RateLimitInfo | None, *, refused: bool = False) -> None:
        """Take in what an answer tells of the limit; ``refused`` where it was too late."""
        if limit is None:
            self._spent, self._ends = refused, time.monotonic() + (1.0 if refused else 0.0)
            return
        spare = int((limit.limit or 0) * SPARE)
        self._spent = refused or limit.remaining <= spare
        self._ends = time.monotonic() + limit.reset_in_seconds

    def may_ask(self) -> bool:
        """Tell whether one more request may be made, waiting for the Hub's next window if need be.

        False where the crawl's own are used up, or the next window is too far off. One that may
        be made is counted.
        """
        if self.left <= 0:
            return False
        wait = self._ends - time.monotonic() if self._spent else 0.0
        if wait > PATIENCE:
            self.stop()
            return False
        if wait > 0:
            self._sleep(wait + 1)  # what the Hub tells is rounded
        self._spent = False
        self.left -= 1
        return True

    def stop(self) -> None:
        """Make no more requests."""
        self.left = 0
