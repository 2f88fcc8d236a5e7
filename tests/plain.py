"""Graphs written down as plain texts, for the tests of the core."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.catalogue.model import Relation, Source, Strength
from graph.lineage.edges import CODE, RELATIONS, Edges

# child, relation, parent, strength, confidence, source
Arrow = tuple[str, str, str, str, float, str]


def arrow(text: str) -> Arrow:
    """Read ``child relation parent [strength [confidence [source]]]``."""
    child, relation, parent, *more = text.split()
    strength, sure, source = (*more, *("declared", "1", "author")[len(more) :])
    return child, relation, parent, strength, float(sure), source


def ids_of(arrows: Iterable[Arrow], *more: str) -> list[str]:
    """Return every id named, in order."""
    return sorted({end for one in arrows for end in (one[0], one[2])} | set(more))


def columns(ids: Sequence[str], arrows: Sequence[Arrow]) -> Edges:
    """Return arrows as columns, in the order given."""
    node = {name: number for number, name in enumerate(ids)}
    return Edges.of(
        (
            node[child],
            node[parent],
            CODE[Relation(relation)],
            Strength.parse(strength),
            sure,
            Source.parse(source),
        )
        for child, relation, parent, strength, sure, source in arrows
    )


def arrows_of(ids: Sequence[str], edges: Edges) -> list[Arrow]:
    """Return columns as arrows."""
    return [
        (
            ids[edges.child[n]],
            RELATIONS[edges.relation[n]].value,
            ids[edges.parent[n]],
            Strength(int(edges.strength[n])).word,
            round(float(edges.confidence[n]), 4),
            Source(int(edges.source[n])).word,
        )
        for n in range(len(edges))
    ]
