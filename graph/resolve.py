"""Conflicting claims to one set of edges.

An edge joins exactly the ids that a claim writes. Claims that agree on child, parent and
relation are one edge, as strong as the strongest of them. An older name that a live repository
bears is none: such a rename is left out.
"""

from __future__ import annotations

import numpy as np

from graph.edges import CODE, Edges, Ints, Mask
from graph.model import Relation


def resolve(claims: Edges, told_by_card: Mask, live: Mask) -> tuple[Edges, Ints]:
    """Merge claims into edges, ordered by child, parent and relation.

    ``told_by_card`` marks claims that only a difference between card and tags tells; ``live``
    marks nodes with a record. Returns the edges and, for each claim, its edge or -1.
    """
    if not len(claims):
        return claims, np.zeros(0, np.int64)
    renamed = claims.relation == CODE[Relation.RENAMED]
    keep = (claims.child != claims.parent) & ~(renamed & told_by_card & live[claims.child])
    kept = claims[keep]
    nodes = int(max(claims.child.max(), claims.parent.max())) + 1
    code = (kept.child * nodes + kept.parent) * 16 + kept.relation
    unique, first, edge = np.unique(code, return_index=True, return_inverse=True)
    strength = np.zeros(len(unique), np.int8)
    confidence = np.zeros(len(unique), np.float32)
    np.maximum.at(strength, edge, kept.strength)
    np.maximum.at(confidence, edge, kept.confidence)
    edges = Edges(kept.child[first], kept.parent[first], kept.relation[first], strength, confidence)
    of_claim = np.full(len(claims), -1, np.int64)
    of_claim[keep] = edge
    return edges, of_claim
