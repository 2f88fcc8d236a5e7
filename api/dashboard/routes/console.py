"""The Cypher console: a form that works without scripts, and downloads of its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.dashboard.drawing.answer import draw_answer
from api.dashboard.page import links
from api.dashboard.page.asked import Refused
from api.dashboard.page.rendering import page
from api.dashboard.page.text import cell
from api.dashboard.views import answer as shown
from api.dashboard.views import console as view
from api.dashboard.views.drawn import DRAWN
from api.http.console import MAX_QUERY, Answered, ask
from api.http.services import Given, Services
from graph.engines.port.ports import QueryFailed, QueryRefused
from graph.engines.queries import export
from graph.engines.queries.elements import elements
from graph.engines.queries.query import Question as Known
from graph.engines.queries.query import library

router = APIRouter(include_in_schema=False)
START = """MATCH (m:Model)-[:IN_FAMILY]->(f:Family)
RETURN f.title AS family, count(m) AS models
ORDER BY models DESC"""


def _questions() -> dict[str, Known]:
    """Return what the shelf holds: what is drawn, and the library."""
    return {**DRAWN, **library()}


@dataclass(frozen=True, slots=True)
class Question:
    """A query as the page was asked for it, with its parameters as JSON."""

    query: str
    fields: tuple[view.Field, ...]

    def told(self) -> dict[str, str]:
        """Return the parameters as JSON, by name."""
        return {field.name: field.value for field in self.fields}


def _asked(
    request: Request,
    q: Annotated[str, Query(description="One reading statement.")] = "",
    _given: Annotated[str, Query(alias="p.*", description="A value, as JSON.")] = "",
) -> Question:
    query = q.replace("\r\n", "\n").strip()
    if len(query) > MAX_QUERY:
        raise Refused(400, "Too long", f"A query has at most {MAX_QUERY} characters.")
    given = {k[2:]: v for k, v in request.query_params.items() if k.startswith("p.")}
    return Question(query, view.fields(query, given, _questions()))


Asked = Annotated[Question, Depends(_asked)]


def _run(request: Request, services: Services, asked: Question) -> Answered:
    return ask(request, asked.query, view.values(asked.told()), services.cypher_rows)


@router.get("/console")
def console(request: Request, services: Given, asked: Asked) -> HTMLResponse:
    """Show the console, with the answer where a query is given."""
    answered, trouble = None, None
    if asked.query:
        try:
            answered = _run(request, services, asked)
        except (QueryRefused, QueryFailed) as reason:
            trouble = shown.trouble(str(reason), asked.query)
    question = view.question_of(asked.query, _questions())
    browser = services.neo4j_browser
    return page(
        request,
        "console.html",
        title=question.title if question else "Console",
        query=asked.query,
        start=START,
        question=question,
        fields=asked.fields,
        answered=answered,
        cells=shown.cells(answered.table) if answered else (),
        drawing=draw_answer(elements(answered.table.rows)) if answered else None,
        trouble=trouble,
        coverage=services.read_model.coverage(),
        shelf=view.shelf(_questions(), browser),
        vocabulary=view.vocabulary(_questions()),
        share=links.console(asked.query, asked.told()),
        elsewhere=view.elsewhere(
            asked.query, view.values(asked.told()), question.title if question else "", browser
        ),
        downloads={
            form: links.with_query(f"/console/answer.{form}", request.query_params)
            for form in ("csv", "json")
        },
        seconds=services.cypher_seconds,
        rows=services.cypher_rows,
        scripts=("console.js",),
    )


@router.get("/console/answer.{form}")
def answer(request: Request, services: Given, form: str, asked: Asked) -> Response:
    """Return an answer as a file."""
    if form not in ("csv", "json"):
        raise Refused(404, "Not known", "Answers come as csv or json.")
    try:
        table = _run(request, services, asked).table
    except (QueryRefused, QueryFailed) as reason:
        raise Refused(400, "Not answered", str(reason)) from None
    name = {"Content-Disposition": f'attachment; filename="answer.{form}"'}
    if form == "csv":
        return Response(export.as_csv(table, cell), 200, name, "text/csv; charset=utf-8")
    return Response(export.as_json(table), 200, name, "application/json")
