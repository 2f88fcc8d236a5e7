"""An answer as a file: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import orjson

from graph.engines.port.ports import Table

# A spreadsheet takes text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: Table, text: Callable[[Any], str]) -> str:
    """Return a table as CSV that no spreadsheet runs; ``text`` says how a value is written."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_plain(column, text) for column in table.columns)
    for row in table.rows:
        writer.writerow(_plain(value, text) for value in row)
    return out.getvalue()


def _plain(value: Any, text: Callable[[Any], str]) -> str:
    told = text(value)
    return f"'{told}" if isinstance(value, str) and told.startswith(_FORMULA) else told


def as_json(table: Table) -> bytes:
    """Return a table as a list of objects; a number that JSON lacks is null."""
    return orjson.dumps(list(table.records()), default=str, option=orjson.OPT_INDENT_2)
