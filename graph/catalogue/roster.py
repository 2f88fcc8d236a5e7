"""The roster: which repositories are a family's own, and what is known of names.

All that is known of a family stands in one TOML file of ``families/``: a Llama generation has its
own, other makers one each. ``reuploads.toml`` lists known copies of others' weights, and
``derived.toml`` what well-known models were made from. Facts with their sources stand in the files;
nothing here knows a family by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cache, cached_property
from typing import Any, NamedTuple

from graph.catalogue.family import Family
from graph.catalogue.folder import tomls
from graph.catalogue.model import Relation

__all__ = ["Copy", "Family", "Roster", "llamas_by", "load", "versions_by"]


class Copy(NamedTuple):
    """What a known model was made from, and how: the same weights, quantised, tuned or merged."""

    original: str
    relation: Relation


@dataclass(frozen=True)
class Roster:
    """All families and names known beforehand.

    ``not_ours`` are patterns of repositories that a maker's wider patterns do not mean, for they
    derive from others. ``derived`` are well-known models by their makers' word. ``words`` and
    ``model_types`` speak of a maker's line, whichever of its families is meant, and of no Llama.
    """

    families: Mapping[str, Family]
    renamed: Mapping[str, str]
    copies: Mapping[str, Copy]
    licensors: frozenset[str]
    not_ours: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    model_types: frozenset[str] = frozenset()
    derived: Mapping[str, tuple[Copy, ...]] = field(default_factory=dict)

    @cached_property
    def _own(self) -> Mapping[str, Family]:
        return {i: f for f in self.families.values() for i in (*f.official, *f.roots)}

    @cached_property
    def _patterns(self) -> Mapping[str, list[tuple[str, Family | None]]]:
        """Patterns of names by owner; the longest, being the most telling, first."""
        meant: list[tuple[str, Family | None]] = [(pattern, None) for pattern in self.not_ours]
        meant += [(p, family) for family in self.families.values() for p in family.patterns]
        found: dict[str, list[tuple[str, Family | None]]] = defaultdict(list)
        for pattern, family in sorted(meant, key=lambda pair: (-len(pair[0]), pair[0])):
            owner, _, name = pattern.partition("/")
            found[owner].append((name, family))
        return dict(found)

    @cached_property
    def _spelling(self) -> Mapping[str, str]:
        known = (*self._own, *self.renamed, *self.renamed.values(), *self.copies, *self.derived)
        return {i.lower(): i for i in known}

    def family_of(self, artifact_id: str) -> Family | None:
        """Return the family that an official or root repository belongs to."""
        if (family := self._own.get(artifact_id)) is not None:
            return family
        owner, _, name = artifact_id.partition("/")
        for pattern, owned in self._patterns.get(owner, ()):
            if fnmatchcase(name, pattern):
                return None if self._names_a_llama(name, pattern) else owned
        return None

    @cached_property
    def _llama_words(self) -> tuple[str, ...]:
        return tuple(word for f in self.families.values() if f.llama for word in f.name.words)

    def _names_a_llama(self, name: str, pattern: str) -> bool:
        """Tell whether a name holds Llama's word and its pattern not: makers tune that too."""
        told, meant = name.lower(), pattern.lower()
        return any(word in told and word not in meant for word in self._llama_words)

    def origin_of(self, artifact_id: str) -> Family | None:
        """Return the family that a known model comes from, along all that is known of names."""
        one = self.renamed.get(artifact_id, artifact_id)
        if one in self.copies:
            return self.origin_of(self.copies[one].original)
        if one not in self.derived:
            return self.family_of(one)
        found = {f.id: f for copy in self.derived[one] if (f := self.origin_of(copy.original))}
        return found.popitem()[1] if len(found) == 1 else None

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

    @cached_property
    def old_names(self) -> Mapping[str, list[str]]:
        """The ids that repositories had before, by their present ones."""
        old: dict[str, list[str]] = defaultdict(list)
        for before, now in self.renamed.items():
            old[now].append(before)
        return dict(old)

    def llama_families(self) -> list[Family]:
        """Return the Llama families, oldest first."""
        found = [f for f in self.families.values() if f.llama]
        return sorted(found, key=lambda f: (f.released or date.min, f.id))

    def versions(self, family_id: str) -> list[Family]:
        """Return what a family of untold version may be, oldest first; nothing for a real one."""
        real = [f for f in self.llama_families() if not f.candidates]
        return [f for f in real if family_id in _above(f, self.families)]

    def untold(self) -> list[Family]:
        """Return the families of untold version, the narrowest first."""
        found = [f for f in self.llama_families() if f.candidates]
        return sorted(found, key=lambda f: (len(self.versions(f.id)), f.id))

    def under(self, licence: str) -> list[Family]:
        """Return the families that come under a licence, oldest first."""
        found = [f for f in self.families.values() if f.licence == licence]
        return sorted(found, key=lambda f: (f.released or date.max, f.id))


@cache
def load() -> Roster:
    """Read the files that come with the package."""
    told = tomls("families")
    families = {
        entry["id"]: Family(**entry, maker=one["maker"])
        for one in told
        for entry in one.get("family", ())
    }
    lines = [one.get("line", {}) for one in told]
    return Roster(
        _with_candidates(families),
        renamed=_joined(told, "renamed"),
        copies={
            copy: Copy(original, relation)
            for relation in (Relation.QUANTIZED, Relation.MIRROR)
            for copy, original in _joined(told, relation.value).items()
        },
        licensors=frozenset(_listed(told, "licensors")),
        not_ours=tuple(_listed(told, "not_ours")),
        words=frozenset(_listed(lines, "words")),
        model_types=frozenset(_listed(lines, "model_types")),
        derived={
            child: tuple(Copy(parent, relation) for parent in _several(parents))
            for relation in (Relation.FINETUNE, Relation.MERGE)
            for child, parents in _joined(told, relation.value).items()
        },
    )


@cache
def llamas_by(trait: str) -> Mapping[Any, tuple[Family, ...]]:
    """Return Llama's families by a trait of their weights: totals, dimensions, model types."""
    found: dict[Any, tuple[Family, ...]] = {}
    for family in load().llama_families():
        for value in getattr(family.weights, trait):
            found[value] = (*found.get(value, ()), family)
    return found


@cache
def versions_by(trait: str) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of Llama's versions by a trait; none for one that any of them may have."""
    found = llamas_by(trait).items()
    return {value: tuple(f.id for f in some if not f.candidates) for value, some in found}


def _joined(told: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return {old: new for one in told for old, new in one.get(key, {}).items()}


def _several(told: str | list[str]) -> list[str]:
    return [told] if isinstance(told, str) else told


def _listed(told: list[dict[str, Any]], key: str) -> list[str]:
    return [word for one in told for word in one.get(key, ())]


def _with_candidates(families: Mapping[str, Family]) -> dict[str, Family]:
    """Return the families, those of untold version with the licences that they may have."""
    licences: dict[str, dict[str, None]] = defaultdict(dict)
    for family in sorted(families.values(), key=lambda f: (f.released or date.min, f.id)):
        for above in _above(family, families) if family.licence else ():
            licences[above][family.licence] = None
    return {
        one: replace(family, candidates=tuple(licences.get(one, ())))
        for one, family in families.items()
    }


def _above(family: Family, families: Mapping[str, Family]) -> list[str]:
    """Return the families of untold version that a family is within, from near to far."""
    found: list[str] = []
    while family.within and family.within not in found:
        found.append(family.within)
        family = families[family.within]
    return found
