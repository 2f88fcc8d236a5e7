"""What a run counts and reports, line by line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of a run's report."""

    kind: str
    place: str
    reason: str


@dataclass(slots=True)
class PageCounts:
    """What storing a page did: ``records`` are those listed or imported, ``found`` those that a
    first look found, which the list holds once more.

    ``counted`` are records of which nothing but counters moved, ``passed`` those that a crawl of
    scope ``llama`` did not keep, ``private`` rows that only a token's owner sees.
    ``files_left`` counts repositories with files not yet asked for, ``retried`` requests that were
    made again.
    """

    records: int = 0
    found: int = 0
    new: int = 0
    changed: int = 0
    counted: int = 0
    removed: int = 0
    renamed: int = 0
    refused: int = 0
    dropped: int = 0
    private: int = 0
    passed: int = 0
    self_parents: int = 0
    files: int = 0
    files_left: int = 0
    retried: int = 0

    def add(self, other: PageCounts) -> None:
        """Add another page's counts to these."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
