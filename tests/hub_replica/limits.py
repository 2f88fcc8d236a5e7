"""The Hub's rate limits: fixed windows, told in the headers of every answer."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from .faults import Faults
from .rules import Rules

TIERS = ("anonymous", "token", "pro")
Bucket = Literal["api", "resolvers", "pages"]


@dataclass
class Window:
    """What one client asked of one bucket between a window's start and its end."""

    bucket: Bucket
    tier: str
    quota: int
    seconds: float
    enforced: bool
    ends: float
    asked: int = 0
    refused: int = 0

    @property
    def share(self) -> float:
        """The part of the quota that was used; above 1 only where the quota is not enforced."""
        return (self.asked - self.refused) / max(self.quota, 1)

    def take(self) -> bool:
        """Count a request, and say whether it may pass."""
        self.asked += 1
        over = self.enforced and self.asked > self.quota
        self.refused += over
        return not over

    def left(self) -> int:
        """Return what is left to ask; without enforcement there is always something."""
        return max(self.quota - self.asked, 0 if self.enforced else 1)


@dataclass(frozen=True)
class Ticket:
    """Whether a request may pass, and what its answer says of the limit."""

    window: str
    allowed: bool
    headers: dict[str, str] = field(default_factory=dict)


class Limits:
    """The windows that are open, and all that were, each with how well it was used."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[tuple[str, str], Window] = {}
        self._all: list[Window] = []

    def windows(self, bucket: Bucket | None = None) -> list[Window]:
        """Return the windows of a bucket, or of all, in the order that they began in."""
        return [one for one in self._all if bucket in {None, one.bucket}]

    def forget(self) -> None:
        """Begin with fresh windows."""
        self._open.clear()
        self._all.clear()

    def take(self, path: str, token: str, faults: Faults, rules: Rules) -> Ticket:
        """Count a request of the holder of a token ("": of nobody) in its path's bucket."""
        bucket = _bucket_of(path, rules)
        if bucket is None:
            return Ticket("api", allowed=True)
        now = self._clock()
        window = self._window(bucket, token, now, faults, rules)
        allowed = window.take()
        headers = _headers(window, now, rules)
        if not allowed and rules.retry_after != "none":
            until = math.ceil(window.ends - now)
            seconds = until if rules.retry_after == "window" else rules.retry_after
            headers["retry-after"] = str(seconds)
        return Ticket(bucket, allowed, headers)

    def _window(
        self, bucket: Bucket, token: str, now: float, faults: Faults, rules: Rules
    ) -> Window:
        """Return the open window; a new one when its time has passed or its terms have changed."""
        tier = _tier_of(token)
        quota = faults.quota_of(bucket)
        enforced = quota is not None or faults.enforce
        if quota is None:
            quota = getattr(rules, f"quota_{bucket}")[TIERS.index(tier)]
        seconds = rules.quota_window if faults.window is None else faults.window
        found = self._open.get((bucket, token))
        terms = (quota, seconds, enforced)
        if (
            found is None
            or now >= found.ends
            or (found.quota, found.seconds, found.enforced) != terms
        ):
            found = Window(bucket, tier, *terms, ends=now + seconds)
            self._open[bucket, token] = found
            self._all.append(found)
        return found


def _headers(window: Window, now: float, rules: Rules) -> dict[str, str]:
    name, left, until = window.bucket, window.left(), math.ceil(window.ends - now)
    if rules.ratelimit_headers == "malformed":
        return {"ratelimit": f"{name};{left} left", "ratelimit-policy": f"{window.quota} a while"}
    limit = {"ratelimit": f'"{name}";r={left};t={until}'}
    policy = f'"fixed window";"{name}";q={window.quota};w={math.ceil(window.seconds)}'
    match rules.ratelimit_headers:
        case "both":
            return {**limit, "ratelimit-policy": policy}
        case "limit only":
            return limit
        case "policy only":
            return {"ratelimit-policy": policy}
        case "none":
            return {}


def _tier_of(token: str) -> str:
    if not token:
        return "anonymous"
    return "pro" if token.partition(" ")[2].startswith("hf_pro") else "token"


def _bucket_of(path: str, rules: Rules) -> Bucket | None:
    if path.startswith("/api/resolve-cache/"):
        return None if rules.second_hop_bucket == "none" else rules.second_hop_bucket
    if path.startswith("/api/"):
        return "api"
    return "resolvers" if "/resolve/" in path or "/raw/" in path else "pages"
