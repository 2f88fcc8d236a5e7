"""One question, one answer: ``herdbook cypher QUERY`` and the answers of the console."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from rich.console import Console

from graph.engines.port.ports import CypherConsole, QueryFailed, QueryRefused, StoreError, Table
from herdbook.console.error import render_error
from herdbook.console.table import fits, records, render, summary
from herdbook.output.terminal import screen


def run_once(
    console: CypherConsole,
    query: str,
    parameters: Mapping[str, Any],
    *,
    seconds: float,
    rows: int | None,
    as_json: bool = False,
) -> int:
    """Ask one statement and print the answer; return the exit code. Errors go to stderr."""
    started = time.perf_counter()
    try:
        table = console.cypher(query, parameters, seconds=seconds, rows=rows)
    except (QueryRefused, QueryFailed, StoreError) as error:
        screen(stderr=True).print(render_error(error, query), soft_wrap=True)
        return 1
    print_answer(table, time.perf_counter() - started, screen(), as_json=as_json)
    return 0


def print_answer(table: Table, elapsed: float, out: Console, *, as_json: bool = False) -> None:
    """Print an answer: a table with a line below it, or a JSON list of objects keyed by column."""
    if as_json:
        out.out(to_json(table), highlight=False)
        return
    out.print(render(table) if fits(table, out.width) or not table.rows else records(table))
    out.print(summary(table, elapsed))


def to_json(table: Table) -> str:
    """Return the rows as JSON, one a line, in ASCII: a terminal cannot be made to act on it."""
    rows = (_json(row) for row in table.records())
    return "[" + ",".join(f"\n{row}" for row in rows).replace("\x7f", "\\u007f") + "\n]"


def _json(row: dict[str, Any]) -> str:
    """Return a row as JSON, with null for the numbers that JSON has no word for."""
    return json.dumps(json.loads(json.dumps(row, default=str), parse_constant=lambda _: None))
