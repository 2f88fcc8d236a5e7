"""Lineage on columns: who descends from whom, along which edge, how surely. Pure.

For one family at a time, from its roots down: first along declared edges, then also along stated
ones, then along inferred ones. What a stronger pass has reached keeps its path, so each node's
path is as strong as can be and, among those of its strength, one of the shortest. Cycles end by
themselves, for a node is reached once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.catalogue.model import Strength
from graph.lineage.edges import WEIGHT_CODES, Edges, Floats, Ints, Mask, Small, gather, mask, starts

NO_EDGE = -1


@dataclass(frozen=True, slots=True)
class Reach:
    """What one family reaches: columns of the nodes reached, in order of node.

    For each the strength of its best path, the path's confidence, and the edge that the path
    leaves the node by (-1 for a root). Only what is reached is kept, for there are many families.
    """

    nodes: Ints
    strength: Small
    confidence: Floats
    via: Ints


NOTHING = Reach(
    np.zeros(0, np.int64), np.zeros(0, np.int8), np.zeros(0, np.float32), np.zeros(0, np.int64)
)


class Pedigree:
    """The weights-carrying edges of a graph, indexed from parent to children.

    ``closed`` marks nodes that inherit from nobody: a roster's official repositories, which have
    their roster's family and licence alone.
    """

    def __init__(self, edges: Edges, nodes: int, closed: Mask) -> None:
        carries = np.isin(edges.relation, WEIGHT_CODES)
        kept = np.flatnonzero(carries & ~closed[edges.child])
        own = edges[kept]
        self._positions = kept[np.lexsort((own.relation, own.child, own.parent))]
        self._edges = edges
        self._nodes = nodes
        self._start = starts(own.parent, nodes)

        # One family at a time works on these and leaves them empty.
        self._strength = np.zeros(nodes, np.int8)
        self._confidence = np.zeros(nodes, np.float32)
        self._via = np.full(nodes, NO_EDGE, np.int64)

    def reach(self, roots: Ints) -> Reach:
        """Return what the roots of a family reach."""
        reached = np.unique(roots)
        self._strength[reached], self._confidence[reached] = Strength.DECLARED, 1.0
        for level in sorted(Strength, reverse=True):
            reached = self._spread(reached, reached, level)
        return self._taken(reached)

    def extend(self, reach: Reach, seeds: Ints, confidence: Floats) -> Reach:
        """Return a reach with inferred roots beside its own, and what descends from those."""
        self._strength[reach.nodes] = reach.strength
        self._confidence[reach.nodes] = reach.confidence
        self._via[reach.nodes] = reach.via
        new = self._strength[seeds] == 0
        seeds, confidence = seeds[new], confidence[new]
        self._strength[seeds], self._confidence[seeds] = Strength.INFERRED, confidence
        reached = np.concatenate((reach.nodes, seeds))
        return self._taken(self._spread(reached, seeds, Strength.INFERRED))

    def parents_within(self, marked: Mask) -> Mask:
        """Mark the nodes that have a parent among the marked ones."""
        own = self._edges[self._positions]
        return mask(self._nodes, own.child[marked[own.parent]])

    def _spread(self, reached: Ints, frontier: Ints, level: Strength) -> Ints:
        """Go down from a frontier along edges of a level or above; return all that is reached."""
        while len(frontier):
            edge = self._positions[gather(self._start, frontier)]
            new = self._strength[self._edges.child[edge]] == 0
            edge = edge[new & (self._edges.strength[edge] >= level)]
            children, first = np.unique(self._edges.child[edge], return_index=True)
            edge = edge[first]
            self._strength[children], self._via[children] = level, edge
            self._confidence[children] = (
                self._confidence[self._edges.parent[edge]] * self._edges.confidence[edge]
            )
            reached = np.concatenate((reached, children))
            frontier = children
        return reached

    def _taken(self, reached: Ints) -> Reach:
        """Return what was reached as columns, and empty the working columns."""
        nodes = np.sort(reached)
        found = Reach(nodes, self._strength[nodes], self._confidence[nodes], self._via[nodes])
        self._strength[nodes], self._confidence[nodes], self._via[nodes] = 0, 0.0, NO_EDGE
        return found


def parents_first(edges: Edges, nodes: int) -> Ints:
    """Return all nodes in an order in which each comes after its parents, as far as that goes.

    Nodes of one generation stand in their own order; what is in a cycle, or below one, is last.
    """
    order = np.argsort(edges.parent, kind="stable")
    start = starts(edges.parent, nodes)
    waiting = np.bincount(edges.child, minlength=nodes)
    generations = []
    frontier = np.flatnonzero(waiting == 0)
    while len(frontier):
        generations.append(frontier)
        below = edges.child[order[gather(start, frontier)]]
        children, fewer = np.unique(below, return_counts=True)
        waiting[children] -= fewer
        frontier = children[waiting[children] == 0]
    return np.concatenate((*generations, np.flatnonzero(waiting > 0)))


def descendants(edges: Edges, marked: Mask) -> Mask:
    """Mark also everything that descends from marked nodes, along any edge."""
    return _followed(marked, edges.parent, edges.child)


def ancestors(edges: Edges, marked: Mask) -> Mask:
    """Mark also everything that marked nodes come from, along any edge."""
    return _followed(marked, edges.child, edges.parent)


def _followed(marked: Mask, near: Ints, far: Ints) -> Mask:
    """Mark also whatever arrows lead to, from their near ends to their far ones."""
    first, far = starts(near, len(marked)), far[np.argsort(near, kind="stable")]
    found = marked.copy()
    frontier = np.flatnonzero(found)
    while len(frontier):
        met = np.unique(far[gather(first, frontier)])
        frontier = met[~found[met]]
        found[frontier] = True
    return found
