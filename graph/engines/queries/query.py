"""The query library: every `library/*.cypher` file is a question that can be asked by name.

It begins with comment lines, ``// title``, ``// topic``, ``// about``, ``// param``, ``// shares``,
``// footprint``, ``// chart``, ``// word`` (docs/queries.md has their forms); the query follows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile
from math import inf
from typing import Any

import orjson

from graph.engines.port.ports import CypherConsole, Table
from graph.engines.queries import chart

FOLDER = files("graph.engines.queries").joinpath("library")
_LINE = re.compile(
    r"// (?:(?P<key>title|topic|about|shares|chart): (?P<told>\S.*)"
    r"|footprint: (?P<place>\d+) (?P<short>[a-z0-9-]+)|word (?P<value>\S+): (?P<words>\S.*)"
    r"|param (?P<name>\w+) = (?P<default>.+?): (?P<about>\S.*))"
)
_NESTED = re.compile(r"\([^()]*\)|\{[^{}]*\}|\[[^\[\]]*\]")


class WrongHead(ValueError):
    """A file of the library that cannot be read: which, its line where one is wrong, and why."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question, with its default."""

    name: str
    default: Any
    about: str


@dataclass(frozen=True, slots=True)
class Figure:
    """What makes a question one on the footprint: place in its topic, short name, its chart.

    ``words`` are what is said for labels that are no words themselves; a null's are at ``null``.
    """

    place: int
    name: str
    chart: chart.Chart
    words: Mapping[str, str]


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
    figure: Figure | None = None

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
    """Return the questions by name: by topic, those on the footprint first, by place, then title.

    The topics come in the order of their first questions on the footprint, so that these have one
    order wherever they are listed. Raises WrongHead.
    """
    paths = sorted(FOLDER.iterdir(), key=lambda path: path.name)
    found = [read(p.name, p.read_text("utf-8")) for p in paths if p.name.endswith(".cypher")]
    known: dict[str, str] = {}
    for question in found:
        if (one := question.figure) and known.setdefault(one.name, question.name) != question.name:
            raise WrongHead(f"{question.name}.cypher: {known[one.name]} is {one.name!r} already")
    return {question.name: question for question in _ordered(found)}


def _ordered(found: list[Question]) -> list[Question]:
    places = [(q.figure.place, q.topic) for q in found if q.figure]
    first = {topic: place for place, topic in sorted(places, reverse=True)}

    def order(q: Question) -> tuple[object, ...]:
        place = q.figure.place if q.figure else inf
        return first.get(q.topic, inf), q.topic, place, q.title

    return sorted(found, key=order)


def read(file: str, text: str) -> Question:
    """Return a file of the library as a question. Raises WrongHead."""
    lines = text.splitlines()
    body = "\n".join(line for line in lines if not line.startswith("//")).strip()
    head = _Head()
    try:
        for line in takewhile(lambda line: line.startswith("//"), lines):
            head.take(line)
        return head.question(file.removesuffix(".cypher"), body)
    except ValueError as error:
        raise WrongHead(f"{file}, line {head.line}: {error}") from error


class _Head:
    """What was read of a head so far; ``line`` is the one that is read or looked into."""

    def __init__(self) -> None:
        self.line = 0
        self._told: dict[str, tuple[int, str]] = {}
        self._parameters: list[Parameter] = []
        self._words: dict[str, str] = {}
        self._place: tuple[int, str] | None = None

    def take(self, line: str) -> None:
        """Read the next line. Raises ValueError."""
        self.line += 1
        part = _LINE.fullmatch(line)
        if part is None:
            raise ValueError(f"{line!r} is no line of a head")
        if part["name"]:
            default = orjson.loads(part["default"])
            self._parameters.append(Parameter(part["name"], default, part["about"]))
        elif part["value"]:
            self._words[part["value"]] = part["words"]
        elif part["place"]:
            self._place = int(part["place"]), part["short"]
        elif part["key"] in self._told:
            raise ValueError(f"{part['key']} stands there twice")
        else:
            self._told[part["key"]] = self.line, part["told"]

    def question(self, name: str, body: str) -> Question:
        """Return the question of a head that was read whole. Raises ValueError."""
        columns = returned(body)
        if missing := [key for key in ("title", "topic", "about") if key not in self._told]:
            raise ValueError(f"the head lacks {', '.join(missing)}")
        shares = tuple(one.strip() for one in self._at("shares").split(",") if one)
        if strange := set(shares).difference(columns):
            raise ValueError(f"the query returns no {', '.join(sorted(strange))}")
        title, topic, about = (self._at(key) for key in ("title", "topic", "about"))
        figure, parameters = self._figure(columns), tuple(self._parameters)
        return Question(name, title, topic, about, body, parameters, shares, figure)

    def _figure(self, columns: list[str]) -> Figure | None:
        told = self._at("chart")
        if self._place is None:
            if told:
                raise ValueError("a chart is for the footprint, and no footprint stands there")
            return None
        return Figure(*self._place, chart.read(told or "table", columns), self._words)

    def _at(self, key: str) -> str:
        """Return what a line tells, empty where there is none, and look at it from here on."""
        self.line, told = self._told.get(key, (self.line, ""))
        return told


def returned(cypher: str) -> list[str]:
    """Return a query's columns: of its last RETURN what stands after AS, or a name as it is."""
    told = cypher.rpartition("RETURN")[2].partition("ORDER BY")[0]
    while _NESTED.search(told):
        told = _NESTED.sub("", told)
    return [words[-1] for item in told.split(",") if (words := item.split())]
