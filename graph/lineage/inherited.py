"""Which licences arrive at a node with weights, along which path, from parents of which names.

Siblings share what their parent hands on, so that is kept; and single entries of columns are read
by memory views, which costs a third of what numpy takes for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, cast

from numpy.typing import NDArray

from graph.catalogue.model import Derivation, InheritedLicence, Source, Strength
from graph.evidence.record import valid_id
from graph.lineage.edges import RELATIONS, SAME_CODES, WEIGHT_CODES
from graph.lineage.families import Families

MAX_RENAMES = 8
_KEPT, _KEPT_STEPS = 50_000, 32  # paths and names that are kept, and the longest such path
_STRENGTHS = dict(enumerate(sorted(Strength), 1))  # asking the enum itself costs ten times more
_SOURCES = dict(enumerate(sorted(Source), 1))
_CARRIES = frozenset(WEIGHT_CODES.tolist())

Path = tuple[Derivation, ...]
T = TypeVar("T")


class InheritedLicences:
    """What arrives in a graph of families. Not for several threads at once."""

    def __init__(self, families: Families) -> None:
        self.families = families
        edges, members = families.edges, families.members
        self.child, self.parent = _view(edges.child), _view(edges.parent)
        self.relation, self._strength = _view(edges.relation), _view(edges.strength)
        self._confidence, self._source = _floats(edges.confidence), _view(edges.source)
        self._first, self._first_edge = _view(members.first), _view(families.first_edge)
        self._family, self._via = _view(members.family), _view(members.via)
        self._best = _view(members.strength)
        self._best_confidence = _floats(members.confidence)
        self._known = [families.roster.families[name] for name in members.names]
        self._paths: dict[int, Path] = {}
        self._names: dict[int, tuple[str, ...]] = {}

    def own_edges(self, node: int) -> range:
        """Return the edges that leave a node towards its parents."""
        return range(self._first_edge[node], self._first_edge[node + 1])

    def at(self, node: int) -> list[InheritedLicence]:
        """Return the licences that arrive at a node with weights, one for each family.

        For a family of a version that nothing tells, one for each licence that it may have.
        """
        return [
            inherited
            for entry in range(self._first[node], self._first[node + 1])
            for inherited in self._inherited(node, entry)
        ]

    def has_rivals(self, node: int) -> bool:
        """Tell whether weights of a family that is not Llama's arrive at a node."""
        entries = range(self._first[node], self._first[node + 1])
        return any(not self._known[self._family[entry]].llama for entry in entries)

    def derivation(self, edge: int) -> Derivation:
        """Return one edge as a frozen object."""
        ids = self.families.ids
        return Derivation(
            ids[self.child[edge]],
            ids[self.parent[edge]],
            RELATIONS[self.relation[edge]],
            _STRENGTHS[self._strength[edge]],
            round(self._confidence[edge], 4),
            source=_SOURCES[self._source[edge]],
        )

    def _inherited(self, node: int, entry: int) -> Iterator[InheritedLicence]:
        """Yield what arrives by one membership."""
        family = self._known[self._family[entry]]
        steps = self._steps(node, entry)
        path = self._path(entry)
        taken = tuple(
            path[0] if edge == self._via[entry] else self.derivation(edge) for edge in steps
        )
        for licence in family.candidates or (family.licence,):
            yield InheritedLicence(
                licence=licence,
                family=family.id,
                strength=_STRENGTHS[self._best[entry]],
                path=path,
                confidence=round(self._best_confidence[entry], 4),
                steps=taken,
                parent_names=self._names_of_parents(steps),
                sure=not family.candidates,
            )

    def _path(self, entry: int) -> Path:
        """Return the edges from a member up to its family's root, child first."""
        if (edge := self._via[entry]) < 0:
            return ()
        above = self._entry(self.parent[edge], self._family[entry])
        if (kept := self._paths.get(above)) is None:
            kept = tuple(self._walked(above))
            if len(kept) <= _KEPT_STEPS:
                _keep(self._paths, above, kept)
        return (self.derivation(edge), *kept)

    def _walked(self, entry: int) -> Iterator[Derivation]:
        while (edge := self._via[entry]) >= 0:
            yield self.derivation(edge)
            entry = self._entry(self.parent[edge], self._family[entry])

    def _entry(self, node: int, family: int) -> int:
        """Return where a node's membership in a family stands, or -1."""
        for entry in range(self._first[node], self._first[node + 1]):
            if self._family[entry] == family:
                return entry
        return -1

    def _steps(self, node: int, entry: int) -> list[int]:
        """Return a node's own edges that lead to the family as firmly as its best path does."""
        if self._via[entry] < 0:
            return []
        wanted, family = self._best[entry], self._family[entry]
        return [
            edge
            for edge in self.own_edges(node)
            if self.relation[edge] in _CARRIES
            and self._strength[edge] >= wanted
            and self._strength_in(self.parent[edge], family) >= wanted
        ]

    def _strength_in(self, node: int, family: int) -> int:
        entry = self._entry(node, family)
        return self._best[entry] if entry >= 0 else 0

    def _names_of_parents(self, steps: list[int]) -> tuple[str, ...]:
        """Return the names that the parents bear or bore."""
        if len(steps) == 1:
            return self._names_of(self.parent[steps[0]])
        names = (name for edge in steps for name in self._names_of(self.parent[edge]))
        return tuple(dict.fromkeys(names))

    def _names_of(self, node: int) -> tuple[str, ...]:
        if (kept := self._names.get(node)) is None:
            kept = tuple(dict.fromkeys(self._all_names(node)))
            _keep(self._names, node, kept)
        return kept

    def _all_names(self, node: int) -> Iterator[str]:
        """Yield the names that a repository bears or bore, and those of what it is a copy of.

        A text that is no id, such as an address, stands for one and is nobody's name.
        """
        ids, roster = self.families.ids, self.families.roster
        seen, left = {node}, [node]
        while left and len(seen) <= MAX_RENAMES:
            node = left.pop()
            same = [self.parent[e] for e in self.own_edges(node) if self.relation[e] in SAME_CODES]
            left += [n for n in (*same, *self.families.older.get(node, ())) if n not in seen]
            seen.update(left)
        for known in sorted(seen):
            if valid_id(ids[known]):
                yield ids[known].rpartition("/")[2]
            for old in roster.old_names.get(ids[known], ()):
                yield old.rpartition("/")[2]


def _view(column: NDArray[Any]) -> memoryview[int]:
    return memoryview(cast("Any", column))  # numpy's types know of no buffers before Python 3.12


def _floats(column: NDArray[Any]) -> memoryview[float]:
    return cast("memoryview[float]", _view(column))


def _keep(kept: dict[int, T], key: int, value: T) -> None:
    """Keep a value, and forget all others where there are too many."""
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = value
