"""Answers as tables for a terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import rich.table
from rich import box
from rich.text import Text

from graph.ports import Table
from herdbook.console.text import clean


def render(table: Table) -> rich.table.Table:
    """Return a table of plain text: neither mark-up nor control characters get through."""
    shown = rich.table.Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for at, column in enumerate(table.columns):
        right = _is_number_column([row[at] for row in table.rows])
        shown.add_column(Text(clean(column)), overflow="fold", justify="right" if right else "left")
    for row in table.rows:
        shown.add_row(*(cell(value) for value in row))
    return shown


def cell(value: Any) -> Text:
    """Return one value as it is read: null dim, numbers with separators, lists as JSON."""
    match value:
        case None:
            return Text("null", style="dim")
        case bool():
            return Text("true" if value else "false")
        case int() | float():
            return Text(f"{value:,}")
        case str():
            return Text(clean(value))
        case _:
            return Text(clean(json.dumps(value, ensure_ascii=False, default=str)))


def summary(table: Table, elapsed: float) -> Text:
    """Return the line below a table: rows, seconds, and whether rows are missing."""
    rows = len(table.rows)
    text = Text(f"{rows:,} {'row' if rows == 1 else 'rows'} in {elapsed:.3f} s", style="dim")
    if table.truncated:
        text.append(f"; cut off at {rows:,} rows", style="yellow")
    return text


def _is_number_column(values: Sequence[Any]) -> bool:
    numbers = [
        isinstance(v, int | float) and not isinstance(v, bool) for v in values if v is not None
    ]
    return bool(numbers) and all(numbers)
