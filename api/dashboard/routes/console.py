"""The Cypher console: a form that works without scripts, and downloads of its answers."""

from __future__ import annotations

from dataclasses import dataclass
from threading import BoundedSemaphore

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.dashboard import links
from api.dashboard.asked import Refused
from api.dashboard.rendering import page
from api.dashboard.views import console as view
from api.services import Given, Services
from graph.ports import QueryFailed, QueryRefused, Table
from graph.questions import library

router = APIRouter(include_in_schema=False)
PATIENCE = 1.0  # seconds to wait for a place at the console
LONGEST = 20_000  # characters of a query
START = """MATCH (m:Model)-[:IN_FAMILY]->(f:Family)
RETURN f.title AS family, count(m) AS models
ORDER BY models DESC"""


@dataclass(frozen=True, slots=True)
class Question:
    """A query as the page was asked for it, with its parameters as JSON."""

    query: str
    parameters: dict[str, str]


def _asked(request: Request) -> Question:
    query = request.query_params.get("q", "").replace("\r\n", "\n").strip()
    if len(query) > LONGEST:
        raise Refused(400, "Too long", f"A query has at most {LONGEST} characters.")
    given = {k[2:]: v for k, v in request.query_params.items() if k.startswith("p.")}
    return Question(query, view.parameters(query, given, library()))


def _run(request: Request, services: Services, asked: Question) -> Table:
    """Ask, in one of the places that pages and the REST console share."""
    places: BoundedSemaphore = request.app.state.console_places
    if not places.acquire(timeout=PATIENCE):
        raise QueryFailed("The console is answering as many questions as it takes; ask again soon.")
    try:
        return services.console.cypher(
            asked.query,
            view.values(asked.parameters),
            seconds=services.cypher_seconds,
            rows=services.cypher_rows,
        )
    finally:
        places.release()


@router.get("/console")
def console(request: Request, services: Given) -> HTMLResponse:
    """Show the console, with the answer where a query is given."""
    asked, table, error = _asked(request), None, None
    if asked.query:
        try:
            table = _run(request, services, asked)
        except (QueryRefused, QueryFailed) as reason:
            error = str(reason)
    return page(
        request,
        "console.html",
        title="Console",
        query=asked.query,
        start=START,
        parameters=asked.parameters,
        table=table,
        error=error,
        shelf=view.shelf(library()),
        vocabulary=view.vocabulary(),
        downloads={
            form: links.with_query(f"/console/answer.{form}", request.query_params)
            for form in ("csv", "json")
        },
        seconds=services.cypher_seconds,
        rows=services.cypher_rows,
        scripts=("console.js",),
    )


@router.get("/console/answer.{form}")
def answer(request: Request, services: Given, form: str) -> Response:
    """Return an answer as a file."""
    if form not in ("csv", "json"):
        raise Refused(404, "Not known", "Answers come as csv or json.")
    try:
        table = _run(request, services, _asked(request))
    except (QueryRefused, QueryFailed) as reason:
        raise Refused(400, "Not answered", str(reason)) from None
    name = {"Content-Disposition": f'attachment; filename="answer.{form}"'}
    if form == "csv":
        return Response(view.as_csv(table), media_type="text/csv; charset=utf-8", headers=name)
    return Response(view.as_json(table), media_type="application/json", headers=name)
