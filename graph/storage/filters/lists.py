"""The filters on artifacts and on findings. One more is one more field, and nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Annotated, Any, cast

from pydantic import AfterValidator, Field
from sqlalchemy import ColumnElement, Table, and_, exists, func, or_

from graph.catalogue import roster
from graph.catalogue.model import Outcome, Relation
from graph.compliance.checks import CHECKS
from graph.lineage.edges import CODE
from graph.storage.filters.declaration import (
    Choice,
    Filter,
    Filters,
    LineageFilter,
    Text,
    one_of,
)
from graph.storage.tables import tables

A, F, M, R, S = tables("artifacts", "findings", "members", "records", "standings")
_THERE = R.c.removed.is_(None)


def _families() -> list[Choice]:
    """Return the families by title: Llama's by age, then the others by name."""
    known = roster.load()
    others = (f for f in known.families.values() if not f.llama)
    ordered = (*known.llama_families(), *sorted(others, key=lambda f: f.title.lower()))
    return [(f.id, f.title) for f in ordered]


def _family(text: str) -> str:
    return one_of(roster.load().families, text)


def _in_family(family: str, given: Filters) -> ColumnElement[bool]:
    return exists().where(M.c.key == A.c.key, M.c.family == family, *counted(M, given))


def _has_finding(outcome: Outcome, given: Filters) -> ColumnElement[bool]:
    stands = F.c.key == A.c.key, F.c.closed.is_(None), F.c.outcome == outcome.value
    found: ColumnElement[bool] = exists().where(*stands, *counted(F, given))
    if outcome is Outcome.UNKNOWN:  # of a lineage that is not known no finding is kept
        found = or_(found, S.c.unknown.is_not(None))
    return and_(found, _THERE)


def counted(table: Table, given: Filters) -> tuple[ColumnElement[bool], ...]:
    """Return what lets through rows of a table that rest on lineage that counts."""
    columns = table.c
    return columns.strength >= int(given.at_least), columns.source >= int(given.nearest)


def _has_relation(relation: Relation, _: Filters) -> ColumnElement[bool]:
    return S.c.relations.bitwise_and(1 << CODE[relation]) != 0


def _declares(licence: str, _: Filters) -> ColumnElement[bool]:
    padded = "\n" + func.coalesce(R.c.licences, "") + "\n"
    return and_(padded.contains(f"\n{licence}\n", autoescape=True), _THERE)


def _these(words: Iterable[str]) -> Callable[[], list[Choice]]:
    """Return words as choices that speak for themselves."""
    known = [(str(word), str(word)) for word in words]
    return lambda: known


Family = Annotated[
    Annotated[Text, AfterValidator(_family)] | None,
    Field(
        description="Only members of this family.",
        examples=["llama-3.1"],
        json_schema_extra={"format": "family"},
    ),
    Filter("Family", _in_family, _families),
]
Author = Annotated[
    Text | None,
    Field(description="Only this organisation's or user's.", examples=["unsloth"]),
    Filter("Author", lambda author, _: and_(R.c.author == author, _THERE)),
]
OfRelation = Annotated[
    Relation | None,
    Field(description="Only with an own edge of this relation.", examples=["finetune"]),
    Filter("Relation", _has_relation, _these(Relation)),
]


OUTCOMES = [one for one in Outcome if one is not Outcome.NOT_APPLICABLE]


class MemberFilter(LineageFilter):
    """Which of a family's members a list holds."""

    search: Annotated[
        Text | None,
        Field(description="Only ids that hold this, whatever its case.", examples=["8b"]),
        Filter("In the id", lambda text, _: A.c.id.icontains(text, autoescape=True)),
    ] = None
    author: Author = None
    relation: OfRelation = None
    licence: Annotated[
        Text | None,
        Field(description="Only with this declared licence.", examples=["llama3.1"]),
        Filter("Licence declared", _declares),
    ] = None
    outcome: Annotated[
        Outcome | None,
        Field(description="Only with a finding of this outcome.", examples=["failed"]),
        Filter("With a finding", _has_finding, _these(OUTCOMES)),
    ] = None


class ArtifactFilter(MemberFilter):
    """Which models or data sets a list holds."""

    family: Family = None


class FindingFilter(LineageFilter):
    """Which findings a list holds."""

    check: Annotated[
        Annotated[Text, AfterValidator(partial(one_of, CHECKS))] | None,
        Field(
            description="Only this kind of duty.",
            examples=["name-prefix"],
            json_schema_extra={"enum": cast(Any, list(CHECKS))},
        ),
        Filter("Check", lambda check, _: F.c.check == check, _these(CHECKS)),
    ] = None
    outcome: Annotated[
        Outcome | None,
        Field(description="Only with this outcome.", examples=["failed"]),
        Filter(
            "Outcome",
            lambda outcome, _: F.c.outcome == outcome.value,
            _these(OUTCOMES),
        ),
    ] = None
    family: Family = None
    author: Author = None
    relation: OfRelation = None
    min_downloads: Annotated[
        int | None,
        Field(
            ge=0, lt=1 << 63, description="Only with at least so many downloads.", examples=[1000]
        ),
        Filter("Downloads from", lambda least, _: R.c.downloads >= least),
    ] = None
