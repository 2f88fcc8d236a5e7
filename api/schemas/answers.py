"""The shapes of answers about artifacts and findings, for OpenAPI.

`api.schemas.shapes` makes the values; what it may add later passes through (``extra="allow"``).
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graph.catalogue.model import Outcome, Relation
from graph.compliance.triage import ReplyKind, ReplyState

Word = Literal["declared", "stated", "inferred"]
Next = Field(None, description="The cursor of the next page; null on the last.")
Before = Field(
    None,
    description="Set, and `created` null, where the Hub only knows that it is older than this day.",
    examples=["2022-03-02"],
)


class Answer(BaseModel):
    """What every answer's shape has in common."""

    model_config = ConfigDict(extra="allow")


class Problem(Answer):
    """An error (RFC 9457)."""

    type: str = Field(examples=["urn:problem-type:herdbook:unknown-model"])
    title: str = Field(examples=["Unknown model"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No model 'acme/Lama' is known. Nearest: acme/Llama."])
    instance: str = Field(examples=["/v1/models/acme/Lama"])
    nearest: list[str] | None = Field(None, description="Known names that look most like it.")
    errors: list[dict[str, str]] | None = Field(None, description="Each parameter's fault.")


class EdgeAnswer(Answer):
    """An edge of the lineage."""

    child: str = Field(examples=["acme/Llama-3.1-8B-Support"])
    parent: str = Field(examples=["meta-llama/Llama-3.1-8B"])
    relation: Relation
    strength: Word
    confidence: float = Field(examples=[1.0])


class EvidenceAnswer(Answer):
    """Where something was seen."""

    repository: str
    field: str = Field(description="The file or field.", examples=["cardData.base_model"])
    value: str
    revision: str | None
    line: int | None
    changed_since: bool = Field(
        False, description="Whether the repository is at another revision by now."
    )


class JudgedAnswer(Answer):
    """What one check says under one arriving licence."""

    check: str = Field(examples=["name-prefix"])
    outcome: Outcome
    strength: Word | None = Field(description="Of the lineage it rests on.")
    licence: str | None = Field(examples=["llama3.1"])
    section: str | None = Field(examples=["1.b.i"])
    quote: str | None = Field(description="The words of the clause.")
    message: str = Field(description="What was seen.")
    remedy: str = Field(description="What to do, in one sentence.")
    evidence: list[EvidenceAnswer]
    path: list[EdgeAnswer] = Field(description="Child first.")


class ReplyAnswer(Answer):
    """What somebody answered to a finding. It changes no outcome."""

    number: int
    kind: ReplyKind
    reason: str = Field(examples=["The name was agreed with the licensor."])
    by: str = Field(examples=["legal@acme.example"])
    at: str
    until: str | None = Field(description="When it runs out.")
    state: ReplyState = Field(description="`lapsed` where the evidence is another by now.")


class AnsweredAnswer(JudgedAnswer):
    """What one check says, and what people answered to it."""

    replies: list[ReplyAnswer]


class FindingAnswer(AnsweredAnswer):
    """A finding with the artifact it is about."""

    id: str = Field(examples=["acme/Support-Llama-3.1-8B"])


class ListedFindingAnswer(FindingAnswer):
    """A finding in a list."""

    downloads: int | None
    since: str | None = Field(description="The build that first found it so.")


class FindingsAnswer(Answer):
    """An artifact's findings, every check included."""

    items: list[FindingAnswer]
    next: str | None = Next


class FindingPage(Answer):
    """A page of findings, most downloaded first."""

    items: list[ListedFindingAnswer]
    next: str | None = Next


class MembershipAnswer(Answer):
    """A family an artifact belongs to, by the best path to it."""

    family: str
    strength: Word
    confidence: float


class LicenceOfArtifact(Answer):
    """The licence that a repository declares, and those that arrive along its lineage."""

    declared: str | None
    name: str | None
    link: str | None
    concluded: list[str]


class ClueAnswer(Answer):
    """One sign that an inferred family rests on."""

    kind: str
    field: str
    value: str


class SheetAnswer(Answer):
    """One artifact whole."""

    id: str = Field(examples=["acme/Llama-3.1-8B-Support"])
    kind: Literal["model", "dataset"]
    crawled: bool = Field(description="False for one that is only named as a parent.")
    removed: str | None = Field(
        description="When it went from the Hub; all else is then what was last known."
    )
    disabled: bool = Field(description="Whether the Hub keeps it and does not serve its files.")
    author: str | None
    created: str | None
    created_before: str | None = Before
    downloads: int | None = Field(description="In 30 days, as the Hub counts.")
    downloads_all: int | None = Field(description="Of all time; null where not known.")
    likes: int | None
    revision: str | None
    families: list[str]
    memberships: list[MembershipAnswer]
    clues: list[ClueAnswer]
    licence: LicenceOfArtifact
    outcome: Outcome
    findings: list[AnsweredAnswer]


class SummaryAnswer(Answer):
    """One line of a list of artifacts."""

    id: str = Field(examples=["acme/Llama-3.1-8B-Support"])
    crawled: bool
    removed: str | None = Field(
        description="When it went from the Hub, for one that is still a parent; no facts are told."
    )
    author: str | None
    created: str | None
    created_before: str | None = Before
    downloads: int | None
    likes: int | None
    licence: str | None
    families: list[str]
    outcome: Outcome


class ArtifactPage(Answer):
    """A page of artifacts, in order of id."""

    items: list[SummaryAnswer]
    next: str | None = Next


class NodeAnswer(Answer):
    """An artifact in a lineage."""

    id: str
    kind: Literal["model", "dataset"]
    crawled: bool
    families: list[str]


class LineageAnswer(Answer):
    """A lineage; ``truncated`` where more is there than was asked for or may be shown."""

    id: str
    nodes: list[NodeAnswer]
    edges: list[EdgeAnswer]
    truncated: bool
