"""Keeping within the Hub's limits: as much as is allowed, and never more.

The Hub counts requests in fixed windows, one count (a bucket) for its API and one for files, and
says with each answer how many are left and when the window ends. Where it says nothing, so many
as the tier allows go into any stretch of a window's length. Numbers by tier: docs/hub.md.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from huggingface_hub.utils import RateLimitInfo

from crawler.hub.errors import HubError, TooFarOff

WINDOW = 300.0  # seconds
ANONYMOUS = {"api": 500, "resolvers": 3000, "pages": 100}
WITH_TOKEN = {"api": 1000, "resolvers": 5000, "pages": 200}  # PRO has more: the Hub says so
SPARE = 0.02  # the share of a window that is left to others at our address
PATIENCE = 330.0  # seconds that are waited for a window; the Hub's last 300


@dataclass(slots=True)
class _Bucket:
    """One count of the Hub's. ``low`` is the least that an answer of this window said is left.

    Answers overtake each other, but what the Hub has counted only grows; what is under way it may
    not have counted yet.
    """

    limit: int
    window: float = WINDOW
    told: bool = False  # the Hub has said how many are left
    low: int = 0
    ends: float = 0.0
    under_way: int = 0
    taken: deque[float] = field(default_factory=deque)  # when, where the Hub tells nothing

    @property
    def spare(self) -> int:
        return int(self.limit * SPARE)

    def wait(self, cost: int, now: float) -> float:
        """Return for how long nothing more may be asked."""
        if self.told:
            if now >= self.ends:
                self.low, self.ends = self.limit, now + self.window
            free = self.low - self.under_way - cost
            return 0.0 if free >= self.spare else max(self.ends - now, 0.001)
        while self.taken and now - self.taken[0] >= self.window:
            self.taken.popleft()
        if len(self.taken) + cost <= self.limit - self.spare:
            return 0.0
        return max(self.window - (now - self.taken[0]), 0.001) if self.taken else 0.0

    def take(self, cost: int, now: float) -> None:
        self.under_way += cost
        if not self.told:
            self.taken.extend([now] * cost)

    def back(self, cost: int, *, told: bool) -> None:
        """Note that what was counted is over; an answer that says nothing is taken as counted."""
        self.under_way -= cost
        if not told:
            self.low -= cost

    def note(self, info: RateLimitInfo, now: float) -> None:
        """Take in what an answer says."""
        if info.limit:
            self.limit = info.limit
        if info.window_seconds:
            self.window = float(info.window_seconds)
        new = not self.told or now >= self.ends
        self.low = info.remaining if new else min(self.low, info.remaining)
        self.ends = now + info.reset_in_seconds + 1  # what is told is rounded
        self.told = True


class RateLimiter:
    """When the next request may be made, for all threads that ask one Hub."""

    def __init__(
        self,
        *,
        authorised: bool,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        tier = WITH_TOKEN if authorised else ANONYMOUS
        self._buckets = {name: _Bucket(limit) for name, limit in tier.items()}
        self._lock = threading.Lock()
        self._clock, self._sleep = clock, sleep

    def limit(self, bucket: str) -> tuple[int, float]:
        """Return how many requests a window allows, and its seconds, as known now."""
        one = self._buckets[bucket]
        return one.limit - one.spare, one.window

    def take(self, costs: Mapping[str, int]) -> None:
        """Wait until requests may be made, so many of each bucket, and count them.

        Raises TooFarOff where that is later than a window.
        """
        while True:
            with self._lock:
                now = self._clock()
                waits = {name: self._of(name).wait(n, now) for name, n in costs.items()}
                if not any(waits.values()):
                    for name, n in costs.items():
                        self._of(name).take(n, now)
                    return
            bucket = max(waits, key=lambda name: waits[name])
            if costs[bucket] > self._of(bucket).limit - self._of(bucket).spare:
                raise HubError(f"the Hub allows too few requests of {bucket} for a single answer")
            if waits[bucket] > PATIENCE:
                raise TooFarOff(bucket, waits[bucket])
            self._sleep(waits[bucket])

    def note(self, costs: Mapping[str, int], told: Iterable[RateLimitInfo]) -> None:
        """Take in what came back for requests that were counted: what each answer said."""
        heard = list(told)
        with self._lock:
            now = self._clock()
            for info in heard:
                self._of(info.resource_type).note(info, now)
            for name, n in costs.items():
                self._of(name).back(n, told=any(info.resource_type == name for info in heard))

    def refused(self, bucket: str, seconds: float) -> None:
        """Note that there were too many all the same, and when to ask again."""
        with self._lock:
            one = self._of(bucket)
            one.low, one.told = 0, True
            one.ends = self._clock() + seconds

    def _of(self, name: str) -> _Bucket:
        """Return a bucket; one that we never heard of is as tight as the API's."""
        return self._buckets.setdefault(name, _Bucket(self._buckets["api"].limit))
