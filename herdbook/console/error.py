"""Errors as a person reads them: in plain words, with the place in the query marked."""

from __future__ import annotations

import re

from rich.text import Text

from herdbook.console.text import clean

_PLACE = re.compile(r"\bline (\d+), col(?:umn)? (\d+)")


def render_error(error: Exception, query: str = "") -> Text:
    """Return an error in red; where it names a line and column, that line with a mark below it."""
    message = clean(str(error))
    text = Text(style="red")
    place = _PLACE.search(message)
    marked = _marked(query, int(place[1]), int(place[2])) if place else ""
    if marked:  # the engine's own excerpt would say the same again
        return text.append(f"{message.splitlines()[0]}\n{marked}")
    return text.append(message)


def _marked(query: str, line: int, column: int) -> str:
    lines = query.split("\n")
    if not (0 < line <= len(lines) and 0 < column <= len(lines[line - 1]) + 1):
        return ""
    before = lines[line - 1][: column - 1]
    # As wide as what stands above it, tabs and written-out control characters included.
    space = "".join(char if char == "\t" else " " for char in _visible(before))
    return f"  {_visible(lines[line - 1])}\n  {space}^"


def _visible(line: str) -> str:
    return "\t".join(clean(part) for part in line.split("\t"))
