"""Commands that speak Cypher: a query, a question of the library, or the interactive console."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import Annotated, Any

import orjson
import typer

from api.schemas.queries import QueryView
from graph.engines.queries import favourites
from graph.engines.queries.query import library
from herdbook.commands.options import AsJson, wiring
from herdbook.console.once import run_once
from herdbook.console.terminal import run_console
from herdbook.output import terminal

PEOPLE_ROWS = 1000  # of a table for people; machines get all


def cypher(
    query: Annotated[str, typer.Argument(help="A reading statement; a console without it.")] = "",
    run: Annotated[str, typer.Option(help="Ask a question of the library by name instead.")] = "",
    param: Annotated[
        list[str] | None, typer.Option(help="NAME=JSON (or NAME=text), as often as needed.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many rows.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask the graph in Cypher, reading only."""
    wired = wiring()
    wired.build_if_empty()
    seconds, rows = wired.settings.cypher_seconds, limit or (None if as_json else PEOPLE_ROWS)
    given = dict(_parameter(text) for text in param or ())
    if run:
        if run not in library():
            raise typer.BadParameter("no such question; `herdbook queries` lists them")
        query, given = library()[run].cypher, {**library()[run].defaults(), **given}
    if not query:
        history = wired.settings.home / "cypher-history"
        rows = limit or PEOPLE_ROWS
        run_console(wired.console, seconds=seconds, rows=rows, history=history)
        return
    sys.exit(run_once(wired.console, query, given, seconds=seconds, rows=rows, as_json=as_json))


def _parameter(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not (equals and name.isidentifier()):
        raise typer.BadParameter(f"{text!r} is not NAME=VALUE")
    try:
        return name, orjson.loads(value)
    except orjson.JSONDecodeError:
        return name, value


def queries(
    as_json: AsJson = False,
    neo4j_browser: Annotated[
        bool, typer.Option("--neo4j-browser", help="Print a favourites file for Neo4j Browser.")
    ] = False,
) -> None:
    """List the query library by topic."""
    if neo4j_browser:
        sys.stdout.write(favourites.as_text(library().values()))
        return
    if as_json:
        terminal.json([QueryView.model_validate(q) for q in library().values()])
        return
    for topic, some in groupby(library().values(), key=lambda q: q.topic):
        terminal.table((topic, "about"), [(q.name, q.about) for q in some])
    terminal.say("herdbook cypher --run NAME asks one; --param NAME=VALUE sets a parameter")
