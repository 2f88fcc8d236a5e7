"""Conflicting claims to one set of edges.

An edge joins exactly the ids that a claim writes. Claims that agree on child, parent and
relation are one edge, as strong as the strongest of them. An older name that a live repository
bears is none: such a rename is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graph.catalogue.model import Relation, Strength
from graph.lineage.edges import CODE, Edges, Ints, Mask

OTHER_CASE_CONFIDENCE = 0.98


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


def other_case(ids: Sequence[str], live: Mask, edges: Edges) -> Edges:
    """Return edges from names that nobody bears to the live repositories they mean but for case.

    The Hub takes ids without regard to case, so a parent may be written in any. A name that two
    live repositories would answer to, and one that is known under another name already, gets none.
    Nobody claims it, so it is inferred, if all but sure.
    """
    named = np.zeros(len(ids), np.bool_)
    named[edges.parent] = True
    named[edges.child[edges.relation == CODE[Relation.RENAMED]]] = False
    wanted = {ids[node].lower(): node for node in np.flatnonzero(named & ~live).tolist()}
    found: dict[int, list[int]] = {}
    for node in np.flatnonzero(live).tolist():
        if (child := wanted.get(ids[node].lower())) is not None:
            found.setdefault(child, []).append(node)
    pairs = sorted((child, nodes[0]) for child, nodes in found.items() if len(nodes) == 1)
    count = len(pairs)
    return Edges(
        np.array([child for child, _ in pairs], np.int64),
        np.array([parent for _, parent in pairs], np.int64),
        np.full(count, CODE[Relation.RENAMED], np.int8),
        np.full(count, Strength.INFERRED, np.int8),
        np.full(count, OTHER_CASE_CONFIDENCE, np.float32),
    )
