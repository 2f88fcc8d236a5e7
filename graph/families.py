"""Who is in which family, and which licences arrive where: the rosters held against the edges."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from graph.edges import CODE, WEIGHT_CODES, Edges, Guesses, Ints, Mask, nodes_of
from graph.lineage import Pedigree, Reach
from graph.members import Members, guessed
from graph.model import (
    DATASET_PREFIX,
    SAME_WEIGHTS,
    Arrival,
    Derivation,
    Membership,
    Relation,
)
from graph.roster import Family, Roster

SAME_CODES = {CODE[relation] for relation in SAME_WEIGHTS}
MAX_RENAMES = 8


@dataclass(frozen=True)
class Inference:
    """What the build knows for guessing families: clues, authors, what counts, from how sure on.

    ``inside`` marks what belongs into the graph, ``author`` numbers the owners of all nodes.
    """

    guesses: Guesses
    author: Ints
    inside: Mask
    threshold: float


@dataclass(frozen=True)
class Families:
    """The families of a resolved graph. ``ids`` are sorted; ``edges`` are ordered by child.

    Where no edge leads to a family, ``inference`` may guess one.
    """

    ids: list[str]
    edges: Edges
    roster: Roster
    inference: Inference | None = None
    reaches: dict[str, Reach] = field(init=False)
    members: Members = field(init=False)
    _first_edge: Ints = field(init=False, repr=False)
    _older: dict[int, list[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        nodes = len(self.ids)
        roots = self._roots()
        closed: Mask = np.zeros(nodes, np.bool_)
        for own in roots.values():
            closed[[node for node in own if self.roster.is_official(self.ids[node])]] = True
        pedigree = Pedigree(self.edges, nodes, closed)
        reaches = {
            family: pedigree.reach(np.array(sorted(own), np.int64)) for family, own in roots.items()
        }
        if self.inference is not None:
            reaches |= guessed(self.inference, pedigree, reaches, self.roster)
        first = np.searchsorted(self.edges.child, np.arange(nodes + 1))
        object.__setattr__(self, "reaches", dict(sorted(reaches.items())))
        object.__setattr__(self, "members", Members.of(self.reaches, nodes))
        object.__setattr__(self, "_first_edge", first)
        object.__setattr__(self, "_older", self._older_names())

    def _roots(self) -> dict[str, set[int]]:
        """Return the nodes that each family begins with, by name and by shape of name."""
        roots: dict[str, set[int]] = defaultdict(set)
        for family in self.roster.families.values():
            for node in nodes_of(self.ids, (*family.official, *family.roots)).tolist():
                roots[family.id].add(node)
        for owner in self.roster.owners():
            first = bisect_left(self.ids, f"{owner}/")
            for node in range(first, bisect_left(self.ids, f"{owner}0", lo=first)):  # 0 follows /
                if (found := self.roster.family_of(self.ids[node])) is not None:
                    roots[found.id].add(node)
        return dict(sorted(roots.items()))

    def _older_names(self) -> dict[int, list[int]]:
        older: dict[int, list[int]] = defaultdict(list)
        for edge in np.flatnonzero(self.edges.relation == CODE[Relation.RENAMED]):
            older[int(self.edges.parent[edge])].append(int(self.edges.child[edge]))
        return dict(older)

    def own_edges(self, node: int) -> range:
        """Return the edges that leave a node towards its parents."""
        return range(int(self._first_edge[node]), int(self._first_edge[node + 1]))

    def memberships(self, node: int) -> list[Membership]:
        """Return a node's families, in order of name."""
        return self.members.at(node)

    def arrivals(self, node: int) -> Iterator[Arrival]:
        """Yield the licences that arrive at a node with weights, one for each family.

        For a family of a version that nothing tells, one for each licence that it may have.
        """
        for membership in self.memberships(node):
            family, reach = self.roster.families[membership.family], self.reaches[membership.family]
            steps = self._steps(node, reach)
            for licence in family.candidates or (family.licence,):
                yield Arrival(
                    licence=licence,
                    family=family.id,
                    strength=membership.strength,
                    path=tuple(self._derivation(edge) for edge in reach.path(node, self.edges)),
                    confidence=membership.confidence,
                    steps=tuple(self._derivation(edge) for edge in steps),
                    parent_names=self._names_of_parents(steps),
                    sure=not family.candidates,
                )

    def _steps(self, node: int, reach: Reach) -> list[int]:
        """Return a node's own edges that lead to the family as firmly as its best path does."""
        at = reach.place(node)
        if reach.via[at] < 0:
            return []
        edges, wanted = self.edges, int(reach.strength[at])
        return [
            edge
            for edge in self.own_edges(node)
            if edges.relation[edge] in WEIGHT_CODES
            and min(edges.strength[edge], reach.strength_of(int(edges.parent[edge]))) >= wanted
        ]

    def _names_of_parents(self, steps: list[int]) -> tuple[str, ...]:
        names = (name for edge in steps for name in self._names(int(self.edges.parent[edge])))
        return tuple(dict.fromkeys(names))

    def _names(self, node: int) -> Iterator[str]:
        """Yield the names that a repository bears or bore, and those of what it is a copy of."""
        seen, left = {node}, [node]
        while left and len(seen) <= MAX_RENAMES:
            node = left.pop()
            same = [
                int(self.edges.parent[e])
                for e in self.own_edges(node)
                if self.edges.relation[e] in SAME_CODES
            ]
            left += [n for n in (*same, *self._older.get(node, ())) if n not in seen]
            seen.update(left)
        for known in sorted(seen):
            yield self.ids[known].rpartition("/")[2]
            for old in self.roster.old_names(self.ids[known]):
                yield old.rpartition("/")[2]

    def _derivation(self, edge: int) -> Derivation:
        return self.edges.derivation(edge, self.ids)

    def is_licensor(self, node: int) -> bool:
        """Tell whether a repository belongs to the licensor of Llama."""
        owner = self.ids[node].removeprefix(DATASET_PREFIX).rpartition("/")[0]
        return owner in self.roster.licensors

    def family(self, family_id: str) -> Family:
        """Return a roster's family."""
        return self.roster.families[family_id]
