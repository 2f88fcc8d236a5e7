"""Licences, and two of them compared."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from pydantic import Field

from api.schemas.base import Listing, Schema, Triggers
from graph.catalogue.licences import Licence
from graph.compliance.difference import LicenceDiff, Standing
from graph.compliance.summary import summary
from graph.compliance.word_diff import RunKind


class ClauseView(Schema):
    """The words that impose a duty."""

    section: str = Field(examples=["1.b.i(A)"])
    quote: str
    triggers: Triggers
    required: str | None = Field(description="The words it asks for.")


class _OfCheck(Schema):
    check: str = Field(examples=["licence-copy"])


class ObligationView(ClauseView, _OfCheck):
    """One duty, with the words that impose it."""

    note: str | None


class GrantView(Schema):
    """The words of the licence grant."""

    section: str
    quote: str


class LicenceSummary(Schema):
    """A licence in a list."""

    id: str = Field(examples=["llama3.1"])
    title: str
    family: str
    kind: str
    url: str
    released: date | None
    checks: list[str] = Field(description="The kinds of duty it imposes.")

    @classmethod
    def of(cls, one: Licence, **more: Any) -> Self:
        """Return a licence with its duties."""
        return super().of(one, checks=list(one.obligations), **more)


class LicenceDetail(LicenceSummary):
    """A licence whole."""

    hub_ids: list[str]
    names: list[str]
    links: list[str]
    hub_listed: date | None
    scancode: str | None
    notes: str
    grant: GrantView
    obligations: list[ObligationView]

    @classmethod
    def of(cls, one: Licence, **more: Any) -> Self:
        """Return a licence whole."""
        return super().of(one, obligations=list(one.obligations.values()), **more)


class LicenceList(Listing[LicenceSummary]):
    """Every licence that is judged, oldest first."""


class WordsView(Schema):
    """Words that stand together and fared alike."""

    kind: RunKind
    text: str


class ClauseDiffView(Schema):
    """What became of one check's clause."""

    check: str = Field(examples=["licence-copy"])
    paragraph: str = Field(examples=["1.b.i"])
    standing: Standing
    changes: int = Field(description="In how many places a changed clause differs.")
    version_only: bool = Field(description="Whether nothing but the version's name differs.")
    as_under: str | None = Field(description="The check above that rests on the very same words.")
    before: ClauseView | None
    after: ClauseView | None
    runs: list[WordsView] = Field(description="The words of both, in order.")


class ComparedLicence(Schema):
    """One of the two licences."""

    id: str = Field(examples=["llama3.1"])
    title: str
    released: date | None
    url: str
    notes: str


class LicenceDiffView(Schema):
    """What the second licence asks that the first does not, and the reverse."""

    before: ComparedLicence
    after: ComparedLicence
    summary: list[str] = Field(examples=[["four changes in 1.b.i", "1.b.v deleted"]])
    grant: list[WordsView]
    clauses: list[ClauseDiffView]

    @classmethod
    def of(cls, found: LicenceDiff) -> Self:
        """Return a diff as it is shown."""
        return super().of(found, summary=summary(found))
