"""The live repositories of one kind, indexed so that a filter looks only at what it matches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from .series import Record

RELATIONS = ("adapter", "merge", "quantized", "finetune")
SORTS: dict[str, str | int] = {
    "trendingScore": 0,
    "downloads": 0,
    "likes": 0,
    "createdAt": "",
    "lastModified": "",
}
"""What a list may be sorted by, and what a record without the field counts as."""

Position = tuple[str | float, str]
"""A place in a sorted list: the sort value, then the id, so that the order is total."""


class Catalogue:
    """Repositories by id, by tag and by author, and their sorted orders.

    A snapshot may hold two ids that differ in case alone (one was renamed): both are listed.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._by_id = {record["id"]: record for record in records}
        self._any_case = {repo.lower(): record for repo, record in self._by_id.items()}
        self._by_tag: defaultdict[str, set[str]] = defaultdict(set)
        self._by_author: defaultdict[str, set[str]] = defaultdict(set)
        self._orders: dict[str, list[Position]] = {}
        for repo, record in self._by_id.items():
            self._by_author[author_of(record)].add(repo)
            for tag in record.get("tags") or ():
                self._by_tag[tag].add(repo)

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, repo: str) -> Record | None:
        """Return a repository by its id, in another case if not in this one."""
        return self._by_id.get(repo) or self._any_case.get(repo.lower())

    def ordered(
        self, sort: str, *, tags: Iterable[str], author: str | None, search: Iterable[str]
    ) -> list[Position]:
        """Return the positions of what matches everything asked, lowest first."""
        wanted = [self._by_tag.get(tag, set()) for tag in tags]
        if author is not None:
            wanted.append(self._by_author.get(author, set()))
        found = self._all(sort) if not wanted else self._sorted(sort, _common(wanted))
        for words in search:
            found = [position for position in found if words.lower() in position[1].lower()]
        return found

    def children(self, repo: str) -> dict[str, int]:
        """Count by relation the repositories whose tags name this one as their base."""
        return {
            relation: len(self._by_tag.get(f"base_model:{relation}:{repo}", ()))
            for relation in RELATIONS
        }

    def base_models(self, record: Record) -> tuple[str, list[Record]] | None:
        """Return the relation and the live bases that a record's tags name, if any is live."""
        for relation in RELATIONS:
            prefix = f"base_model:{relation}:"
            named = [
                t.removeprefix(prefix) for t in record.get("tags") or () if t.startswith(prefix)
            ]
            bases = [base for name in named if (base := self.get(name)) is not None]
            if bases:
                return relation, bases
        return None

    def _all(self, sort: str) -> list[Position]:
        if sort not in self._orders:
            self._orders[sort] = self._sorted(sort, self._by_id)
        return self._orders[sort]

    def _sorted(self, sort: str, repos: Iterable[str]) -> list[Position]:
        return sorted(_position(self._by_id[repo], sort) for repo in repos)


def author_of(record: Record) -> str:
    """Return who owns a repository: the stored author, else the owner that its id names."""
    owner, slash, _ = record["id"].partition("/")
    return str(record.get("author") or (owner if slash else ""))


def _position(record: dict[str, Any], sort: str) -> Position:
    return record.get(sort) or SORTS[sort], record["id"]


def _common(sets: list[set[str]]) -> set[str]:
    """Intersect from the smallest, so that a rare tag makes the others cheap."""
    smallest, *others = sorted(sets, key=len)
    return smallest.intersection(*others)
