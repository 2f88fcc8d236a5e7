"""A planned model: the record that the Hub would have of it, and what every signal reads in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from graph.catalogue.model import (
    HUB_RELATIONS,
    Artifact,
    Claim,
    Derivation,
    Relation,
    Strength,
)
from graph.evidence import signals
from graph.evidence.licence import declared
from graph.evidence.record import HubRecord
from graph.preflight.asked import Asked, PlanRefused, Unread, record_of

_OF_CARD = "card_base_model"  # the signal whose relation a person may tell better than the Hub
_NO_BASE = (
    "no base is given, and no file names one: give the models that it is made from, or say that it "
    "was trained from scratch"
)


class NoBase(PlanRefused):
    """Nothing says what a planned model is made from."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A planned model. ``claims`` are what is read of it, ``unread`` what was not, and why."""

    asked: Asked
    record: HubRecord
    claims: tuple[Claim, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def id(self) -> str:
        """The id that findings speak of."""
        return self.record.id

    @property
    def name(self) -> str:
        """The name as it was told."""
        return self.asked.name

    @property
    def bases(self) -> tuple[Claim, ...]:
        """The claims of what it is made from, or was taught by; the firmest alone.

        What is hinted at counts where nothing firmer is said.
        """
        made = [c for c in self.claims if c.child == self.id and _is_base(c.relation)]
        firmest = max((claim.strength for claim in made), default=None)
        return tuple(claim for claim in made if claim.strength == firmest)

    @property
    def datasets(self) -> tuple[str, ...]:
        """The ids of the data sets that it is trained on, with their prefix."""
        of = (c.parent for c in self.claims if c.relation is Relation.TRAINED_ON)
        return tuple(dict.fromkeys(of))

    @property
    def relation(self) -> Relation | None:
        """What it is to its bases, where that is one thing that a card may say."""
        told = {claim.relation for claim in self.bases if claim.strength is Strength.DECLARED}
        one = next(iter(told), None)
        return one if len(told) == 1 and one in HUB_RELATIONS else None

    def artifact(self) -> Artifact:
        """Return the model as the checks see one."""
        licence = declared(self.record)
        told = bool(self.asked.licence) or self.asked.card_is_told
        return Artifact(
            self.id,
            created=self.record.created,
            licences=licence.ids if told else None,
            licence_name=licence.name,
            licence_link=licence.link,
            files=dict(self.record.files),
            siblings=self.record.siblings,
            unread=self.unread,
        )

    def edges(self) -> list[Derivation]:
        """Return the edges of its claims."""
        return [derivation(claim) for claim in self.claims]


def plan(asked: Asked, now: datetime) -> Plan:
    """Return the plan that comes of what is told; ``now`` is when it would be published.

    Raises PlanRefused, or NoBase where nothing says what it is made from, nor that it is from
    scratch.
    """
    record, unread = record_of(asked, now)
    read = (claim for claim in signals.claims(record) if claim.child != claim.parent)
    claims = tuple(_as_told(claim, asked.relation) for claim in read)
    made = Plan(asked, record, claims, tuple(unread))
    firm = [claim for claim in made.bases if claim.strength > Strength.INFERRED]
    if asked.from_scratch and firm:
        where = firm[0].evidence.field
        raise PlanRefused(f"{where} names the base {firm[0].parent}: it is not from scratch")
    if not (made.bases or asked.from_scratch):
        raise NoBase("; ".join((*(f"{name}: {why}" for name, why in unread), _NO_BASE)))
    return made


def _as_told(claim: Claim, relation: str) -> Claim:
    """Return a claim with the relation that a person tells and no card of the Hub's can."""
    if claim.signal == _OF_CARD and relation and relation not in HUB_RELATIONS:
        return replace(claim, relation=Relation(relation))
    return claim


def _is_base(relation: Relation) -> bool:
    carries = relation.carries_weights and relation is not Relation.RENAMED
    return carries or relation is Relation.DISTILLED


def derivation(claim: Claim) -> Derivation:
    """Return a claim as the edge that it makes alone."""
    return Derivation(
        claim.child,
        claim.parent,
        claim.relation,
        claim.strength,
        claim.confidence,
        source=claim.source,
    )
