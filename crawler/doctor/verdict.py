"""What a check says of a belief, and all of them of a Hub."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from crawler.hub.answers import ListRequest, Page

State = Literal["ok", "differs", "unknown"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the Hub answers as believed: what was seen, and what it means for a crawl.

    ``needed``: it differs, and a crawl cannot be whole or right while it does.
    """

    state: State
    seen: str
    meaning: str
    needed: bool = False


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


def ok(seen: str, meaning: str) -> Verdict:
    """Say that the Hub answers as believed."""
    return Verdict("ok", seen, meaning)


def differs(seen: str, meaning: str, *, needed: bool = False) -> Verdict:
    """Say that the Hub answers otherwise."""
    return Verdict("differs", seen, meaning, needed)


def unknown(seen: str, meaning: str) -> Verdict:
    """Say that it could not be told."""
    return Verdict("unknown", seen, meaning)


def listed(names: Iterable[str], most: int = 12) -> str:
    """Return names in a row, no more than so many."""
    every = list(names)
    rest = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + rest


def quoted(text: str, most: int = 160) -> str:
    """Return the Hub's own words, marked as such and bounded."""
    line = " ".join(text.split())
    return f"“{line[:most]}{'…' if len(line) > most else ''}”" if line else "no words"
