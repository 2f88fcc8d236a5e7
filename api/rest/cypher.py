"""The Cypher console over HTTP: one reading statement, within limits of time, rows and size."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.http import console
from api.http.console import MAX_QUERY
from api.http.documented import problems
from api.http.errors import Problem
from api.http.etag import not_stored, tell
from api.http.services import Given, Services
from api.schemas.queries import QueryResult

MAX_DEPTH = 32  # of lists and maps in parameters
EXAMPLE = "MATCH (m:Model) RETURN m.id AS id, m.downloads AS downloads ORDER BY id LIMIT 5"
_ERRORS = problems(400, 403, 413, 422, 503, 504)
_INT64 = range(-(1 << 63), 1 << 63)

router = APIRouter(prefix="/v1/cypher", tags=["questions"], dependencies=[Depends(not_stored)])


def _plain(value: Any, depth: int = 0) -> Any:
    """Return a value that every engine takes. Raises ValueError for others."""
    match value:
        case list() | dict() if depth > MAX_DEPTH:
            raise ValueError(f"values are nested deeper than {MAX_DEPTH}")
        case list():
            return [_plain(one, depth + 1) for one in value]
        case dict():
            return {_text(name): _plain(one, depth + 1) for name, one in value.items()}
        case int() if value not in _INT64:
            raise ValueError("a whole number has 64 bits at most")
        case str():
            return _text(value)
    return value


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("a text holds half a character (a lone surrogate)") from None
    return value


Values = Annotated[dict[str, Any], AfterValidator(lambda given: _plain(given))]
Limit = Annotated[int | None, Field(ge=1, lt=1 << 31)]


class Ask(BaseModel):
    """A question to the console."""

    model_config = ConfigDict(extra="forbid")

    query: Annotated[str, AfterValidator(_text)] = Field(
        min_length=1, description="One reading statement.", examples=[EXAMPLE]
    )
    parameters: Values = Field({}, description="Values for `$name`s in it.", examples=[{}])
    limit: Limit = Field(None, description="Rows, within the server's limit.", examples=[5])


@router.post("", summary="Ask the console", operation_id="ask_cypher", responses=_ERRORS)
def ask(request: Request, response: Response, services: Given, question: Ask) -> QueryResult:
    """Run one reading statement on the graph.

    Longer than 20,000 characters: 413. What does more than read, or could not be stopped: 403.
    What the engine cannot answer, or not within its memory, and an answer that is too large: 400
    with a message. Longer than the time limit: 504. What is let in: docs/console.md.
    """
    return _answer(request, response, services, question)


@router.get(
    "",
    summary="Ask the console by an address",
    operation_id="ask_cypher_by_address",
    responses=_ERRORS,
)
def ask_by_address(
    request: Request,
    response: Response,
    services: Given,
    q: Annotated[
        str, Query(min_length=1, description="One reading statement.", examples=[EXAMPLE])
    ],
    limit: Annotated[
        int | None,
        Query(ge=1, lt=1 << 31, description="Rows, within the server's limit.", examples=[5]),
    ] = None,
) -> QueryResult:
    """Run one reading statement without parameters: a question that can be linked to."""
    return _answer(request, response, services, Ask(query=q, parameters={}, limit=limit))


def _answer(request: Request, response: Response, services: Services, question: Ask) -> QueryResult:
    if len(question.query) > MAX_QUERY:
        raise Problem(413, f"A query has {MAX_QUERY:,} characters at most.", kind="query-too-long")
    rows = min(question.limit or services.cypher_rows, services.cypher_rows)
    try:
        found = console.ask(request, question.query, question.parameters, rows)
    except console.Busy:
        detail = "The console is answering as many questions as it takes at once; ask again soon."
        headers = {"Retry-After": "2"}
        raise Problem(503, detail, kind="console-busy", headers=headers) from None
    tell(response, found.state)
    return QueryResult(
        columns=found.table.columns,
        rows=orjson.loads(orjson.dumps(found.table.rows, default=str)),  # dates, infinities
        truncated=found.table.truncated,
        build=found.state.build,
        under_way=found.state.under_way,
        seconds=round(found.seconds, 4),
    )
