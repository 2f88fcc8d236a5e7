"""Licences: the terms that are judged, from the files that come with the code."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Annotated

from fastapi import APIRouter, Depends

from api.documented import marked
from api.errors import unknown
from api.freshness import from_code
from api.parameters import Clean, placed
from api.services import Given
from api.vocabulary import LicenceAnswer, LicenceList
from graph.compliance import library
from graph.compliance.library import Licence, Obligation
from graph.shapes import Json

router = APIRouter(prefix="/v1/licences", tags=["licences"], dependencies=[Depends(from_code)])
LicenceId = Annotated[str, placed("As the list of licences names it.", "llama3.1"), Clean]


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
