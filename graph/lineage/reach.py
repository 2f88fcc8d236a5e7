"""Lineage on columns: who descends from whom, along which edge, how surely, by whose word. Pure.

For one family at a time, from its roots down: first along declared edges, then also along stated
ones, then along inferred ones; each time first along what authors say alone, then along all. What
an earlier pass has reached keeps its path, so each node's path is as strong as can be, the
authors' own where there is one of that strength, and among such one of the shortest. Cycles end
by themselves, for a node is reached once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.catalogue.model import Source, Strength
from graph.lineage.edges import WEIGHT_CODES, Edges, Floats, Ints, Mask, Small, gather, mask, starts

NO_EDGE = -1
_PASSES = [
    (strength, source)
    for strength in sorted(Strength, reverse=True)
    for source in (Source.AUTHOR, Source.REGISTER)
]


@dataclass(frozen=True, slots=True)
class Reach:
    """What one family reaches: columns of the nodes reached, in order of node.

    For each the strength of its best path, the path's confidence and source, and the edge that
    the path leaves the node by (-1 for a root). Only what is reached is kept, for there are many
    families.
    """

    nodes: Ints
    strength: Small
    confidence: Floats
    source: Small
    via: Ints


_NO_NODES = np.zeros(0, np.int64)
NOTHING = Reach(
    np.zeros(0, np.int64),
    np.zeros(0, np.int8),
    np.zeros(0, np.float32),
    np.zeros(0, np.int8),
    np.zeros(0, np.int64),
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
        self._source = np.zeros(nodes, np.int8)
        self._via = np.full(nodes, NO_EDGE, np.int64)

    def reach(self, roots: Ints, source: Small | Source = Source.AUTHOR) -> Reach:
        """Return what the roots of a family reach; ``source`` says by whose word each is one."""
        self._strength[roots], self._confidence[roots] = Strength.DECLARED, 1.0
        self._source[roots] = source
        reached, waiting = [roots], self._below(roots)
        for strength, nearest in _PASSES:
            found, waiting = self._spread(waiting, strength, nearest)
            reached.append(found)
        return self._taken(np.concatenate(reached))

    def extend(self, reach: Reach, seeds: Ints, confidence: Floats) -> Reach:
        """Return a reach with inferred roots beside its own, and what descends from those."""
        self._strength[reach.nodes] = reach.strength
        self._confidence[reach.nodes] = reach.confidence
        self._source[reach.nodes] = reach.source
        self._via[reach.nodes] = reach.via
        order = np.argsort(seeds)  # ties are broken by id, in whatever order the seeds are stored
        new = order[self._strength[seeds[order]] == 0]
        seeds, confidence = seeds[new], confidence[new]
        self._strength[seeds], self._confidence[seeds] = Strength.INFERRED, confidence
        self._source[seeds] = Source.REGISTER
        found, _ = self._spread(self._below(seeds), Strength.INFERRED, Source.REGISTER)
        return self._taken(np.concatenate((reach.nodes, seeds, found)))

    def parents_within(self, marked: Mask) -> Mask:
        """Mark the nodes that have a parent among the marked ones."""
        own = self._edges[self._positions]
        return mask(self._nodes, own.child[marked[own.parent]])

    def _below(self, nodes: Ints) -> Ints:
        """Return the places, in the order of parents, of the edges that lead to nodes."""
        return gather(self._start, nodes)

    def _spread(self, waiting: Ints, strength: Strength, nearest: Source) -> tuple[Ints, Ints]:
        """Go down along edges of a strength and above, from a source and those nearer the author.

        ``waiting`` are the edges below what is reached. Return what is reached besides, and the
        edges that wait on: those of nodes that are reached already are dropped on the way.
        """
        reached, left = [_NO_NODES], []
        while len(waiting):
            edge = self._positions[waiting]
            new = self._strength[self._edges.child[edge]] == 0
            waiting, edge = waiting[new], edge[new]
            source = np.minimum(self._edges.source[edge], self._source[self._edges.parent[edge]])
            passes = (self._edges.strength[edge] >= strength) & (source >= nearest)
            left.append(waiting[~passes])
            children = self._enter(edge[passes], source[passes], strength)
            reached.append(children)
            waiting = self._below(children)
        return np.concatenate(reached), np.sort(np.concatenate((_NO_NODES, *left)))

    def _enter(self, edge: Ints, source: Small, strength: Strength) -> Ints:
        """Reach the children of some edges, each by the first; return them in order."""
        children, first = np.unique(self._edges.child[edge], return_index=True)
        edge = edge[first]
        self._strength[children], self._via[children] = strength, edge
        self._source[children] = source[first]
        self._confidence[children] = (
            self._confidence[self._edges.parent[edge]] * self._edges.confidence[edge]
        )
        return children

    def _taken(self, reached: Ints) -> Reach:
        """Return what was reached as columns, and empty the working columns."""
        nodes = np.sort(reached)
        found = Reach(
            nodes,
            self._strength[nodes],
            self._confidence[nodes],
            self._source[nodes],
            self._via[nodes],
        )
        self._strength[nodes], self._confidence[nodes] = 0, 0.0
        self._source[nodes], self._via[nodes] = 0, NO_EDGE
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
