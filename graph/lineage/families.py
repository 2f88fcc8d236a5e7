"""Who is in which family: the rosters held against the edges."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from graph.catalogue.model import DATASET_PREFIX, Membership, Relation, Source
from graph.catalogue.roster import Family, Roster
from graph.lineage.edges import CODE, Edges, Ints, mask, nodes_of, starts
from graph.lineage.membership import Inference, MembershipIndex, classified
from graph.lineage.reach import Pedigree, Reach


@dataclass(frozen=True)
class Families:
    """The families of a resolved graph. ``ids`` are sorted; ``edges`` are ordered by child.

    Where no edge leads to a family, ``inference`` may guess one. ``older`` are the nodes that
    are older names of a node; ``first_edge`` is where its own edges begin.
    """

    ids: list[str]
    edges: Edges
    roster: Roster
    inference: Inference | None = None
    reaches: dict[str, Reach] = field(init=False)
    members: MembershipIndex = field(init=False)
    first_edge: Ints = field(init=False, repr=False)
    older: dict[int, list[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        nodes = len(self.ids)
        roots = self._roots()
        official = self.roster.is_official
        closed = [n for own in roots.values() for n in own if official(self.ids[n])]
        pedigree = Pedigree(self.edges, nodes, mask(nodes, closed))
        source = np.full(nodes, Source.REGISTER, np.int8)  # of others' that hold the origin's
        source[closed] = Source.AUTHOR
        own_nodes = {family: np.array(sorted(own), np.int64) for family, own in roots.items()}
        reaches = {family: pedigree.reach(own, source[own]) for family, own in own_nodes.items()}
        if self.inference is not None:
            reaches |= classified(self.inference, pedigree, reaches, self.roster)
        object.__setattr__(self, "reaches", dict(sorted(reaches.items())))
        object.__setattr__(self, "members", MembershipIndex.of(self.reaches, nodes))
        object.__setattr__(self, "first_edge", starts(self.edges.child, nodes))
        object.__setattr__(self, "older", self._older_names())

    def _roots(self) -> dict[str, set[int]]:
        """Return the nodes that each family begins with, by name and by shape of name."""
        roots: dict[str, set[int]] = defaultdict(set)
        for family in self.roster.families.values():
            nodes = nodes_of(self.ids, (*family.official, *family.roots))
            roots[family.id].update(nodes.tolist())
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
        return range(int(self.first_edge[node]), int(self.first_edge[node + 1]))

    def memberships(self, node: int) -> list[Membership]:
        """Return a node's families, in order of name."""
        return self.members.at(node)

    def is_licensor(self, node: int) -> bool:
        """Tell whether a repository belongs to the licensor of Llama."""
        owner = self.ids[node].removeprefix(DATASET_PREFIX).rpartition("/")[0]
        return owner in self.roster.licensors

    def family(self, family_id: str) -> Family:
        """Return a roster's family."""
        return self.roster.families[family_id]
