"""The console's page: the library by topic, a query's parameters, the words to complete. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson

from api.dashboard.page import links
from graph.engines.port.schema import EDGES, NODES
from graph.engines.queries import cypher, favourites
from graph.engines.queries.query import Question


@dataclass(frozen=True, slots=True)
class Entry:
    """A question on the shelf, with its addresses in the console and in Neo4j Browser."""

    question: Question
    href: str
    browser: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter that a query names: its value as JSON, and what it means where that is known."""

    name: str
    value: str
    about: str = ""


def shelf(library: Mapping[str, Question], browser: str) -> list[tuple[str, list[Entry]]]:
    """Return the library by topic; ``browser`` is Neo4j Browser's address, where there is one."""
    return [
        (topic, [_entry(question, browser) for question in some])
        for topic, some in groupby(library.values(), lambda q: q.topic)
    ]


def _entry(question: Question, browser: str) -> Entry:
    there = favourites.address(browser, favourites.favourite(question)) if browser else None
    return Entry(question, links.console(question.cypher), there)


def question_of(query: str, library: Mapping[str, Question]) -> Question | None:
    """Return the question of the library that a query is."""
    return next((q for q in library.values() if q.cypher.strip() == query.strip()), None)


def fields(
    query: str, given: Mapping[str, str], library: Mapping[str, Question]
) -> tuple[Field, ...]:
    """Return the parameters that a query names: with what was given, else a default."""
    known = {p.name: p for q in library.values() for p in q.parameters}
    if own := question_of(query, library):
        known |= {p.name: p for p in own.parameters}
    found = []
    for name in cypher.named(query):
        default = known[name].default if name in known else None
        value = given.get(name) or orjson.dumps(default).decode()
        found.append(Field(name, value, known[name].about if own else ""))
    return tuple(found)


def values(told: Mapping[str, str]) -> dict[str, Any]:
    """Return parameters as values: JSON where it is JSON, else text."""
    found: dict[str, Any] = {}
    for name, text in told.items():
        try:
            found[name] = orjson.loads(text)
        except orjson.JSONDecodeError:
            found[name] = text
    return found


def elsewhere(query: str, given: Mapping[str, Any], title: str, browser: str) -> str | None:
    """Return the address that opens a query in Neo4j Browser, its values written in."""
    if not (query and browser):
        return None
    head = f"// {title}\n" if title else ""
    return favourites.address(browser, head + cypher.filled(query, given))


def vocabulary(library: Mapping[str, Question]) -> dict[str, Any]:
    """Return the words that the editor completes, with what they mean."""
    own = [kind.properties for kind in NODES.values()] + [k.properties for k in EDGES.values()]
    return {
        "labels": {kind.label: kind.about for kind in NODES.values()},
        "types": {kind.type: kind.about for kind in EDGES.values()},
        "properties": {name: about for some in own for name, about in some.items()},
        "of": {
            **{kind.label: list(kind.properties) for kind in NODES.values()},
            **{kind.type: list(kind.properties) for kind in EDGES.values()},
        },
        "functions": cypher.FUNCTIONS,
        "keywords": cypher.KEYWORDS,
        "parameters": {p.name: p.about for q in library.values() for p in q.parameters},
    }
