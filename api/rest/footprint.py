"""The footprint: what analysts ask, each result with the query it comes from."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Annotated

from fastapi import APIRouter, Depends

from api.http.documented import marked
from api.http.errors import Problem, unknown
from api.http.etag import from_footprint
from api.http.parameters import AtLeast, Clean, placed
from api.http.services import Given, Services
from api.schemas.shapes import Json
from api.schemas.vocabulary import FigureAnswer, FigureList
from graph import footprint
from graph.catalogue.model import Strength
from graph.engines.port.ports import CypherConsole, QueryFailed, QueryTimeout, StoreError
from graph.storage.coverage import Coverage

router = APIRouter(
    prefix="/v1/footprint", tags=["footprint"], dependencies=[Depends(from_footprint)]
)
FigureName = Annotated[str, placed("As the list names it.", "family-sizes"), Clean]
Figure = Callable[[CypherConsole, Strength], footprint.Result]


@router.get(
    "",
    summary="The whole footprint",
    operation_id="list_footprint",
    response_model=FigureList,
    responses=marked(422, 503, 504),
)
def results(services: Given, at_least: AtLeast) -> Json:
    """Return every result, at a strength of lineage."""
    coverage = services.register.coverage()
    figures = footprint.QUESTIONS.values()
    return {"items": [_asked(services, one, at_least, coverage) for one in figures], "next": None}


@router.get(
    "/{name}",
    summary="One result of the footprint",
    operation_id="get_footprint",
    response_model=FigureAnswer,
    responses=marked(404, 422, 503, 504),
)
def result(services: Given, name: FigureName, at_least: AtLeast) -> Json:
    """Return one result, at a strength of lineage."""
    known = footprint.QUESTIONS
    if name not in known:
        raise unknown("footprint question", name, get_close_matches(name, known, 5, 0.4))
    return _asked(services, known[name], at_least, services.register.coverage())


def _asked(services: Services, figure: Figure, at_least: Strength, coverage: Coverage) -> Json:
    """Return a result. A query of ours that fails is no fault of the one who asks."""
    if services.store.state().build is None:
        raise Problem(503, "The graph is empty: nothing has been built yet.", kind="graph-empty")
    try:
        result = figure(services.console, at_least)
    except QueryTimeout:
        raise
    except QueryFailed as error:
        raise StoreError(f"the graph cannot answer this: {error}") from error
    return footprint.to_json(result.held(coverage))
