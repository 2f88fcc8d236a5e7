"""Parameters from outside, bounded and checked before anything reads them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query
from pydantic import AfterValidator

from graph.catalogue import roster
from graph.catalogue.model import Outcome, Relation, Strength
from graph.compliance.checks import CHECKS
from graph.storage.read_model import ArtifactFilter, FindingFilter

MAX_TEXT = 256
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def clean(text: str) -> str:
    """Return a text without control characters as it is. Raises ValueError for one with any."""
    if _CONTROL.search(text):
        raise ValueError("control characters are not allowed")
    return text


def one_of(known: Collection[str], text: str) -> str:
    """Return a word of a vocabulary as it is. Raises ValueError, naming the known ones."""
    if text not in known:
        raise ValueError(f"none of: {', '.join(known)}")
    return text


def _family(text: str) -> str:
    return one_of(roster.load().families, text)


def _check(text: str) -> str:
    return one_of(CHECKS, text)


def asked(about: str, example: Any, **more: Any) -> Any:
    """Return a text parameter of the query, bounded and explained."""
    return Query(max_length=MAX_TEXT, description=about, examples=[example], **more)


def placed(about: str, example: str) -> Any:
    """Return a text parameter of the path, bounded and explained."""
    return Path(max_length=MAX_TEXT, description=about, examples=[example])


Clean = AfterValidator(clean)
Word = Literal["declared", "stated", "inferred"]
Owner = Annotated[
    str, placed("Organisation or user; `_` for an id without one.", "meta-llama"), Clean
]
Name = Annotated[str, placed("The name after the slash.", "Llama-3.1-8B"), Clean]
Family = Annotated[
    str | None,
    asked("Only members of this family.", "llama-3.1", json_schema_extra={"format": "family"}),
    AfterValidator(lambda text: text and _family(text)),
]
Author = Annotated[str | None, asked("Only this organisation's or user's.", "unsloth"), Clean]
Search = Annotated[str | None, asked("Only ids that hold this, whatever its case.", "8b"), Clean]
Licence = Annotated[str | None, asked("Only with this declared licence.", "llama3.1"), Clean]
Check = Annotated[
    str | None,
    asked("Only this kind of duty.", "name-prefix", json_schema_extra={"enum": list(CHECKS)}),
    AfterValidator(lambda text: text and _check(text)),
]
OfRelation = Annotated[
    Relation | None,
    Query(description="Only with an own edge of this relation.", examples=["finetune"]),
]
OfOutcome = Annotated[
    Outcome | None, Query(description="Only with this outcome.", examples=["failed"])
]
MinDownloads = Annotated[
    int | None,
    Query(ge=0, lt=1 << 63, description="Only with at least so many downloads.", examples=[1000]),
]


def _at_least(
    strength: Annotated[
        Word,
        Query(description="How firm a lineage must be to count: this and up.", examples=["stated"]),
    ] = "inferred",
) -> Strength:
    return Strength.parse(strength)


AtLeast = Annotated[Strength, Depends(_at_least)]


def _members(
    at_least: AtLeast,
    author: Author = None,
    search: Search = None,
    relation: OfRelation = None,
    licence: Licence = None,
) -> ArtifactFilter:
    return ArtifactFilter(
        author=author,
        search=search,
        relation=relation,
        licence=licence,
        at_least=at_least,
    )


Members = Annotated[ArtifactFilter, Depends(_members)]


def _artifacts(wanted: Members, family: Family = None) -> ArtifactFilter:
    return replace(wanted, family=family)


def _findings(
    at_least: AtLeast,
    check: Check = None,
    outcome: OfOutcome = None,
    family: Family = None,
    author: Author = None,
    relation: OfRelation = None,
    min_downloads: MinDownloads = None,
) -> FindingFilter:
    return FindingFilter(
        check=check,
        outcome=outcome,
        family=family,
        author=author,
        relation=relation,
        min_downloads=min_downloads,
        at_least=at_least,
    )


Artifacts = Annotated[ArtifactFilter, Depends(_artifacts)]
Findings = Annotated[FindingFilter, Depends(_findings)]
