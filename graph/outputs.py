"""Licences that arrive with outputs alone: trained on data that a licensed model generated.

Along such a path only what a licence says of outputs can arrive, and only at the model that was
trained on them: who goes on from there has not used the outputs.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.edges import CODE
from graph.families import Families
from graph.model import Arrival, Relation, Strength, Trigger

TRAINED_ON, GENERATED_BY, DISTILLED = (
    CODE[r] for r in (Relation.TRAINED_ON, Relation.GENERATED_BY, Relation.DISTILLED)
)


def output_arrivals(families: Families, node: int) -> list[Arrival]:
    """Return the licences that arrive at a node by outputs and by nothing more, strongest path."""
    with_weights = {arrival.licence for arrival in families.arrivals(node)}
    best: dict[str, Arrival] = {}
    for edges, teacher in _teachers(families, node):
        for arrival in families.arrivals(teacher):
            if arrival.licence in with_weights:
                continue  # the family's own: what arrives with the weights says it all
            found = _by_outputs(families, edges, arrival)
            known = best.get(found.licence)
            if known is None or found.strength > known.strength:
                best[found.licence] = found
    return [best[licence] for licence in sorted(best)]


def _teachers(families: Families, node: int) -> Iterator[tuple[list[int], int]]:
    """Yield the models whose outputs a node was trained on, with the edges that lead there."""
    edges = families.edges
    for edge in families.own_edges(node):
        parent = int(edges.parent[edge])
        if edges.relation[edge] == DISTILLED:
            yield [edge], parent
        elif edges.relation[edge] == TRAINED_ON:
            for second in families.own_edges(parent):
                if edges.relation[second] == GENERATED_BY:
                    yield [edge, second], int(edges.parent[second])


def _by_outputs(families: Families, edges: list[int], arrival: Arrival) -> Arrival:
    """Return what arrives at a teacher as it arrives, by outputs, at who was taught."""
    steps = tuple(families.edges.derivation(edge, families.ids) for edge in edges)
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
