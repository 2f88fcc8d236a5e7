"""Licences: the terms that are judged, from the files that come with the code."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

from fastapi import APIRouter, Depends

from api.http.documented import Responses, marked
from api.http.errors import Problem, named
from api.http.etag import from_code
from api.http.parameters import Clean, placed
from api.http.services import Given
from api.schemas.licences import LicenceDetail, LicenceDiffView, LicenceList, LicenceSummary
from graph.catalogue import licences as library
from graph.compliance.difference import diff

router = APIRouter(prefix="/v1/licences", tags=["licences"], dependencies=[Depends(from_code)])
LicenceId = Annotated[str, placed("As the list of licences names it.", "llama3.1"), Clean]
LaterId = Annotated[str, placed("The licence to hold against the first.", "llama3.2"), Clean]


def _example() -> Responses:
    """Return the example for OpenAPI: Llama 3 to 3.1, its first clauses, made by the code."""
    known = library.load().licences
    whole = LicenceDiffView.of(diff(known["llama3"], known["llama3.1"])).model_dump(mode="json")
    example = {**whole, "clauses": whole["clauses"][:2]}
    return {200: {"content": {"application/json": {"example": example}}}}


@router.get("", summary="List licences", operation_id="list_licences", responses=marked())
def licences(_services: Given) -> LicenceList:
    """Return every licence that is judged, oldest first."""
    known = library.load().licences.values()
    return LicenceList(items=[LicenceSummary.of(one) for one in known], next=None)


@router.get(
    "/{licence}", summary="One licence", operation_id="get_licence", responses=marked(404, 422)
)
def licence(_services: Given, licence: LicenceId) -> LicenceDetail:
    """Return a licence whole: how it is named, what it grants, each duty with its words."""
    return LicenceDetail.of(named("licence", licence, library.load().licences))


@router.get(
    "/{a}/diff/{b}",
    summary="Two licences compared",
    operation_id="get_licence_diff",
    responses=_example() | marked(404, 422),
)
def difference(_services: Given, a: LicenceId, b: LaterId) -> LicenceDiffView:
    """Return what became of each clause of the first in the second: added, deleted, changed, same.

    Clauses are compared word by word, by the check that looks at them; ``summary`` says it in a
    few phrases. Only clauses that a check rests on are compared, not the whole texts.
    """
    known = library.load().licences
    for asked in (a, b):
        if asked not in known:
            detail = f"No licence {asked!r} is known. Known: {', '.join(known)}."
            near = get_close_matches(asked, known, 5, 0.4)
            raise Problem(404, detail, kind="unknown-licence", nearest=near, known=list(known))
    return LicenceDiffView.of(diff(known[a], known[b]))
