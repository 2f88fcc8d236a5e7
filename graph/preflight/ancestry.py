"""What is known above a planned model: the ancestry of its parents, as a small graph of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.catalogue.model import Derivation, Relation, Source, Strength
from graph.engines.port.ports import GraphStore
from graph.evidence.record import valid_id
from graph.evidence.signals import identity
from graph.lineage.resolve import OTHER_CASE_CONFIDENCE
from graph.preflight.plan import derivation
from graph.preflight.register import Register

DEPTH = 50
NODES = 5_000  # above each parent: what a lineage seldom has a tenth of


@dataclass(frozen=True, slots=True)
class Ancestry:
    """Edges above some ids, and the families that the register has each known node in.

    ``read`` are the nodes whose record the register holds, ``unknown`` those that stand in no
    graph, ``cut`` the ids above which more was there than was asked for.
    """

    edges: tuple[Derivation, ...] = ()
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    read: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()


def ancestry(
    store: GraphStore, register: Register, wanted: Sequence[str], limit: int = NODES
) -> Ancestry:
    """Return what is known above some ids; at most about ``limit`` nodes above each.

    An id that is not in the graph is followed by what a build would make of its name.
    """
    edges: dict[Derivation, None] = {}
    families: dict[str, tuple[str, ...]] = {}
    read: set[str] = set()
    unknown: list[str] = []
    cut: list[str] = []
    wave = list(dict.fromkeys(wanted))
    while wave:
        new: list[str] = []
        for one in wave:
            found = store.lineage(one, "up", DEPTH, Strength.INFERRED, limit)
            cut += [one] if found.graph.get("truncated") else []
            families |= {n: tuple(told.get("families", ())) for n, told in found.nodes(data=True)}
            read |= {n for n, told in found.nodes(data=True) if told.get("crawled")}
            edges |= dict.fromkeys(_edge(*edge) for edge in found.edges(data=True))
            new += [] if len(found) else [one]
        steps = list(_by_name(new, register))
        edges |= dict.fromkeys(steps)
        unknown += new
        seen = families.keys() | set(unknown)
        wave = [p for p in dict.fromkeys(step.parent for step in steps) if p not in seen]
    return Ancestry(tuple(edges), families, frozenset(read), tuple(unknown), tuple(cut))


def _edge(child: str, parent: str, data: Mapping[str, object]) -> Derivation:
    strength = Strength.parse(str(data["strength"]))
    relation = Relation(str(data["relation"]))
    confidence, source = float(str(data["confidence"])), Source.parse(str(data["source"]))
    return Derivation(child, parent, relation, strength, confidence, source=source)


def _by_name(ids: Sequence[str], register: Register) -> list[Derivation]:
    """Return what names alone tell: what a build knows of them, or else how the Hub spells them."""
    known = [derivation(claim) for one in ids for claim in identity.of_id(one)]
    renamed = {edge.child for edge in known if edge.relation is Relation.RENAMED}
    left = [one for one in ids if valid_id(one) and one not in renamed]
    how = Relation.RENAMED, Strength.INFERRED, OTHER_CASE_CONFIDENCE
    spelled = register.spelled(left) if left else {}
    return known + [
        Derivation(one, meant, *how, source=Source.REGISTER) for one, meant in spelled.items()
    ]
