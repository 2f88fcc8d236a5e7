"""Licences that arrive with outputs alone: trained on data that a licensed model generated.

Along such a path only what a licence says of outputs can arrive, and only at the model that was
trained on them: who goes on from there has not used the outputs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from graph.catalogue.model import InheritedLicence, Relation, Trigger
from graph.lineage.edges import CODE
from graph.lineage.inherited import MAX_RENAMES, InheritedLicences

TRAINED_ON, GENERATED_BY, DISTILLED, RENAMED = (
    CODE[relation]
    for relation in (
        Relation.TRAINED_ON, Relation.GENERATED_BY, Relation.DISTILLED, Relation.RENAMED
    )
)  # fmt: skip


def every_inherited(known: InheritedLicences, node: int) -> list[InheritedLicence]:
    """Return the licences that arrive at a node, with weights or by outputs and nothing more."""
    with_weights = known.at(node)
    return with_weights + _by_outputs_alone(known, node, {one.licence for one in with_weights})


def _by_outputs_alone(
    known: InheritedLicences, node: int, with_weights: set[str]
) -> list[InheritedLicence]:
    """Return what arrives by outputs, each licence along its strongest path."""
    best: dict[str, InheritedLicence] = {}
    for edges, teacher in _teachers(known, node):
        for inherited in known.at(teacher):
            if inherited.licence in with_weights:
                continue  # the family's own: what arrives with the weights says it all
            found = _by_outputs(known, edges, inherited)
            before = best.get(found.licence)
            if before is None or found.strength > before.strength:
                best[found.licence] = found
    return [best[licence] for licence in sorted(best)]


def _teachers(known: InheritedLicences, node: int) -> Iterator[tuple[list[int], int]]:
    """Yield the models whose outputs a node was trained on, with the edges that lead there."""
    for edge in known.own_edges(node):
        parent = known.parent[edge]
        if known.relation[edge] == DISTILLED:
            yield [edge], parent
        elif known.relation[edge] == TRAINED_ON:
            for way, data in _known_as(known, [edge], parent):
                for last in known.own_edges(data):
                    if known.relation[last] == GENERATED_BY:
                        yield [*way, last], known.parent[last]


def _known_as(
    known: InheritedLicences, way: list[int], data: int
) -> Iterator[tuple[list[int], int]]:
    """Yield a data set as it is named, then as it is known by its present name or its id."""
    left, seen = [(way, data)], {data}
    for way, data in left:  # grows on the way
        yield way, data
        for edge in known.own_edges(data):
            after = known.parent[edge]
            if known.relation[edge] == RENAMED and after not in seen and len(seen) < MAX_RENAMES:
                seen.add(after)
                left.append(([*way, edge], after))


def _by_outputs(
    known: InheritedLicences, edges: list[int], inherited: InheritedLicence
) -> InheritedLicence:
    """Return what arrives at a teacher as it arrives, by outputs, at who was taught."""
    steps = tuple(known.derivation(edge) for edge in edges)
    confidence = math.prod((step.confidence for step in steps), start=inherited.confidence)
    return inherited._replace(
        strength=min(inherited.strength, *(step.strength for step in steps)),
        trigger=Trigger.OUTPUTS,
        path=(*steps, *inherited.path),
        confidence=round(confidence, 4),
        steps=(),
        parent_names=(),
    )
