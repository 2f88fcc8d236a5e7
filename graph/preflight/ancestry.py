"""What is known above a planned model: the ancestry of its parents, as a small graph of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.catalogue.model import Derivation, Relation, Source, Strength
from graph.catalogue.roster import Roster, load
from graph.engines.port.ports import GraphStore

DEPTH = 50


@dataclass(frozen=True, slots=True)
class Ancestry:
    """Edges above some ids, and the families that the register has each known node in.

    ``unknown`` are those of the ids that neither the graph nor a roster knows, ``truncated``
    tells whether more was there than was asked for.
    """

    edges: tuple[Derivation, ...] = ()
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    truncated: bool = False


def ancestry(store: GraphStore, wanted: Sequence[str], limit: int) -> Ancestry:
    """Return what a graph knows above some ids; at most about ``limit`` nodes above each.

    An id that is not in the graph is followed by what the rosters say of its name.
    """
    roster = load()
    edges: dict[Derivation, None] = {}
    families: dict[str, tuple[str, ...]] = {}
    unknown, left, truncated = [], list(dict.fromkeys(wanted)), False
    for one in left:  # grows on the way
        if one in families:
            continue
        found = store.lineage(one, "up", DEPTH, Strength.INFERRED, limit)
        truncated |= bool(found.graph.get("truncated"))
        families |= {n: tuple(d.get("families", ())) for n, d in found.nodes(data=True)}
        for child, parent, data in found.edges(data=True):
            edges[_edge(child, parent, data)] = None
        if not len(found) and (step := _by_name(one, roster)) is not None:
            edges[step] = None
            left += [step.parent] if step.parent not in left else []
        elif not len(found) and one in wanted and roster.family_of(one) is None:
            unknown.append(one)
    return Ancestry(tuple(edges), families, tuple(unknown), truncated)


def _edge(child: str, parent: str, data: Mapping[str, object]) -> Derivation:
    strength = Strength.parse(str(data["strength"]))
    relation = Relation(str(data["relation"]))
    confidence, source = float(str(data["confidence"])), Source.parse(str(data["source"]))
    return Derivation(child, parent, relation, strength, confidence, source=source)


def _by_name(artifact_id: str, roster: Roster) -> Derivation | None:
    """Return what the rosters say of an id: another spelling, a newer name, a known re-upload."""
    spelled = roster.spelling(artifact_id)
    if spelled and spelled != artifact_id:
        return Derivation(artifact_id, spelled, Relation.RENAMED, Strength.DECLARED)
    if (now := roster.renamed.get(artifact_id)) is not None:
        return Derivation(artifact_id, now, Relation.RENAMED, Strength.DECLARED)
    if (copy := roster.copies.get(artifact_id)) is not None:
        return Derivation(artifact_id, copy.original, copy.relation, Strength.DECLARED)
    return None
