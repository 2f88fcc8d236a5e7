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

from graph.catalogue.model import SAME_WEIGHTS, WEIGHTS, Derivation, Relation, Strength

RELATIONS: tuple[Relation, ...] = tuple(Relation)
CODE: dict[Relation, int] = {relation: code for code, relation in enumerate(RELATIONS)}
WEIGHT_CODES = np.array([CODE[r] for r in sorted(WEIGHTS)], dtype=np.int8)
SAME_CODES = frozenset(CODE[relation] for relation in SAME_WEIGHTS)

Ints = NDArray[np.int64]
Small = NDArray[np.int8]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


Doubles = NDArray[np.float64]


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
    """Parallel columns, one entry an edge: nodes, relation code, strength (1 to 3), confidence."""

    child: Ints
    parent: Ints
    relation: Small
    strength: Small
    confidence: Floats

    def __len__(self) -> int:
        return len(self.child)

    def __getitem__(self, which: Mask | Ints | slice) -> Edges:
        return Edges(
            self.child[which],
            self.parent[which],
            self.relation[which],
            self.strength[which],
            self.confidence[which],
        )

    def derivation(self, edge: int, ids: Sequence[str]) -> Derivation:
        """Return one edge as a frozen object."""
        return Derivation(
            ids[self.child[edge]],
            ids[self.parent[edge]],
            RELATIONS[self.relation[edge]],
            Strength(int(self.strength[edge])),
            round(float(self.confidence[edge]), 4),
        )


def by_child(edges: Edges) -> Edges:
    """Return columns ordered by child, parent and relation."""
    return edges[np.lexsort((edges.relation, edges.parent, edges.child))]


def joined(one: Edges, other: Edges) -> Edges:
    """Return the entries of two sets of columns, one after the other."""
    return Edges(
        np.concatenate((one.child, other.child)),
        np.concatenate((one.parent, other.parent)),
        np.concatenate((one.relation, other.relation)),
        np.concatenate((one.strength, other.strength)),
        np.concatenate((one.confidence, other.confidence)),
    )


def nodes_of(ids: Sequence[str], wanted: Iterable[str]) -> Ints:
    """Return the nodes of those wanted ids that are among the sorted ids."""
    found = ((bisect_left(ids, i), i) for i in wanted)
    return np.array(sorted(n for n, i in found if n < len(ids) and ids[n] == i), dtype=np.int64)


def gather(starts: Ints, counts: Ints) -> Ints:
    """Return the concatenation of the ranges that begin at ``starts`` with ``counts`` entries."""
    total = int(counts.sum())
    if not total:
        return np.zeros(0, np.int64)
    offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
    return offsets + np.arange(total, dtype=np.int64)
