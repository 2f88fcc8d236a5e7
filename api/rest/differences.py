"""A licence diff as JSON, with its shape and an example for OpenAPI."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pydantic import Field

from api.http.documented import Responses
from api.schemas.answers import Answer
from api.schemas.shapes import Json
from graph.catalogue.licences import Licence, Obligation, load
from graph.compliance.difference import ClauseDiff, LicenceDiff, diff
from graph.compliance.summary import summary
from graph.compliance.word_diff import Run


class RunAnswer(Answer):
    """Words that stand together and fared alike."""

    kind: Literal["equal", "deleted", "inserted"]
    text: str


class ClauseAnswer(Answer):
    """A duty in one of the two licences."""

    section: str = Field(examples=["1.b.i(A)"])
    quote: str
    triggers: list[str] = Field(description="What must arrive for it to bind.")
    required: str | None = Field(description="The words it asks for.")


class ClauseDiffAnswer(Answer):
    """What became of one check's clause."""

    check: str = Field(examples=["licence-copy"])
    paragraph: str = Field(examples=["1.b.i"])
    standing: Literal["added", "deleted", "changed", "same"]
    changes: int = Field(description="In how many places a changed clause differs.")
    version_only: bool = Field(description="Whether nothing but the version's name differs.")
    as_under: str | None = Field(description="The check above that rests on the very same words.")
    before: ClauseAnswer | None
    after: ClauseAnswer | None
    runs: list[RunAnswer] = Field(description="The words of both, in order.")


class SideAnswer(Answer):
    """One of the two licences."""

    id: str = Field(examples=["llama3.1"])
    title: str
    released: str | None
    url: str
    notes: str


class LicenceDiffAnswer(Answer):
    """What the second licence asks that the first does not, and the reverse."""

    before: SideAnswer
    after: SideAnswer
    summary: list[str] = Field(examples=[["four changes in 1.b.i", "1.b.v deleted"]])
    grant: list[RunAnswer]
    clauses: list[ClauseDiffAnswer]


def told(found: LicenceDiff) -> Json:
    """Return a diff as the answer holds it."""
    return {
        "before": _side(found.before),
        "after": _side(found.after),
        "summary": summary(found),
        "grant": _runs(found.grant),
        "clauses": [_clause(one) for one in found.clauses],
    }


@cache
def answers() -> Responses:
    """Return the example for OpenAPI: Llama 3 to 3.1, its first clauses, made by the code."""
    known = load().licences
    whole = told(diff(known["llama3"], known["llama3.1"]))
    example = {**whole, "clauses": whole["clauses"][:2]}
    return {200: {"content": {"application/json": {"example": example}}}}


def _side(one: Licence) -> Json:
    return {
        "id": one.id,
        "title": one.title,
        "released": _day(one.released),
        "url": one.url,
        "notes": one.notes,
    }


def _clause(one: ClauseDiff) -> Json:
    return {
        "check": one.check,
        "paragraph": one.paragraph,
        "standing": one.standing.value,
        "changes": one.changes,
        "version_only": one.version_only,
        "as_under": one.as_under,
        "before": _duty(one.before),
        "after": _duty(one.after),
        "runs": _runs(one.runs),
    }


def _duty(duty: Obligation | None) -> Json | None:
    if duty is None:
        return None
    return {
        "section": duty.section,
        "quote": duty.quote,
        "triggers": sorted(trigger.value for trigger in duty.triggers),
        "required": duty.required,
    }


def _runs(runs: tuple[Run, ...]) -> list[Json]:
    return [{"kind": run.kind.value, "text": run.text} for run in runs]


def _day(when: date | None) -> str | None:
    return when.isoformat() if when else None
