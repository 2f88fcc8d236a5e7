"""The query library: every figure shown, as a query to paste into the console."""

from __future__ import annotations

from dataclasses import asdict
from difflib import get_close_matches
from typing import Annotated

from fastapi import APIRouter, Depends

from api.documented import marked
from api.errors import unknown
from api.freshness import from_code
from api.parameters import Clean, placed
from api.vocabulary import QuestionAnswer, QuestionList
from graph.questions import library
from graph.shapes import Json

router = APIRouter(prefix="/v1/queries", tags=["questions"], dependencies=[Depends(from_code)])
QueryName = Annotated[str, placed("As the library names it.", "family-sizes"), Clean]


@router.get(
    "",
    summary="List queries",
    operation_id="list_queries",
    response_model=QuestionList,
    responses=marked(),
)
def queries() -> Json:
    """Return the query library, in order of topic and title."""
    return {"items": [asdict(one) for one in library().values()], "next": None}


@router.get(
    "/{name}",
    summary="One query",
    operation_id="get_query",
    response_model=QuestionAnswer,
    responses=marked(404, 422),
)
def query(name: QueryName) -> Json:
    """Return a query of the library with its parameters and their defaults."""
    known = library()
    if name not in known:
        raise unknown("query", name, get_close_matches(name, known, 5, 0.4))
    return asdict(known[name])
