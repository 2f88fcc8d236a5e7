"""Models and data sets: one whole, and as a line of a list."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from pydantic import Field, create_model

from api.schemas.base import Firmness, Listing, Moment, Schema, Word
from api.schemas.findings import AnnotatedResult
from graph.catalogue.facts import LISTED, Fact
from graph.catalogue.floor import FLOOR, is_floor
from graph.catalogue.model import Kind, Outcome
from graph.storage.read_model import ListedArtifact, StoredArtifact

CreatedBefore = Field(
    description="Set, and `created` null, where the Hub only knows that it is older than this day.",
    examples=["2022-03-02"],
)


class MembershipView(Schema):
    """A family an artifact belongs to, by the best path to it."""

    family: str
    strength: Firmness
    confidence: float
    source: Word


class LicenceOfArtifact(Schema):
    """The licence that a repository declares, and those that arrive along its lineage."""

    declared: str | None
    name: str | None
    link: str | None
    concluded: list[str]


class FeatureView(Schema):
    """One sign that an inferred family rests on."""

    kind: str
    field: str
    value: str


class _Identity(Schema):
    id: str = Field(examples=["acme/Llama-3.1-8B-Support"])
    kind: Kind
    crawled: bool = Field(description="False for one that is only named as a parent.")
    removed: Moment | None = Field(
        description="When it went from the Hub; all else is then what was last known."
    )
    disabled: bool = Field(description="Whether the Hub keeps it and does not serve its files.")
    author: str | None
    created: Moment | None
    created_before: date | None = CreatedBefore


def _field(fact: Fact) -> tuple[Any, Any]:
    told = Moment if fact.type is datetime else fact.type
    about = f"{fact.about[:1].upper()}{fact.about[1:]}."
    return told if fact.type is bool else told | None, Field(description=about)


# Between the two: fields of a base come first, and what is read by people has an order.
if TYPE_CHECKING:
    _WithFacts = _Identity
else:
    _facts = {fact.name: _field(fact) for fact in LISTED}
    _WithFacts = create_model("_WithFacts", __base__=_Identity, **_facts)


class ArtifactDetail(_WithFacts):
    """One artifact whole."""

    revision: str | None
    families: list[str]
    memberships: list[MembershipView]
    features: list[FeatureView]
    licence: LicenceOfArtifact
    outcome: Outcome
    findings: list[AnnotatedResult]

    @classmethod
    def of(cls, stored: StoredArtifact) -> Self:
        """Return what is known of one artifact."""
        a = stored.artifact
        licence = LicenceOfArtifact(
            declared=", ".join(a.licences) if a.licences else None,
            name=a.licence_name,
            link=a.licence_link,
            concluded=stored.concluded,
        )
        return super().of(
            a,
            stored,
            author=a.author or a.owner or None,
            **_created(a.created),
            families=[m.family for m in stored.memberships],
            licence=licence,
            findings=[
                AnnotatedResult.answered(f, a.revision, stored.annotations) for f in stored.findings
            ],
        )


class ArtifactSummary(Schema):
    """One line of a list of artifacts."""

    id: str = Field(examples=["acme/Llama-3.1-8B-Support"])
    crawled: bool
    removed: Moment | None = Field(
        description="When it went from the Hub, for one that is still a parent; no facts are told."
    )
    author: str | None
    created: Moment | None
    created_before: date | None = CreatedBefore
    downloads: int | None
    likes: int | None
    licence: str | None
    families: list[str]
    outcome: Outcome

    @classmethod
    def of(cls, one: ListedArtifact) -> Self:
        """Return one line of a list."""
        return super().of(one, **_created(one.created), licence=", ".join(one.licences) or None)


class ArtifactPage(Listing[ArtifactSummary]):
    """A page of artifacts, in order of id."""


def _created(when: datetime | None) -> dict[str, Any]:
    """Return when a repository was made; the Hub's floor is a day by which it was there."""
    if when is None or not is_floor(when):
        return {"created": when, "created_before": None}
    return {"created": None, "created_before": FLOOR.date()}
