"""How the rows of a question are charted: ``// chart: KIND NAME=VALUE …`` in the question's file.

A field of a kind is a name that can be given (docs/queries.md), without a default one that must
be. What stands in a field made by ``_column`` names a column of the answer, in a tuple several.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Iterator
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any

ASKED = frozenset(("strength", "source"))  # what an address says of how it was asked
_WORDS = {"only": "llama", "hue": "family"}
_NAMED = re.compile(r"\{(\w+)\}")


def _column(default: Any = MISSING) -> Any:
    return field(default=default, metadata={"column": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A sentence instead of a chart; not told where its first number is 0: nothing is known yet."""

    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A table whose every row has a bar as long as its number.

    By ``hue=family`` labels are shown by their titles, and by their colours where these tell more
    than whether they are Llama's. A label that has words of its own links nowhere.
    """

    label: str = _column()
    value: str = _column()
    share: str = _column("")
    more: str = _column("")
    hue: str = ""
    head: str = ""
    unit: str = ""
    only: str = ""
    rest: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A row for each label, its parts one after the other and each number beside."""

    label: str = _column()
    parts: tuple[str, ...] = _column()
    head: str = ""
    link: str = ""
    each: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A column for each month of ``x``, stacked by ``series``, and the same as a table."""

    x: str = _column()
    series: str = _column()
    value: str = _column()
    hue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """The rows as a table: what a question has that says nothing of a chart."""


Chart = Headline | Bars | Stack | Columns | Plain
KINDS: dict[str, type[Chart]] = {
    "headline": Headline,
    "bars": Bars,
    "stack": Stack,
    "columns": Columns,
    "table": Plain,
}


def read(told: str, columns: Collection[str]) -> Chart:
    """Return a chart of an answer's columns. Raises ValueError that says what is wrong."""
    word, _, rest = told.partition(" ")
    kind = KINDS.get(word)
    if kind is None:
        raise ValueError(f"no chart is called {word!r}; there are {', '.join(KINDS)}")
    given = {"sentence": rest} if kind is Headline else _pairs(rest)
    known = {one.name: one for one in fields(kind)}
    if unknown := given.keys() - known:
        raise ValueError(f"{word} has no {_names(unknown)}; it has {', '.join(known) or 'nothing'}")
    if missing := {n for n, f in known.items() if f.default is MISSING and not given.get(n)}:
        raise ValueError(f"{word} lacks {_names(missing)}")
    values = {name: _value(known[name], text) for name, text in given.items()}
    chart = kind(**values)
    if strange := set(_asked_of(chart)) - set(columns):
        raise ValueError(f"the query returns no {_names(strange)}; it returns {', '.join(columns)}")
    return chart


def _pairs(text: str) -> dict[str, str]:
    pairs = [one.partition("=") for one in shlex.split(text)]
    if bare := [name for name, equals, _ in pairs if not equals]:
        raise ValueError(f"{bare[0]!r} is not NAME=VALUE")
    return {name: value for name, _, value in pairs}


def _value(known: Field[Any], text: str) -> Any:
    if text != _WORDS.get(known.name, text):
        raise ValueError(f"{known.name} is {_WORDS[known.name]}, not {text!r}")
    if known.name == "sentence" and not _NAMED.search(text):
        raise ValueError("a sentence tells a number at least: {column}")
    if known.name in ("link", "each") and not re.match(r"/(?!/)", text):
        raise ValueError(f"{known.name} is an address of this site, from its first /")
    return tuple(text.split(",")) if known.name == "parts" else text


def _asked_of(chart: Chart) -> Iterator[str]:
    """Yield the columns that a chart asks of an answer."""
    for one in fields(chart):
        value = getattr(chart, one.name)
        if one.metadata.get("column"):
            yield from (value if isinstance(value, tuple) else [value] if value else [])
        elif one.name in ("sentence", "link", "each"):
            filled = ASKED | {"part"} if one.name == "each" else ASKED
            yield from (name for name in _NAMED.findall(value) if name not in filled)


def _names(some: Collection[str]) -> str:
    return ", ".join(sorted(some))
