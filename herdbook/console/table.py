"""Answers as tables for a terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import rich.table
from rich import box
from rich.text import Text

from graph.engines.port.ports import Table
from graph.engines.queries.elements import told
from herdbook.console.text import clean

_FOLDED = 20  # the least width of a text that is folded
_GAP = 3  # between columns


def render(table: Table) -> rich.table.Table:
    """Return a table of plain text: neither mark-up nor control characters get through."""
    shown = rich.table.Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for at, column in enumerate(table.columns):
        right = _is_number_column([row[at] for row in table.rows])
        shown.add_column(Text(clean(column)), overflow="fold", justify="right" if right else "left")
    for row in table.rows:
        shown.add_row(*(cell(value) for value in row))
    return shown


def fits(table: Table, width: int) -> bool:
    """Tell whether a table can be read in so many columns, its texts folded."""
    return sum(_need(table, at) + _GAP for at in range(len(table.columns))) <= width + _GAP


def _need(table: Table, at: int) -> int:
    """Return the least width of a column: numbers and its head whole, texts folded."""
    values = [row[at] for row in table.rows]
    longest = max((cell(value).cell_len for value in values), default=0)
    text = longest if _is_number_column(values) else min(longest, _FOLDED)
    return max(text, min(Text(clean(table.columns[at])).cell_len, _FOLDED))


def records(table: Table) -> rich.table.Table:
    """Return an answer row by row, a line a value: for one that is too wide for a table."""
    shown = rich.table.Table(box=None, show_header=False, pad_edge=False)
    shown.add_column(style="dim", overflow="fold")
    shown.add_column(overflow="fold")
    for number, row in enumerate(table.rows, 1):
        shown.add_row(Text(f"-- {number:,} --"), "")
        for column, value in zip(table.columns, row, strict=True):
            shown.add_row(Text(clean(column)), cell(value))
    return shown


def cell(value: Any) -> Text:
    """Return one value as it is read: null dim, lists as JSON, nodes as Cypher draws them."""
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
            drawn = told(value)
            return Text(clean(drawn or json.dumps(value, ensure_ascii=False, default=str)))


def written(value: Any) -> str:
    """Return one value as it stands in a file: what is no text or number as JSON."""
    match value:
        case None:
            return ""
        case str():
            return clean(value)
        case _:
            return clean(json.dumps(value, ensure_ascii=False, default=str))


def summary(table: Table, elapsed: float) -> Text:
    """Return the line below a table: rows, seconds, and whether rows are missing."""
    text = Text(f"{counted(table)} in {elapsed:.3f} s", style="dim")
    if table.truncated:
        text.append(f"; cut off at {counted(table)}", style="yellow")
    return text


def counted(table: Table) -> str:
    """Return how many rows a table has."""
    rows = len(table.rows)
    return f"{rows:,} {'row' if rows == 1 else 'rows'}"


def _is_number_column(values: Sequence[Any]) -> bool:
    numbers = [
        isinstance(v, int | float) and not isinstance(v, bool) for v in values if v is not None
    ]
    return bool(numbers) and all(numbers)
