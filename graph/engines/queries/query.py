"""The query library: every `queries/*.cypher` file is a question that can be asked by name.

A file begins with comment lines ``// title:``, ``// topic:``, ``// about:`` and one
``// param NAME = JSON: what it means`` for each parameter with its default.
``// shares: COLUMN, …`` names the columns that are shares of a whole: they say nothing until the
whole was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from graph.engines.port.ports import CypherConsole, Table

_HEAD = re.compile(r"^// (title|topic|about): (.+)$", re.MULTILINE)
_SHARES = re.compile(r"^// shares: (.+)$", re.MULTILINE)
_PARAM = re.compile(r"^// param (\w+) = (.+?): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question, with its default."""

    name: str
    default: Any
    about: str


@dataclass(frozen=True, slots=True)
class Question:
    """A query of the library. ``shares`` are those of its columns that are shares of a whole."""

    name: str
    title: str
    topic: str
    about: str
    cypher: str
    parameters: tuple[Parameter, ...]
    shares: tuple[str, ...] = ()

    def defaults(self) -> dict[str, Any]:
        """Return the parameters' defaults."""
        return {p.name: p.default for p in self.parameters}

    def ask(
        self, console: CypherConsole, given: Mapping[str, Any] | None = None, *, seconds: float = 20
    ) -> Table:
        """Run the question, with defaults for parameters not given."""
        parameters = {**self.defaults(), **(given or {})}
        return console.cypher(self.cypher, parameters, seconds=seconds, rows=None)


@cache
def library() -> dict[str, Question]:
    """Return the questions by name, in order of topic and title."""
    folder = files("graph.engines.queries").joinpath("library")
    found = [
        _read(path.name.removesuffix(".cypher"), path.read_text(encoding="utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(".cypher")
    ]
    return {q.name: q for q in sorted(found, key=lambda q: (q.topic, q.title))}


def _read(name: str, text: str) -> Question:
    head = dict(_HEAD.findall(text))
    body = "\n".join(line for line in text.splitlines() if not line.startswith("//")).strip()
    parameters = tuple(Parameter(n, orjson.loads(d), a) for n, d, a in _PARAM.findall(text))
    shares = tuple(c.strip() for told in _SHARES.findall(text) for c in told.split(","))
    return Question(name, head["title"], head["topic"], head["about"], body, parameters, shares)
