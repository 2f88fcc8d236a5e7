"""Errors as a person reads them: in plain words, with the place in the query marked."""

from __future__ import annotations

from rich.text import Text

from graph.engines.queries.cypher import place
from herdbook.console.text import clean


def render_error(error: Exception, query: str = "") -> Text:
    """Return an error in red; where it means a place in the query, that line with a mark below
    it."""
    message = clean(str(error))
    text = Text(style="red")
    if found := place(str(error), query):  # the engine's own excerpt would say the same again
        marked = _marked(query, *found)
        return text.append(f"{message.splitlines()[0]}\n{marked}")
    return text.append(message)


def _marked(query: str, line: int, column: int) -> str:
    lines = query.split("\n")
    before = lines[line - 1][: column - 1]
    # As wide as what stands above it, tabs and written-out control characters included.
    space = "".join(char if char == "\t" else " " for char in _visible(before))
    return f"  {_visible(lines[line - 1])}\n  {space}^"


def _visible(line: str) -> str:
    return "\t".join(clean(part) for part in line.split("\t"))
