"""The plan of a crawl: its stages with requests and seconds, told before and while it runs.

What a list takes is known from the last time, or of the Hub itself from a count that others made;
else it shows as it is read.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from crawler.hub import RateLimiter

Name = Literal["first", "list", "files"]
SECONDS = 1.2  # a page of 1,000, as others measured of the Hub on 2026-10-03 (docs/hub.md)
# Pages of the whole list: 3,118 of models (docs/hub.md); of data sets about 830,000 were told.
PAGES = {"https://huggingface.co": (3120, 1000)}
EXAMINED = 2  # requests of the doctor's beside the lists, where there is room for them
SHARE = 0.02  # of the list's requests: what else may be asked before it is read


@dataclass(slots=True)
class Stage:
    """One stage: requests expected (None: not known), seconds a request, requests made so far."""

    name: Name
    requests: int | None
    seconds: float
    done: int = 0

    @property
    def left(self) -> float | None:
        """Seconds until its end."""
        return None if self.requests is None else max(self.requests - self.done, 0) * self.seconds


@dataclass(slots=True)
class Plan:
    """All stages. ``extra`` is how many requests may be made beside the list."""

    stages: list[Stage]
    token: bool
    pages_known: bool
    extra: int = 0

    def stage(self, name: Name) -> Stage:
        """Return a stage."""
        return next(stage for stage in self.stages if stage.name == name)

    def to_json(self) -> dict[str, Any]:
        """Return it as it is stored; the API's pages read that."""
        return asdict(self)

    @classmethod
    def read(cls, told: dict[str, Any]) -> Plan:
        """Return a stored plan."""
        return cls(**{**told, "stages": [Stage(**stage) for stage in told["stages"]]})

    def words(self) -> list[str]:
        """Return a line for each stage, for people."""
        return [_ABOUT[s.name].format(what=_requests(s), time=_time(s.left)) for s in self.stages]


_ABOUT = {
    "first": "first look at what is Llama's: {what}{time}",
    "list": "the whole list: {what}{time}",
    "files": "small files, most downloaded first: {what}{time}",
}


def make(
    endpoint: str, limiter: RateLimiter, *, last: int | None, token: bool, files: int | None
) -> Plan:
    """Return the plan of a crawl; ``last`` are the pages of the lists the last time, if known."""
    pages = last or sum(PAGES.get(endpoint, ())) or None
    extra = 0 if last else max(2, int(SHARE * (pages or 0)) - EXAMINED)
    stages = [
        Stage("first", extra, _seconds(limiter, "api")),
        Stage("list", pages, _seconds(limiter, "api")),
        Stage("files", files, _seconds(limiter, "resolvers", 0.1)),
    ]
    return Plan(stages, token, pages is not None, extra)


def _seconds(limiter: RateLimiter, bucket: str, alone: float = SECONDS) -> float:
    """Return the seconds of a request: as the Hub's limit allows, or as it answers if slower."""
    requests, window = limiter.limit(bucket)
    return max(alone, window / requests)


def _requests(stage: Stage) -> str:
    if stage.requests is None:
        return "as many requests as it has pages" if stage.name == "list" else "as they are found"
    return f"about {stage.requests:,} requests" if stage.requests else "nothing to ask"


def _time(seconds: float | None) -> str:
    if not seconds:
        return ""
    if seconds < 120:
        return f", {seconds:.0f} s"
    return f", {seconds / 60:.0f} min" if seconds < 7200 else f", {seconds / 3600:.1f} h"
