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

Rows = Iterable[tuple[str, ...]]


def page(command: str, saved: Iterable[str], parameters: Mapping[str, Any]) -> rich.table.Table:
    """Return what a command shows, by its name without the colon."""
    head, rows = {
        "help": (("type", "for"), _help),
        "queries": (("topic", "name", "title", "parameters"), _queries),
        "saved": (("saved",), lambda: zip(saved, strict=False)),
        "params": (("parameter", "value"), lambda: _parameters(parameters)),
        "schema": (("kind", "about", "properties"), _schema),
    }[command]
    shown = rich.table.Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in head:
        shown.add_column(column, overflow="fold")
    for row in rows():
        shown.add_row(*(Text(clean(value)) for value in row))
    return shown


def _help() -> Rows:
    return [
        *HELP.items(),
        ("MATCH … RETURN …;", "a statement ends with a semicolon or an empty line"),
    ]


def _queries() -> Rows:
    for question in library().values():
        parameters = ", ".join(f"{p.name}={json.dumps(p.default)}" for p in question.parameters)
        yield question.topic, question.name, question.title, parameters


def _parameters(parameters: Mapping[str, Any]) -> Rows:
    for name, value in sorted(parameters.items()):
        yield name, json.dumps(value, ensure_ascii=False)


def _schema() -> Rows:
    """Yield labels and relationship types with what they mean and the properties they have."""
    for node in NODES.values():
        yield f"(:{node.label})", node.about, ", ".join(node.properties)
    for edge in EDGES.values():
        ends = f"{'|'.join(edge.sources)} -> {'|'.join(edge.targets)}"
        yield f"[:{edge.type}]", f"{edge.about} {ends}", ", ".join(edge.properties)
