"""The footprint: what analysts ask, each result with the query it comes from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.http.documented import marked
from api.http.errors import Problem, named
from api.http.etag import from_footprint
from api.http.parameters import Clean, Counted, placed
from api.http.services import Given, Services
from api.schemas.footprint import FigureAnswer, FigureList
from graph.engines.port.ports import QueryFailed, QueryTimeout, StoreError
from graph.footprint import questions
from graph.storage.filters.declaration import LineageFilter

router = APIRouter(
    prefix="/v1/footprint", tags=["footprint"], dependencies=[Depends(from_footprint)]
)
FigureName = Annotated[str, placed("As the list names it.", "families"), Clean]


@router.get(
    "",
    summary="The whole footprint",
    operation_id="list_footprint",
    responses=marked(422, 503, 504),
)
def results(services: Given, wanted: Counted) -> FigureList:
    """Return every result, of the lineage that counts, in the order of the first page."""
    return FigureList(items=_asked(services, list(questions()), wanted), next=None)


@router.get(
    "/{name}",
    summary="One result of the footprint",
    operation_id="get_footprint",
    responses=marked(404, 422, 503, 504),
)
def result(services: Given, name: FigureName, wanted: Counted) -> FigureAnswer:
    """Return one result, of the lineage that counts."""
    named("footprint question", name, questions())
    return _asked(services, [name], wanted)[0]


def _asked(services: Services, names: list[str], wanted: LineageFilter) -> list[FigureAnswer]:
    """Return results. A query of ours that fails is no fault of the one who asks."""
    state, coverage = services.store.state(), services.read_model.coverage()
    if state.build is None:
        raise Problem(503, "The graph is empty: nothing has been built yet.", kind="graph-empty")
    figures, console = services.figures, services.console
    try:
        how = wanted.at_least, wanted.nearest
        results = [figures.result(console, state, name, *how) for name in names]
    except QueryTimeout:
        raise
    except QueryFailed as error:
        raise StoreError(f"the graph cannot answer this: {error}") from error
    return [FigureAnswer.of(result.held(coverage)) for result in results]
