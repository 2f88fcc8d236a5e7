"""The rosters: which repositories are a family's own, and what is known of names.

One TOML file per maker in ``rosters/``; ``reuploads.toml`` lists known copies of others'
weights. Facts with their sources stand in the files; nothing here knows a family by name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

from graph.catalogue.model import Relation


@dataclass(frozen=True, slots=True)
class Family:
    """A line of models that share one origin, and the licence their maker gave them.

    ``official`` names the maker's repositories one by one, ``patterns`` by shape where they are
    too many (``Qwen/Qwen2.5-*``, an owner and a name with ``*``). ``roots`` are repositories of
    others that hold the origin's weights where the maker published none on the Hub. A family of a
    version that nothing tells has no repository, and ``candidates``: the licences it may have.
    """

    id: str
    title: str
    maker: str
    licence: str
    llama: bool = False
    released: date | None = None
    official: frozenset[str] = frozenset()
    multimodal: frozenset[str] = frozenset()
    roots: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """A known copy: what it was made from, and whether it is the same weights or quantised."""

    original: str
    relation: Relation


@dataclass(frozen=True)
class Roster:
    """All families and names known beforehand.

    ``not_ours`` are patterns of repositories that a maker's wider patterns do not mean, for they
    derive from others.
    """

    families: Mapping[str, Family]
    renamed: Mapping[str, str]
    copies: Mapping[str, Copy]
    licensors: Mapping[str, str]
    not_ours: tuple[str, ...] = ()
    _family_of: dict[str, Family] = field(init=False, repr=False, compare=False)
    _patterns: dict[str, list[tuple[str, Family | None]]] = field(
        init=False, repr=False, compare=False
    )
    _spelling: dict[str, str] = field(init=False, repr=False, compare=False)
    _old_names: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        own = {i: f for f in self.families.values() for i in (*f.official, *f.roots)}
        old: dict[str, tuple[str, ...]] = {}
        for before, now in self.renamed.items():
            old[now] = (*old.get(now, ()), before)
        known = (*own, *self.renamed, *self.renamed.values(), *self.copies)
        patterns: dict[str, list[tuple[str, Family | None]]] = {}
        meant: list[tuple[str, Family | None]] = [(pattern, None) for pattern in self.not_ours]
        meant += [(p, family) for family in self.families.values() for p in family.patterns]
        for pattern, family in meant:
            owner, _, name = pattern.partition("/")
            patterns.setdefault(owner, []).append((name, family))
        for owned in patterns.values():  # the longest, being the most telling, first
            owned.sort(key=lambda pair: (-len(pair[0]), pair[0]))
        object.__setattr__(self, "_family_of", own)
        object.__setattr__(self, "_patterns", patterns)
        object.__setattr__(self, "_old_names", old)
        object.__setattr__(self, "_spelling", {i.lower(): i for i in known})

    def family_of(self, artifact_id: str) -> Family | None:
        """Return the family that an official or root repository belongs to."""
        if (family := self._family_of.get(artifact_id)) is not None:
            return family
        owner, _, name = artifact_id.partition("/")
        for pattern, owned in self._patterns.get(owner, ()):
            if fnmatchcase(name, pattern):
                return owned
        return None

    def owners(self) -> list[str]:
        """Return the owners whose repositories are known by the shape of their names."""
        return sorted(self._patterns)

    def is_official(self, artifact_id: str) -> bool:
        """Tell whether the maker itself published this repository."""
        family = self.family_of(artifact_id)
        return family is not None and artifact_id not in family.roots

    def spelling(self, artifact_id: str) -> str | None:
        """Return the known spelling of an id that may differ from it in case only."""
        return self._spelling.get(artifact_id.lower())

    def old_names(self, artifact_id: str) -> tuple[str, ...]:
        """Return the ids a repository had before."""
        return self._old_names.get(artifact_id, ())

    def llama_families(self) -> list[Family]:
        """Return the Llama families, oldest first."""
        found = [f for f in self.families.values() if f.llama]
        return sorted(found, key=lambda f: (f.released or date.min, f.id))


@cache
def load() -> Roster:
    """Read the rosters that come with the package."""
    families: dict[str, Family] = {}
    renamed: dict[str, str] = {}
    licensors: dict[str, str] = {}
    copies: dict[str, Copy] = {}
    not_ours: list[str] = []
    folder = files("graph.catalogue").joinpath("families")
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".toml"):
            continue
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        for entry in told.get("family", ()):
            families[entry["id"]] = _family(entry, told["maker"])
        not_ours += told.get("not_ours", ())
        renamed |= told.get("renamed", {})
        licensors |= dict.fromkeys(told.get("licensors", ()), told.get("maker", ""))
        for relation in (Relation.QUANTIZED, Relation.MIRROR):
            for copy, original in told.get(relation.value, {}).items():
                copies[copy] = Copy(original, relation)
    return Roster(families, renamed, copies, licensors, tuple(not_ours))


def _family(entry: dict[str, Any], maker: str) -> Family:
    sets = {k: frozenset(entry.get(k, ())) for k in ("official", "multimodal", "roots")}
    return Family(
        id=entry["id"],
        title=entry["title"],
        maker=maker,
        licence=entry["licence"],
        llama=entry.get("llama", False),
        released=entry.get("released"),
        patterns=tuple(entry.get("patterns", ())),
        candidates=tuple(entry.get("candidates", ())),
        **sets,
    )
