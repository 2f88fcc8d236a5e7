"""What the console's commands show: help, the library, the schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import rich.table
from rich import box
from rich.text import Text

from graph.engines.port.schema import EDGES, NODES
from graph.engines.queries.query import library
from herdbook.console.commands import HELP
from herdbook.console.text import clean


def help_page() -> rich.table.Table:
    """Return the commands, and how a statement ends."""
    rows = [
        *HELP.items(),
        ("MATCH … RETURN …;", "a statement ends with a semicolon or an empty line"),
    ]
    return _listing(("type", "for"), rows)


def queries_page() -> rich.table.Table:
    """Return the query library by topic, with the parameters of each query."""
    rows = []
    for question in library().values():
        parameters = ", ".join(f"{p.name}={json.dumps(p.default)}" for p in question.parameters)
        rows.append((question.topic, question.name, question.title, parameters))
    return _listing(("topic", "name", "title", "parameters"), rows)


def saved_page(names: Iterable[str]) -> rich.table.Table:
    """Return the saved queries."""
    return _listing(("saved",), [(name,) for name in names])


def parameters_page(parameters: Mapping[str, Any]) -> rich.table.Table:
    """Return the parameters that are set."""
    rows = [
        (name, json.dumps(value, ensure_ascii=False)) for name, value in sorted(parameters.items())
    ]
    return _listing(("parameter", "value"), rows)


def schema_page() -> rich.table.Table:
    """Return labels and relationship types with what they mean and the properties they have."""
    rows = [(f"(:{n.label})", n.about, ", ".join(n.properties)) for n in NODES.values()]
    for edge in EDGES.values():
        ends = f"{'|'.join(edge.sources)} -> {'|'.join(edge.targets)}"
        rows.append((f"[:{edge.type}]", f"{edge.about} {ends}", ", ".join(edge.properties)))
    return _listing(("kind", "about", "properties"), rows)


def _listing(head: Iterable[str], rows: Iterable[tuple[str, ...]]) -> rich.table.Table:
    page = rich.table.Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in head:
        page.add_column(column, overflow="fold")
    for row in rows:
        page.add_row(*(Text(clean(value)) for value in row))
    return page
