"""The roster: which repositories are a family's own, and what is known of names.

All that is known of a family stands in one TOML file of ``families/``: a Llama generation has its
own, other makers one each. ``reuploads.toml`` lists known copies of others' weights. Facts with
their sources stand in the files; nothing here knows a family by name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from graph.catalogue.family import Family, read
from graph.catalogue.model import Relation

__all__ = ["Copy", "Family", "Roster", "load"]


@dataclass(frozen=True, slots=True)
class Copy:
    """A known copy: what it was made from, and whether it is the same weights or quantised."""

    original: str
    relation: Relation


@dataclass(frozen=True)
class Roster:
    """All families and names known beforehand.

    ``not_ours`` are patterns of repositories that a maker's wider patterns do not mean, for they
    derive from others. ``words`` and ``model_types`` speak of a maker's line, whichever of its
    families is meant, and of no Llama.
    """

    families: Mapping[str, Family]
    renamed: Mapping[str, str]
    copies: Mapping[str, Copy]
    licensors: Mapping[str, str]
    not_ours: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    model_types: frozenset[str] = frozenset()
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

    def versions(self, family_id: str) -> list[Family]:
        """Return what a family of untold version may be, oldest first; nothing for a real one."""
        return [
            f for f in self.llama_families() if not f.candidates and family_id in self._above(f)
        ]

    def untold(self) -> list[Family]:
        """Return the families of untold version, the narrowest first."""
        found = [f for f in self.llama_families() if f.candidates]
        return sorted(found, key=lambda f: (len(self.versions(f.id)), f.id))

    def under(self, licence: str) -> list[Family]:
        """Return the families that come under a licence, oldest first."""
        found = [f for f in self.families.values() if f.licence == licence]
        return sorted(found, key=lambda f: (f.released or date.max, f.id))

    def _above(self, family: Family) -> list[str]:
        """Return the families of untold version that a family is within, from near to far."""
        found: list[str] = []
        while family.within and family.within not in found:
            found.append(family.within)
            family = self.families[family.within]
        return found


@cache
def load() -> Roster:
    """Read the files that come with the package."""
    families: dict[str, Family] = {}
    renamed: dict[str, str] = {}
    licensors: dict[str, str] = {}
    copies: dict[str, Copy] = {}
    not_ours: list[str] = []
    line: dict[str, set[str]] = {"words": set(), "model_types": set()}
    folder = files("graph.catalogue").joinpath("families")
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".toml"):
            continue
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        families |= {entry["id"]: read(entry, told["maker"]) for entry in told.get("family", ())}
        not_ours += told.get("not_ours", ())
        renamed |= told.get("renamed", {})
        licensors |= dict.fromkeys(told.get("licensors", ()), told.get("maker", ""))
        for key, words in told.get("line", {}).items():
            line[key].update(words)
        for relation in (Relation.QUANTIZED, Relation.MIRROR):
            for copy, original in told.get(relation.value, {}).items():
                copies[copy] = Copy(original, relation)
    kinds = {key: frozenset(words) for key, words in line.items()}
    families = _with_candidates(families)
    return Roster(families, renamed, copies, licensors, tuple(not_ours), **kinds)


def _with_candidates(families: Mapping[str, Family]) -> dict[str, Family]:
    """Return the families, those of untold version with the licences that they may have."""
    licences: dict[str, list[str]] = {}
    for family in sorted(families.values(), key=lambda f: (f.released or date.min, f.id)):
        above = family.within
        while above and family.licence:
            licences.setdefault(above, []).append(family.licence)
            above = families[above].within
    untold = {
        one: replace(families[one], candidates=tuple(dict.fromkeys(found)))
        for one, found in licences.items()
    }
    return {**families, **untold}
