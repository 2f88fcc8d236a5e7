"""Licences: the terms that are judged, from the files that come with the code."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Annotated

from fastapi import APIRouter, Depends

from api.http.documented import marked
from api.http.errors import Problem, unknown
from api.http.etag import from_code
from api.http.parameters import Clean, placed
from api.http.services import Given
from api.rest.differences import LicenceDiffAnswer, answers, told
from api.schemas.shapes import Json
from api.schemas.vocabulary import LicenceAnswer, LicenceList
from graph.catalogue import licences as library
from graph.catalogue.licences import Licence, Obligation
from graph.compliance.difference import diff

router = APIRouter(prefix="/v1/licences", tags=["licences"], dependencies=[Depends(from_code)])
LicenceId = Annotated[str, placed("As the list of licences names it.", "llama3.1"), Clean]
LaterId = Annotated[str, placed("The licence to hold against the first.", "llama3.2"), Clean]


@router.get(
    "",
    summary="List licences",
    operation_id="list_licences",
    response_model=LicenceList,
    responses=marked(),
)
def licences(_services: Given) -> Json:
    """Return every licence that is judged, oldest first."""
    return {"items": [_line(one) for one in library.load().licences.values()], "next": None}


@router.get(
    "/{licence}",
    summary="One licence",
    operation_id="get_licence",
    response_model=LicenceAnswer,
    responses=marked(404, 422),
)
def licence(_services: Given, licence: LicenceId) -> Json:
    """Return a licence whole: how it is named, what it grants, each duty with its words."""
    known = library.load().licences
    if licence not in known:
        raise unknown("licence", licence, get_close_matches(licence, known, 5, 0.4))
    return _whole(known[licence])


@router.get(
    "/{a}/diff/{b}",
    summary="Two licences compared",
    operation_id="get_licence_diff",
    response_model=LicenceDiffAnswer,
    responses=answers() | marked(404, 422),
)
def difference(_services: Given, a: LicenceId, b: LaterId) -> Json:
    """Return what became of each clause of the first in the second: added, deleted, changed, same.

    Clauses are compared word by word, by the check that looks at them; ``summary`` says it in a
    few phrases. Only clauses that a check rests on are compared, not the whole texts.
    """
    known = library.load().licences
    for asked in (a, b):
        if asked not in known:
            raise _unknown(asked, list(known))
    return told(diff(known[a], known[b]))


def _unknown(asked: str, known: list[str]) -> Problem:
    """Return the problem of a licence that is not known; it names all that are."""
    return Problem(
        404,
        f"No licence {asked!r} is known. Known: {', '.join(known)}.",
        kind="unknown-licence",
        nearest=get_close_matches(asked, known, 5, 0.4),
        known=known,
    )


def _line(one: Licence) -> Json:
    return {
        "id": one.id,
        "title": one.title,
        "family": one.family,
        "kind": one.kind,
        "url": one.url,
        "released": _day(one.released),
        "checks": list(one.obligations),
    }


def _whole(one: Licence) -> Json:
    return {
        **_line(one),
        "hub_ids": one.hub_ids,
        "names": one.names,
        "links": one.links,
        "hub_listed": _day(one.hub_listed),
        "scancode": one.scancode,
        "notes": one.notes,
        "grant": {"section": one.grant.section, "quote": one.grant.quote},
        "obligations": [_duty(duty) for duty in one.obligations.values()],
    }


def _duty(duty: Obligation) -> Json:
    return {
        "check": duty.check,
        "section": duty.section,
        "quote": duty.quote,
        "triggers": sorted(trigger.value for trigger in duty.triggers),
        "required": duty.required,
        "note": duty.note,
    }


def _day(when: date | None) -> str | None:
    return when.isoformat() if when else None
