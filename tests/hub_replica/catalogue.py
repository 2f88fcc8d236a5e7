"""The live repositories of one kind, indexed so that a filter looks only at what it matches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .series import Record

RELATIONS = ("adapter", "merge", "quantized", "finetune")
SORTS: dict[str, str | int] = {
    "trendingScore": 0,
    "downloads": 0,
    "likes": 0,
    "createdAt": "",
    "lastModified": "",
    "": 0,
}
"""What a list may be sorted by, and what a record without the field counts as; "" is by id."""

REMEMBERED = 32
"""How many answers to a selection are kept, so that the second page need not sort it again."""

Position = tuple[str | float, str]
"""A place in a sorted list: the sort value, then the id, so that the order is total."""


@dataclass(frozen=True)
class Selection:
    """Which repositories a list holds, and by what it is sorted."""

    sort: str
    tags: tuple[str, ...] = ()
    author: str | None = None
    search: tuple[str, ...] = ()
    private: bool = False
    any_case: bool = False


class Catalogue:
    """Repositories by id, by tag and by author, and their sorted orders.

    A snapshot may hold two ids that differ in case alone (one was renamed): both are listed.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._by_id = {record["id"]: record for record in records}
        self._any_case = {repo.lower(): record for repo, record in self._by_id.items()}
        self._by_tag: defaultdict[str, set[str]] = defaultdict(set)
        self._by_author: defaultdict[str, set[str]] = defaultdict(set)
        self._orders: dict[Selection, list[Position]] = {}
        for repo, record in self._by_id.items():
            self._by_author[author_of(record)].add(repo)
            for tag in record.get("tags") or ():
                self._by_tag[tag].add(repo)

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, repo: str, *, any_case: bool = True) -> Record | None:
        """Return a repository by its id, in another case if not in this one."""
        found = self._by_id.get(repo)
        return self._any_case.get(repo.lower()) if found is None and any_case else found

    def ordered(self, selection: Selection) -> list[Position]:
        """Return the positions of what a selection holds, lowest first."""
        if selection not in self._orders:
            if len(self._orders) >= REMEMBERED:
                self._orders.clear()
            self._orders[selection] = self._sorted(selection)
        return self._orders[selection]

    def children(self, repo: str) -> dict[str, int]:
        """Count by relation the repositories whose tags name this one as their base."""
        return {
            relation: len(self._by_tag.get(f"base_model:{relation}:{repo}", ()))
            for relation in RELATIONS
        }

    def base_models(self, record: Record) -> tuple[str, list[Record]] | None:
        """Return the relation and the live bases that a record's tags name, if any is live."""
        tags = [tag for tag in record.get("tags") or () if tag.startswith("base_model:")]
        for relation in RELATIONS if tags else ():
            prefix = f"base_model:{relation}:"
            named = [tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)]
            bases = [base for name in named if (base := self.get(name)) is not None]
            if bases:
                return relation, bases
        return None

    @cached_property
    def _tags_by_lower(self) -> dict[str, set[str]]:
        lower: defaultdict[str, set[str]] = defaultdict(set)
        for tag, repos in self._by_tag.items():
            lower[tag.lower()] |= repos
        return lower

    def _sorted(self, selection: Selection) -> list[Position]:
        found = (self._by_id[repo] for repo in self._selected(selection))
        seen = (r for r in found if selection.private or not r.get("private"))
        positions = sorted(_position(record, selection.sort) for record in seen)
        for words in selection.search:
            positions = [place for place in positions if words.lower() in place[1].lower()]
        return positions

    def _selected(self, selection: Selection) -> Iterable[str]:
        tags = self._tags_by_lower if selection.any_case else self._by_tag
        asked = (tag.lower() if selection.any_case else tag for tag in selection.tags)
        wanted = [tags.get(tag, set()) for tag in asked]
        if selection.author is not None:
            wanted.append(self._by_author.get(selection.author, set()))
        return _common(wanted) if wanted else self._by_id


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
