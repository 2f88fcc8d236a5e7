"""An answer of the console on its page: cells with links, where an error is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from api.dashboard.page import links
from api.dashboard.page.text import cell, shorten, visible
from graph.engines.port.ports import Table
from graph.engines.port.schema import ARTIFACTS
from graph.engines.queries import cypher
from graph.engines.queries.elements import as_node, told

_IDS = ("id", "child", "parent")  # columns that hold ids of artifacts
_WORD = 18  # characters of a word that stays whole
_LONGEST = 400  # characters of a cell


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as it is shown: its text, the page it leads to, whether it stands right."""

    text: str
    href: str | None = None
    right: bool = False

    @property
    def words(self) -> bool:
        """Whether it is made of words that no column needs to break."""
        return all(len(word) <= _WORD for word in self.text.split())


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a query was not answered, and where in it: the line with what stands before."""

    message: str
    line: int | None = None
    column: int | None = None
    excerpt: str = ""
    mark: str = ""


def cells(table: Table) -> list[list[Cell]]:
    """Return an answer's rows as cells."""
    return [
        [_cell(column, value) for column, value in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]


def _cell(column: str, value: Any) -> Cell:
    drawn = told(value)
    text = shorten(visible(drawn) if drawn is not None else cell(value), _LONGEST)
    node = as_node(value)
    if node and node.labels[:1] and node.labels[0] in ARTIFACTS:
        own = node.properties.get("id")
        return Cell(text, links.artifact(own) if isinstance(own, str) and own else None)
    if isinstance(value, str) and column in _IDS and "/" in value:
        return Cell(shorten(text, 90), links.artifact(value))
    return Cell(text, right=isinstance(value, int | float) and not isinstance(value, bool))


def trouble(message: str, query: str) -> Trouble:
    """Return an error with its place in the query, where that is known."""
    found = cypher.place(message, query)
    if found is None:
        return Trouble(visible(message))
    line, column = found
    text = query.split("\n")[line - 1]
    before = visible(text[: column - 1])
    return Trouble(
        message=visible(message.splitlines()[0]),  # the engine's own excerpt says the same again
        line=line,
        column=column,
        excerpt=visible(text),
        mark="".join(c if c == "\t" else " " for c in before) + "^",
    )
