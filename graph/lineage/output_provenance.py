"""Licences that arrive with outputs alone: trained on data that a licensed model generated.

Along such a path only what a licence says of outputs can arrive, and only at the model that was
trained on them: who goes on from there has not used the outputs.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.catalogue.model import Arrival, Relation, Strength, Trigger
from graph.lineage.edges import CODE
from graph.lineage.inherited import Arrivals

TRAINED_ON, GENERATED_BY, DISTILLED = (
    CODE[r] for r in (Relation.TRAINED_ON, Relation.GENERATED_BY, Relation.DISTILLED)
)


def every_arrival(known: Arrivals, node: int) -> list[Arrival]:
    """Return the licences that arrive at a node, with weights or by outputs and nothing more."""
    arrivals = known.at(node)
    return [*arrivals, *_by_outputs_alone(known, node, {a.licence for a in arrivals})]


def _by_outputs_alone(known: Arrivals, node: int, with_weights: set[str]) -> list[Arrival]:
    """Return what arrives by outputs, each licence along its strongest path."""
    best: dict[str, Arrival] = {}
    for edges, teacher in _teachers(known, node):
        for arrival in known.at(teacher):
            if arrival.licence in with_weights:
                continue  # the family's own: what arrives with the weights says it all
            found = _by_outputs(known, edges, arrival)
            before = best.get(found.licence)
            if before is None or found.strength > before.strength:
                best[found.licence] = found
    return [best[licence] for licence in sorted(best)]


def _teachers(known: Arrivals, node: int) -> Iterator[tuple[list[int], int]]:
    """Yield the models whose outputs a node was trained on, with the edges that lead there."""
    for edge in known.own_edges(node):
        parent = known.parent[edge]
        if known.relation[edge] == DISTILLED:
            yield [edge], parent
        elif known.relation[edge] == TRAINED_ON:
            for second in known.own_edges(parent):
                if known.relation[second] == GENERATED_BY:
                    yield [edge, second], known.parent[second]


def _by_outputs(known: Arrivals, edges: list[int], arrival: Arrival) -> Arrival:
    """Return what arrives at a teacher as it arrives, by outputs, at who was taught."""
    steps = tuple(known.derivation(edge) for edge in edges)
    weakest = min([*(step.strength for step in steps), arrival.strength])
    confidence = arrival.confidence
    for step in steps:
        confidence *= step.confidence
    return Arrival(
        licence=arrival.licence,
        family=arrival.family,
        strength=Strength(weakest),
        trigger=Trigger.OUTPUTS,
        path=(*steps, *arrival.path),
        confidence=round(confidence, 4),
        sure=arrival.sure,
    )
