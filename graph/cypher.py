"""Cypher as text: values as literals, the parameters that a query names, values written into it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

# Strings, back-ticked names and comments hold no parameters.
_TOKEN = re.compile(
    r"""'(?:\\.|[^'\\])*(?:'|\Z) | "(?:\\.|[^"\\])*(?:"|\Z) | `[^`]*(?:`|\Z)
      | //[^\n]* | /\*.*?(?:\*/|\Z) | \$(?P<name>\w+)""",
    re.VERBOSE | re.DOTALL,
)


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
