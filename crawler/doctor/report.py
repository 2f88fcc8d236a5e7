"""What the doctor found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.doctor.verdict import Verdict
from crawler.hub.answers import ListRequest, Page


@dataclass(frozen=True, slots=True)
class Result:
    """One belief and the verdict on it."""

    id: str
    belief: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """What was found at an endpoint; never the token, nor whose it is.

    ``pages`` are the first pages that were read on the way, for a crawl to begin with;
    ``unanswered`` says in words which requests got no answer.
    """

    endpoint: str
    version: str
    date: str
    token: bool
    quick: bool
    requests: int
    results: tuple[Result, ...]
    unanswered: tuple[str, ...] = ()
    pages: Mapping[ListRequest, Page] = field(default_factory=dict)

    @property
    def failures(self) -> tuple[str, ...]:
        """Say in a sentence each what differs and is needed by a crawl."""
        return tuple(
            f"{one.belief}: the Hub answers otherwise ({one.verdict.seen}); {one.verdict.meaning}."
            for one in self.results
            if one.verdict.needed
        )

    @property
    def well(self) -> bool:
        """Whether all was answered and nothing that a crawl needs differs."""
        return not (self.failures or self.unanswered)
