"""The families of a planned model: by its ancestry's edges, else by classification."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from graph.catalogue.model import Derivation, Membership
from graph.catalogue.roster import load
from graph.evidence import classify
from graph.evidence.inference import confidence, weights, with_authors
from graph.lineage.edges import CODE, Classifications, Edges
from graph.lineage.families import Families
from graph.lineage.membership import Inference
from graph.lineage.resolve import resolve
from graph.preflight.ancestry import Ancestry

MemberOf = Callable[[str], Sequence[Membership]]
_NEARLY_SURE = 0.9999


def family_by_name(artifact_id: str, threshold: float) -> tuple[str, float] | None:
    """Return the family that a name speaks of and how sure that is; None for too little."""
    classification = classify.of_id(artifact_id)
    if classification is None:
        return None
    lone = np.array([-1], np.int64), np.array([0], np.int8)
    sure = float(confidence(with_authors(np.array([classification.odds]), *lone))[0])
    return (classification.family, sure * classification.share) if sure >= threshold else None


def families_of(
    planned: str,
    own: Sequence[Derivation],
    above: Ancestry,
    members: MemberOf,
    classifications: Mapping[str, tuple[str, float]],
) -> Families:
    """Return the families of a planned model and of what is above it.

    Where no edge leads to a family that the register names, the build had guessed it: ``members``
    tells how surely. ``classifications`` are those on bases that nobody knows.
    """
    edges = [*own, *(edge for edge in above.edges if edge.child != planned)]
    ids = sorted({planned, *above.families, *(end for e in edges for end in (e.child, e.parent))})
    columns = _columns(ids, edges)
    roster = load()
    plain = Families(ids, columns, roster)
    found = [(one, *classification) for one, classification in classifications.items()]
    found += [one for one in _classified_before(plain, above, members) if one[0] != planned]
    if not found:
        return plain
    return Families(ids, columns, roster, _inference(ids, found))


def _columns(ids: Sequence[str], edges: Sequence[Derivation]) -> Edges:
    node = {one: number for number, one in enumerate(ids)}
    claims = Edges.of(
        (node[e.child], node[e.parent], CODE[e.relation], e.strength, e.confidence, e.source)
        for e in edges
    )
    return resolve(claims, np.zeros(len(claims), np.bool_), np.ones(len(ids), np.bool_))


def _classified_before(
    plain: Families, above: Ancestry, members: MemberOf
) -> Iterator[tuple[str, str, float]]:
    """Yield the first nodes of families that no edge here leads to, as surely as the register."""
    parents: dict[str, list[str]] = {}
    for edge in above.edges:
        if edge.relation.carries_weights:
            parents.setdefault(edge.child, []).append(edge.parent)
    for number, one in enumerate(plain.ids):
        reached = {m.family for m in plain.memberships(number)}
        reached |= {f for parent in parents.get(one, ()) for f in above.families.get(parent, ())}
        if missing := set(above.families.get(one, ())) - reached:
            yield from ((one, m.family, m.confidence) for m in members(one) if m.family in missing)


def _inference(ids: Sequence[str], found: Sequence[tuple[str, str, float]]) -> Inference:
    """Return classifications that come to just the confidences given."""
    node = {one: number for number, one in enumerate(ids)}
    names = sorted({family for _, family, _ in found})
    classifications = Classifications(
        np.array([node[one] for one, _, _ in found], np.int64),
        np.array([_odds(sure) for _, _, sure in found], np.float64),
        np.array([names.index(family) for _, family, _ in found], np.int64),
        np.ones(len(found), np.float64),
        names,
    )
    return Inference(
        classifications, np.full(len(ids), -1, np.int64), np.ones(len(ids), np.bool_), 0.0
    )


def _odds(sure: float) -> float:
    """Return the log odds that `graph.evidence.inference.with_authors` turns into a confidence."""
    by, kept = weights().author, min(max(sure, 1 - _NEARLY_SURE), _NEARLY_SURE)
    return (math.log(kept / (1 - kept)) - by["offset"]) / by["scale"]
