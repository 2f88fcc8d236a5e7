"""Cypher as text: values as literals, the parameters that a query names, values written into it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

# fmt: off
KEYWORDS = (
    "AND", "AS", "ASC", "BY", "CALL", "CASE", "CONTAINS", "DESC", "DISTINCT", "ELSE", "END", "ENDS",
    "EXISTS", "false", "IN", "IS", "LIMIT", "MATCH", "NOT", "null", "OPTIONAL", "OR", "ORDER",
    "RETURN", "SKIP", "STARTS", "THEN", "true", "UNION", "UNWIND", "WHEN", "WHERE", "WITH", "XOR",
)
# fmt: on
FUNCTIONS = {
    "abs": "a number without its sign",
    "all": "whether a condition holds of every item: all(x IN list WHERE …)",
    "any": "whether it holds of one at least",
    "avg": "the mean",
    "coalesce": "the first value that is not null",
    "collect": "values as a list",
    "count": "how many",
    "endNode": "where a relationship leads",
    "head": "the first item of a list",
    "keys": "the names of properties",
    "labels": "a node's labels",
    "last": "the last item of a list",
    "length": "the steps of a path",
    "max": "the largest",
    "min": "the smallest",
    "nodes": "the nodes of a path",
    "none": "whether a condition holds of no item",
    "properties": "all properties as a map",
    "range": "numbers from one to another",
    "relationships": "the relationships of a path",
    "replace": "a text with a part replaced",
    "round": "a number rounded",
    "shortestPath": "the shortest path of a pattern",
    "size": "the length of a list or text",
    "split": "a text cut at a mark",
    "startNode": "where a relationship begins",
    "substring": "a part of a text",
    "sum": "the sum",
    "toFloat": "as a number",
    "toInteger": "as a whole number",
    "toLower": "in small letters",
    "toString": "as text",
    "trim": "without white space at the ends",
    "type": "a relationship's type",
}
# Strings, back-ticked names and comments: they hold no parameters and end no statement.
QUIET = r"""'(?:\\.|[^'\\])*(?:'|\Z) | "(?:\\.|[^"\\])*(?:"|\Z) | `[^`]*(?:`|\Z)
    | //[^\n]* | /\*.*?(?:\*/|\Z)"""
_TOKEN = re.compile(rf"{QUIET} | \$(?P<name>\w+)", re.VERBOSE | re.DOTALL)


def named(query: str) -> list[str]:
    """Return the names of the parameters in a query, in order, each once."""
    found = (token["name"] for token in _TOKEN.finditer(query))
    return list(dict.fromkeys(name for name in found if name))


def filled(query: str, values: Mapping[str, Any]) -> str:
    """Return a query with the values of its parameters written into it as literals."""

    def put(token: re.Match[str]) -> str:
        name = token["name"]
        return literal(values[name]) if name in values else token[0]

    return _TOKEN.sub(put, query)


def literal(value: Any) -> str:
    """Return a JSON value as Cypher writes it; every other value as the text it has."""
    match value:
        case None | bool() | int() | float():
            return json.dumps(value)
        case list():
            return f"[{', '.join(map(literal, value))}]"
        case dict():
            inside = (f"{name(key)}: {literal(one)}" for key, one in value.items())
            return f"{{{', '.join(inside)}}}"
        case _:
            return json.dumps(str(value), ensure_ascii=False)


def name(word: str) -> str:
    """Return a label, type or property name, in back-ticks where it needs them."""
    if re.fullmatch(r"[A-Za-z_]\w*", word, re.ASCII):
        return word
    return f"`{word.replace('`', '``')}`"


_PLACE = re.compile(r"\bline (\d+), col(?:umn)? (\d+)")
_MEANT = re.compile(
    r"""'([^']+)'|`([^`]+)`|(\$\w+)|[Uu]nknown function:? (\w+)|parameter\(s\): (\w+)"""
)
_WORD = re.compile(r"[\w$]+")


def place(message: str, query: str) -> tuple[int, int] | None:
    """Return the line and column that an error means, both from 1; None where it means none.

    An error that names no place but a word of the query means the first of those.
    """
    if found := _PLACE.search(message):
        line, column = int(found[1]), int(found[2])
    else:
        at = _meant(message, query)
        if at is None:
            return None
        line, column = query.count("\n", 0, at) + 1, at - query.rfind("\n", 0, at)
    lines = query.split("\n")
    inside = 0 < line <= len(lines) and 0 < column <= len(lines[line - 1]) + 1
    return (line, column) if inside else None


def _meant(message: str, query: str) -> int | None:
    """Return where the word stands that a message speaks of."""
    for found in _MEANT.finditer(message):
        word = f"${found[5]}" if found[5] else next(one for one in found.groups() if one)
        whole = rf"(?<![\w$]){re.escape(word)}(?!\w)"
        if _WORD.fullmatch(word) and (there := re.search(whole, query)):
            return there.start()
    return None
