"""Edges and claims as columns: what resolution and lineage compute on at whole-Hub scale.

A node is its position in the list of all ids in order; so ties between nodes are broken by id,
and the same records give the same graph whatever order they came in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.model import SAME_WEIGHTS, WEIGHTS, Relation

RELATIONS: tuple[Relation, ...] = tuple(Relation)
CODE: dict[Relation, int] = {relation: code for code, relation in enumerate(RELATIONS)}
WEIGHT_CODES = np.array([CODE[r] for r in sorted(WEIGHTS)], dtype=np.int8)
SAME_CODES = frozenset(CODE[relation] for relation in SAME_WEIGHTS)

Ints = NDArray[np.int64]
Small = NDArray[np.int8]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]

_ROW = np.dtype("i8, i8, i1, i1, f4, i1")


@dataclass(frozen=True, slots=True)
class Classifications:
    """What features come to: nodes, log odds of being Llama's, the likeliest version and its share.

    ``family`` is a position in ``families``.
    """

    node: Ints
    odds: Doubles
    family: Ints
    share: Doubles
    families: list[str]


@dataclass(frozen=True, slots=True)
class Edges:
    """Parallel columns, one entry an edge: nodes, relation code, strength (1 to 3), confidence.

    ``source`` is who says it (1 to 4, `Source`).
    """

    child: Ints
    parent: Ints
    relation: Small
    strength: Small
    confidence: Floats
    source: Small

    def __len__(self) -> int:
        return len(self.child)

    def __getitem__(self, which: Mask | Ints | slice) -> Edges:
        return Edges(*(getattr(self, name)[which] for name in self.__slots__))

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, int, float, int]]) -> Edges:
        """Return rows, each of one edge, as columns."""
        table = np.fromiter(rows, _ROW)
        return cls(*(np.ascontiguousarray(table[name]) for name in table.dtype.names or ()))


def by_child(edges: Edges) -> Edges:
    """Return columns ordered by child, parent and relation."""
    return edges[np.lexsort((edges.relation, edges.parent, edges.child))]


def joined(one: Edges, other: Edges) -> Edges:
    """Return the entries of two sets of columns, one after the other."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in Edges.__slots__)
    return Edges(*map(np.concatenate, pairs))


def nodes_of(ids: Sequence[str], wanted: Iterable[str]) -> Ints:
    """Return the nodes of those wanted ids that are among the sorted ids."""
    found = ((bisect_left(ids, i), i) for i in wanted)
    return np.array(sorted(n for n, i in found if n < len(ids) and ids[n] == i), dtype=np.int64)


def mask(nodes: int, marked: Sequence[int] | Ints | Mask) -> Mask:
    """Mark some of so many nodes."""
    found = np.zeros(nodes, np.bool_)
    found[marked] = True
    return found


def starts(column: Ints, nodes: int) -> Ints:
    """Return where each node's entries begin and end in a column of nodes once it is sorted."""
    return np.concatenate(([0], np.cumsum(np.bincount(column, minlength=nodes)))).astype(np.int64)


def gather(first: Ints, nodes: Ints) -> Ints:
    """Return the places of all entries of some nodes; ``first`` is where each node's `starts`."""
    begin = first[nodes]
    counts = first[nodes + 1] - begin
    offsets = np.repeat(begin - (np.cumsum(counts) - counts), counts)
    return offsets + np.arange(len(offsets), dtype=np.int64)
