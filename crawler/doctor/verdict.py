"""What a check says of a belief."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

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
