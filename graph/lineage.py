"""Lineage on columns: who descends from whom, along which edge, how surely. Pure.

For one family at a time, from its roots down: first along declared edges, then also along stated
ones, then along inferred ones. What a stronger pass has reached keeps its path, so each node's
path is as strong as can be and, among those of its strength, one of the shortest. Cycles end by
themselves, for a node is reached once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.edges import WEIGHT_CODES, Edges, Ints, Mask, Small, gather
from graph.model import Strength

NO_EDGE = -1


@dataclass(frozen=True, slots=True)
class Reach:
    """What one family reaches: per node the strength of its best path (0: not reached), the
    path's confidence, and the edge that the path leaves the node by (-1 for a root)."""

    strength: Small
    confidence: np.ndarray[tuple[int], np.dtype[np.float32]]
    via: Ints

    def path(self, node: int, edges: Edges) -> list[int]:
        """Return the edges from a reached node up to its root, child first."""
        steps: list[int] = []
        while (edge := int(self.via[node])) != NO_EDGE:
            steps.append(edge)
            node = int(edges.parent[edge])
        return steps


class Pedigree:
    """The weights-carrying edges of a graph, indexed from parent to children.

    ``closed`` marks nodes that inherit from nobody: a roster's official repositories, which have
    their roster's family and licence alone.
    """

    def __init__(self, edges: Edges, nodes: int, closed: Mask) -> None:
        carries = np.isin(edges.relation, WEIGHT_CODES)
        self._positions = np.flatnonzero(carries & ~closed[edges.child])
        order = np.lexsort(
            (
                edges.relation[self._positions],
                edges.child[self._positions],
                edges.parent[self._positions],
            )
        )
        self._positions = self._positions[order]
        self._edges = edges
        self._nodes = nodes
        counts = np.bincount(edges.parent[self._positions], minlength=nodes)
        self._start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)

    def reach(self, roots: Ints) -> Reach:
        """Return what the roots reach."""
        strength = np.zeros(self._nodes, np.int8)
        confidence = np.zeros(self._nodes, np.float32)
        via = np.full(self._nodes, NO_EDGE, np.int64)
        strength[roots], confidence[roots] = Strength.DECLARED, 1.0
        reached = np.unique(roots)
        for level in sorted(Strength, reverse=True):
            frontier = reached
            while len(frontier):
                edge = self._leaving(frontier, level, strength)
                children, first = np.unique(self._edges.child[edge], return_index=True)
                edge = edge[first]
                strength[children], via[children] = level, edge
                confidence[children] = (
                    confidence[self._edges.parent[edge]] * self._edges.confidence[edge]
                )
                reached = np.concatenate((reached, children))
                frontier = children
        return Reach(strength, confidence, via)

    def _leaving(self, frontier: Ints, level: Strength, strength: Small) -> Ints:
        """Return the edges of a level or above from a frontier to nodes not yet reached."""
        starts = self._start[frontier]
        slots = gather(starts, self._start[frontier + 1] - starts)
        edge = self._positions[slots]
        new = strength[self._edges.child[edge]] == 0
        chosen: Ints = edge[new & (self._edges.strength[edge] >= level)]
        return chosen


def descendants(edges: Edges, nodes: int, changed: Ints) -> Mask:
    """Mark the given nodes and everything that descends from them, along any edge."""
    order = np.argsort(edges.parent, kind="stable")
    counts = np.bincount(edges.parent, minlength=nodes)
    start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    marked = np.zeros(nodes, np.bool_)
    marked[changed] = True
    frontier = np.unique(changed)
    while len(frontier):
        slots = gather(start[frontier], start[frontier + 1] - start[frontier])
        children = np.unique(edges.child[order[slots]])
        frontier = children[~marked[children]]
        marked[frontier] = True
    return marked
