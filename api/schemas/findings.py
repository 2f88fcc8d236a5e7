"""Findings, with their evidence, path and annotations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Self

from pydantic import Field

from api.schemas.base import Firmness, Listing, Moment, Schema
from api.schemas.lineage import EdgeView
from graph.catalogue.model import Evidence, Finding, Outcome
from graph.compliance import triage
from graph.compliance.triage import Annotation, AnnotationKind, AnnotationState
from graph.storage.read_model import ListedFinding


class EvidenceView(Schema):
    """Where something was seen."""

    repository: str
    field: str = Field(description="The file or field.", examples=["cardData.base_model"])
    value: str
    revision: str | None
    line: int | None
    changed_since: bool = Field(description="Whether the repository is at another revision by now.")

    @classmethod
    def of(cls, seen: Evidence, artifact_id: str, revision: str | None) -> Self:
        """Return evidence of an artifact's finding; ``revision`` is the artifact's present one.

        Only the artifact's own revision can be held against the one that was seen.
        """
        known = seen.repository == artifact_id and None not in (seen.revision, revision)
        return super().of(seen, changed_since=known and seen.revision != revision)


class AnnotationView(Schema):
    """What somebody answered to a finding. It changes no outcome."""

    number: int
    kind: AnnotationKind
    reason: str = Field(examples=["The name was agreed with the licensor."])
    by: str = Field(examples=["legal@acme.example"])
    at: Moment
    until: Moment | None = Field(description="When it runs out.")
    state: AnnotationState = Field(description="`lapsed` where the evidence is another by now.")

    @classmethod
    def of(cls, annotation: Annotation, finding: Finding, now: datetime) -> Self:
        """Return an annotation to a finding, and whether it counts now."""
        return super().of(annotation, state=triage.state(annotation, finding, now))


class CheckResult(Schema):
    """What one check says under one arriving licence."""

    check: str = Field(examples=["name-prefix"])
    outcome: Outcome
    strength: Firmness | None = Field(description="Of the lineage it rests on.")
    licence: str | None = Field(examples=["llama3.1"])
    section: str | None = Field(examples=["1.b.i"])
    quote: str | None = Field(description="The words of the clause.")
    message: str = Field(description="What was seen.")
    remedy: str = Field(description="What to do, in one sentence.")
    evidence: list[EvidenceView]
    path: list[EdgeView] = Field(description="Child first.")

    @classmethod
    def of(cls, finding: Finding, revision: str | None = None, **more: Any) -> Self:
        """Return a finding; ``revision`` is the artifact's present one, ``more`` what a subclass
        adds.
        """
        evidence = [EvidenceView.of(seen, finding.artifact, revision) for seen in finding.evidence]
        return super().of(finding, evidence=evidence, **more)


class AnnotatedResult(CheckResult):
    """What one check says, and what people answered to it."""

    annotations: list[AnnotationView]

    @property
    def standing(self) -> list[AnnotationKind]:
        """What the annotations that count say."""
        return [one.kind for one in self.annotations if one.state is AnnotationState.STANDING]

    @classmethod
    def answered(
        cls, finding: Finding, revision: str | None, given: Iterable[Annotation], **more: Any
    ) -> Self:
        """Return a finding with those of some annotations that are to it, the oldest first."""
        now = datetime.now(UTC)
        own = [AnnotationView.of(one, finding, now) for one in triage.of(finding, given)]
        return cls.of(finding, revision, annotations=own, **more)


class _OfArtifact(Schema):
    id: str = Field(examples=["acme/Support-Llama-3.1-8B"])


class FindingView(AnnotatedResult, _OfArtifact):
    """A finding with the artifact it is about."""

    @classmethod
    def of(cls, finding: Finding, revision: str | None = None, **more: Any) -> Self:
        """Return a finding with its artifact's id."""
        return super().of(finding, revision, id=finding.artifact, **more)


class ListedFindingView(FindingView):
    """A finding in a list."""

    downloads: int | None
    since: Moment = Field(description="The build that first found it so.")

    @classmethod
    def listed(cls, one: ListedFinding) -> Self:
        """Return a finding in a list."""
        more = {"downloads": one.downloads, "since": one.opened}
        return cls.answered(one.finding, one.revision, one.annotations, **more)


class ArtifactFindings(Listing[FindingView]):
    """An artifact's findings, every check included."""


class FindingPage(Listing[ListedFindingView]):
    """A page of findings, most downloaded first."""
