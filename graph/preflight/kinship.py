"""The families of a planned model: by its ancestry's edges, else by classification; and where
its lineage ends in what nobody knows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.catalogue.model import Derivation, Outcome, Strength
from graph.catalogue.roster import load
from graph.evidence import classify
from graph.evidence.inference import Classification, confidence, weights, with_authors
from graph.lineage.edges import CODE, Classifications, Edges, Mask, mask, nodes_of
from graph.lineage.families import Families
from graph.lineage.membership import Inference
from graph.lineage.resolve import resolve
from graph.lineage.unknown import ANOTHERS, Ends, ends
from graph.preflight.ancestry import Ancestry
from graph.preflight.plan import Plan
from graph.preflight.register import Register

Guess = tuple[str, str, float]  # an id, its likeliest family, how sure that is


@dataclass(frozen=True)
class Kin:
    """The families of a planned model and of what is above it, and where lineages end unknown.

    ``others`` are those known by name alone, and by that as no Llama's.
    """

    families: Families
    ends: Ends
    others: frozenset[str]

    def node(self, one: str) -> int:
        """Return an id's node."""
        return bisect_left(self.families.ids, one)

    def families_at(self, one: str) -> dict[str, Strength]:
        """Return the families of an id, with the strength of each."""
        return {m.family: m.strength for m in self.families.memberships(self.node(one))}

    def is_open(self, one: str) -> bool:
        """Tell whether the lineage of an id ends in what is not known."""
        return bool(self.ends.end[self.node(one)] >= 0)


def kin_of(plan: Plan, above: Ancestry, register: Register, threshold: float) -> Kin:
    """Return the families of a planned model and of what is above it.

    Where no edge leads to a family, one is guessed as a build would: of the plan by all that it
    shows, of an id that nobody knows by its name, each from the confidence ``threshold``; of what
    the register has, as surely as the last build did.
    """
    edges = [*plan.edges(), *(edge for edge in above.edges if edge.child != plan.id)]
    ids = sorted({plan.id, *above.families, *(end for e in edges for end in (e.child, e.parent))})
    columns = _columns(ids, edges)
    roster = load()
    made = _classified(plan, above)
    new = {one: told for one, told in made.items() if one in {plan.id, *above.unknown}}
    found = [*_guesses(new, threshold)]
    found += _known(Families(ids, columns, roster), above, register, plan.id)
    families = Families(ids, columns, roster, _inference(ids, found) if found else None)
    others = {one for one, c in made.items() if c.odds <= weights().intercept - ANOTHERS}
    return Kin(families, _ends(plan, above, register, families, others), frozenset(others))


def _ends(
    plan: Plan, above: Ancestry, register: Register, families: Families, others: set[str]
) -> Ends:
    """Return where lineages end in what is not known; of what the register read, by its word."""
    ids, new = families.ids, {plan.id, *above.unknown}
    entries = {e.parent for e in (*plan.edges(), *above.edges) if e.child in new} & above.read - new
    ended = {one for one in entries if _ends_unknown(register, one)}
    unread = ended | ({plan.id} if plan.unread else set())
    live = {plan.id, *(one for one in above.read if one not in above.unknown)}

    def marked(some: Iterable[str]) -> Mask:
        return mask(len(ids), nodes_of(ids, some))

    return ends(families, marked(live), marked(unread), marked(others | (entries - ended)))


def _ends_unknown(register: Register, one: str) -> bool:
    """Tell whether the last build found that a lineage ends in what is not known."""
    stored = register.artifact(one)
    return stored is not None and any(
        finding.outcome is Outcome.UNKNOWN and finding.section is None
        for finding in stored.findings
    )


def _columns(ids: Sequence[str], edges: Sequence[Derivation]) -> Edges:
    node = {one: number for number, one in enumerate(ids)}
    claims = Edges.of(
        (node[e.child], node[e.parent], CODE[e.relation], e.strength, e.confidence, e.source)
        for e in edges
    )
    return resolve(claims, np.zeros(len(claims), np.bool_), np.ones(len(ids), np.bool_))


def _classified(plan: Plan, above: Ancestry) -> dict[str, Classification]:
    """Return the classifications of the plan, and of what is known by name alone."""
    named = {*above.unknown, *above.families} - above.read
    made = {one: classify.of_id(one) for one in sorted(named)}
    made[plan.id] = classify.of_record(plan.record)
    return {one: told for one, told in made.items() if told is not None}


def _guesses(made: Mapping[str, Classification], threshold: float) -> Iterator[Guess]:
    for one, classification in made.items():
        if (sure := _sure(classification)) >= threshold:
            yield one, classification.family, sure * classification.share


def _sure(classification: Classification) -> float:
    """Return how sure it is that this is Llama's, with nothing known of its author."""
    nobody = np.array([-1], np.int64), np.array([0], np.int8)
    return float(confidence(with_authors(np.array([classification.odds]), *nobody))[0])


def _known(plain: Families, above: Ancestry, register: Register, planned: str) -> Iterator[Guess]:
    """Yield the first nodes of families that no edge here leads to, as surely as the register."""
    parents: dict[str, list[str]] = {}
    for edge in above.edges:
        if edge.relation.carries_weights:
            parents.setdefault(edge.child, []).append(edge.parent)
    for number, one in enumerate(plain.ids):
        reached = {m.family for m in plain.memberships(number)}
        reached |= {f for parent in parents.get(one, ()) for f in above.families.get(parent, ())}
        missing = set(above.families.get(one, ())) - reached
        if missing and one != planned and (stored := register.artifact(one)):
            told = (m for m in stored.memberships if m.family in missing)
            yield from ((one, m.family, m.confidence) for m in told)


def _inference(ids: Sequence[str], found: Sequence[Guess]) -> Inference:
    """Return guesses whose confidence is known: of a build, or of a name."""
    node = {one: number for number, one in enumerate(ids)}
    names = sorted({family for _, family, _ in found})
    classifications = Classifications(
        np.array([node[one] for one, _, _ in found], np.int64),
        np.zeros(len(found)),
        np.array([names.index(family) for _, family, _ in found], np.int64),
        np.ones(len(found), np.float64),
        names,
    )
    nobody, inside = np.full(len(ids), -1, np.int64), np.ones(len(ids), np.bool_)
    sure = np.array([sure for _, _, sure in found], np.float64)
    return Inference(classifications, nobody, inside, 0.0, sure)
