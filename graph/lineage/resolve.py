"""Conflicting claims to one set of edges.

An edge joins exactly the ids that a claim writes. Claims that agree on child, parent and
relation are one edge, as strong as the strongest of them, which also says whose word it is. An
older name that a live repository bears is none: such a rename is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from graph.catalogue.model import Relation, Source, Strength
from graph.lineage.edges import CODE, Edges, Mask, by_child, joined

OTHER_CASE_CONFIDENCE = 0.98
_SOURCES = np.int8(8)  # more than there are sources


def lineage(ids: Sequence[str], claims: Edges, told_by_card: Mask, live: Mask) -> Edges:
    """Return all edges: those that claims come to, and those to names in another case."""
    edges = resolve(claims, told_by_card, live)
    return by_child(joined(edges, other_case(ids, live, edges)))


def resolve(claims: Edges, told_by_card: Mask, live: Mask) -> Edges:
    """Merge claims into edges, ordered by child, parent and relation.

    ``told_by_card`` marks claims that only a difference between card and tags tells; ``live``
    marks nodes with a record.
    """
    if not len(claims):
        return claims
    renamed = claims.relation == CODE[Relation.RENAMED]
    keep = (claims.child != claims.parent) & ~(renamed & told_by_card & live[claims.child])
    kept = claims[keep]
    nodes = int(max(claims.child.max(), claims.parent.max())) + 1
    code = (kept.child * nodes + kept.parent) * 16 + kept.relation
    unique, first, edge = np.unique(code, return_index=True, return_inverse=True)
    firmest = np.zeros(len(unique), np.int8)
    confidence = np.zeros(len(unique), np.float32)
    np.maximum.at(firmest, edge, kept.strength * _SOURCES + kept.source)
    np.maximum.at(confidence, edge, kept.confidence)
    strength, source = np.divmod(firmest, _SOURCES)
    return replace(kept[first], strength=strength, confidence=confidence, source=source)


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
    told = CODE[Relation.RENAMED], Strength.INFERRED, OTHER_CASE_CONFIDENCE, Source.REGISTER
    single = sorted((child, *nodes) for child, nodes in found.items() if len(nodes) == 1)
    return Edges.of((child, parent, *told) for child, parent in single)
