"""The Hub's rate limits: fixed windows, told in the headers of every answer."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from .faults import Faults

QUOTAS = {"api": 500, "resolvers": 3000, "pages": 100}
"""What an anonymous address may ask in five minutes."""


@dataclass(frozen=True)
class Ticket:
    """Whether a request may pass, and what its answer says of the limit."""

    window: str
    allowed: bool
    headers: dict[str, str]


class Limits:
    """A window for each kind of address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._windows = {name: Window(name, clock) for name in QUOTAS}

    def take(self, path: str, faults: Faults) -> Ticket:
        """Count a request in the window that its path belongs to."""
        return self._windows[_window_of(path)].take(faults.quota, faults.window)


class Window:
    """Counts requests; starts anew when its time has passed or its terms have changed."""

    def __init__(self, name: str, clock: Callable[[], float]) -> None:
        self._name = name
        self._clock = clock
        self._terms: tuple[int | None, float] | None = None
        self._ends = 0.0
        self._used = 0

    def take(self, quota: int | None, seconds: float) -> Ticket:
        """Count a request. Without a quota asked for, nothing is refused and r stays above 0."""
        now = self._clock()
        if self._terms != (quota, seconds) or now >= self._ends:
            self._terms, self._ends, self._used = (quota, seconds), now + seconds, 0
        self._used += 1
        told = QUOTAS[self._name] if quota is None else quota
        left = max(told - self._used, 1 if quota is None else 0)
        headers = {
            "ratelimit": f'"{self._name}";r={left};t={math.ceil(self._ends - now)}',
            "ratelimit-policy": f'"fixed window";"{self._name}";q={told};w={math.ceil(seconds)}',
        }
        allowed = quota is None or self._used <= quota
        return Ticket(self._name, allowed, headers)


def _window_of(path: str) -> str:
    if path.startswith("/api/"):
        return "api"
    return "resolvers" if "/resolve/" in path or "/raw/" in path else "pages"
