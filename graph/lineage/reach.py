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
from graph.lineage.edges import WEIGHT_CODES, Edges, Floats, Ints, Mask, Small, gather

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

    def place(self, node: int) -> int:
        """Return where a node stands in the columns, or -1."""
        at = int(np.searchsorted(self.nodes, node))
        return at if at < len(self.nodes) and self.nodes[at] == node else -1

    def path(self, node: int, edges: Edges) -> list[int]:
        """Return the edges from a reached node up to its root, child first."""
        steps: list[int] = []
        while (edge := int(self.via[self.place(node)])) != NO_EDGE:
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
        found = np.zeros(self._nodes, np.bool_)
        found[self._edges.child[self._positions[marked[self._edges.parent[self._positions]]]]] = (
            True
        )
        return found

    def _spread(self, reached: Ints, frontier: Ints, level: Strength) -> Ints:
        """Go down from a frontier along edges of a level or above; return all that is reached."""
        while len(frontier):
            edge = self._leaving(frontier, level, self._strength)
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

    def _leaving(self, frontier: Ints, level: Strength, strength: Small) -> Ints:
        """Return the edges of a level or above from a frontier to nodes not yet reached."""
        starts = self._start[frontier]
        slots = gather(starts, self._start[frontier + 1] - starts)
        edge = self._positions[slots]
        new = strength[self._edges.child[edge]] == 0
        chosen: Ints = edge[new & (self._edges.strength[edge] >= level)]
        return chosen


def parents_first(edges: Edges, nodes: int) -> Ints:
    """Return all nodes in an order in which each comes after its parents, as far as that goes.

    Nodes of one generation stand in their own order; what is in a cycle, or below one, is last.
    """
    order = np.argsort(edges.parent, kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(edges.parent, minlength=nodes))))
    waiting = np.bincount(edges.child, minlength=nodes)
    generations = []
    frontier = np.flatnonzero(waiting == 0)
    while len(frontier):
        generations.append(frontier)
        slots = gather(start[frontier], start[frontier + 1] - start[frontier])
        children, fewer = np.unique(edges.child[order[slots]], return_counts=True)
        waiting[children] -= fewer
        frontier = children[waiting[children] == 0]
    return np.concatenate((*generations, np.flatnonzero(waiting > 0)))


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


def ancestors(edges: Edges, marked: Mask) -> Mask:
    """Mark also everything that marked nodes come from, along any edge; edges are by child."""
    first = np.searchsorted(edges.child, np.arange(len(marked) + 1))
    found = marked.copy()
    frontier = np.flatnonzero(found)
    while len(frontier):
        edge = gather(first[frontier], first[frontier + 1] - first[frontier])
        parents = np.unique(edges.parent[edge])
        frontier = parents[~found[parents]]
        found[frontier] = True
    return found
