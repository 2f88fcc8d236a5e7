"""The console's page: the library by topic, the schema, an answer as a table. Pure."""

from __future__ import annotations

import csv
import io
import re
from itertools import groupby
from typing import Any

import orjson

from api.dashboard import links
from api.dashboard.text import cell
from graph.ports import Table
from graph.questions import Question
from graph.schema import EDGES, NODES

_NAMED = re.compile(r"\$(\w+)")
# A spreadsheet takes text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def shelf(library: dict[str, Question]) -> list[tuple[str, list[tuple[Question, str]]]]:
    """Return the library by topic, each question with the console's address that holds it."""
    return [
        (topic, [(q, links.console(q.cypher)) for q in some])
        for topic, some in groupby(library.values(), lambda q: q.topic)
    ]


def parameters(query: str, given: dict[str, str], library: dict[str, Question]) -> dict[str, str]:
    """Return the parameters that a query names, as JSON: what was given, else a default."""
    same = next((q for q in library.values() if q.cypher.strip() == query.strip()), None)
    own = same.defaults() if same else {}
    anywhere = {n: d for q in library.values() for n, d in q.defaults().items()}
    found: dict[str, str] = {}
    for name in dict.fromkeys(_NAMED.findall(query)):
        default = own.get(name, anywhere.get(name))
        found[name] = given.get(name) or orjson.dumps(default).decode()
    return found


def values(told: dict[str, str]) -> dict[str, Any]:
    """Return parameters as values: JSON where it is JSON, else text."""
    found: dict[str, Any] = {}
    for name, text in told.items():
        try:
            found[name] = orjson.loads(text)
        except orjson.JSONDecodeError:
            found[name] = text
    return found


def vocabulary() -> dict[str, Any]:
    """Return the labels, types and properties that the editor completes."""
    properties = [k.properties for k in NODES.values()] + [k.properties for k in EDGES.values()]
    return {
        "labels": {kind.label: kind.about for kind in NODES.values()},
        "types": {kind.type: kind.about for kind in EDGES.values()},
        "properties": {name: about for some in properties for name, about in some.items()},
    }


def as_csv(table: Table) -> str:
    """Return a table as CSV that no spreadsheet runs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(_plain, table.columns))
    for row in table.rows:
        writer.writerow(map(_plain, row))
    return out.getvalue()


def _plain(value: Any) -> str:
    text = cell(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def as_json(table: Table) -> bytes:
    """Return a table as a list of objects."""
    return orjson.dumps(list(table.records()), default=str, option=orjson.OPT_INDENT_2)
