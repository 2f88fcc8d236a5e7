"""The query library: every figure shown, as a query to paste into the console."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response

from api.http.documented import Responses, marked
from api.http.errors import named
from api.http.etag import from_code
from api.http.parameters import Clean, placed
from api.schemas.queries import QueryList, QueryView
from graph.engines.queries import favourites
from graph.engines.queries.query import library

router = APIRouter(prefix="/v1/queries", tags=["questions"], dependencies=[Depends(from_code)])
QueryName = Annotated[str, placed("As the library names it.", "family-sizes"), Clean]
Form = Annotated[
    Literal["cypher", "zip"], Query(description="One file, or one a query.", examples=["zip"])
]
_TEXT, _ARCHIVE = "text/plain; charset=utf-8", "application/zip"
_FILES: Responses = {
    200: {
        "description": "The favourites, as a file to drop on Neo4j Browser.",
        "content": {
            "text/plain": {"schema": {"type": "string"}},
            _ARCHIVE: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


@router.get("", summary="List queries", operation_id="list_queries", responses=marked())
def queries() -> QueryList:
    """Return the query library by topic, what stands on the first page in its order."""
    return QueryList(items=[QueryView.model_validate(q) for q in library().values()], next=None)


@router.get(
    "/neo4j-browser",
    summary="The queries as favourites of Neo4j Browser",
    operation_id="get_neo4j_browser_favourites",
    response_class=Response,
    responses={**_FILES, **marked(422)},
)
def neo4j_browser(
    response: Response,
    format: Form = "cypher",  # noqa: A002  # the parameter's name in the address
) -> Any:
    """Return the query library as a file to drop on Neo4j Browser, default values written in.

    Browser keeps a `.cypher` file as one favourite, and a zip of them as one favourite each, in
    a folder a topic.
    """
    name = {"Content-Disposition": f'attachment; filename="herdbook-queries.{format}"'}
    headers = {**response.headers, **name}
    if format == "zip":
        return Response(favourites.as_archive(library().values()), 200, headers, _ARCHIVE)
    return Response(favourites.as_text(library().values()), 200, headers, _TEXT)


@router.get("/{name}", summary="One query", operation_id="get_query", responses=marked(404, 422))
def query(name: QueryName) -> QueryView:
    """Return a query of the library with its parameters and their defaults."""
    return QueryView.model_validate(named("query", name, library()))
