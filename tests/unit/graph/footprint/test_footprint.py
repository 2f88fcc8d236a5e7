"""The footprint asks the library by name, at a strength, and is plain values in the end."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from api.schemas.footprint import FigureAnswer
from graph.catalogue.model import Strength
from graph.engines.port.ports import Table
from graph.engines.queries.query import library
from graph.footprint import Result, ask, questions
from graph.storage.coverage import WHOLE, Coverage


class Recorder:
    """A console that answers one row and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Mapping[str, Any], int | None]] = []

    def cypher(
        self, query: str, parameters: Mapping[str, Any], *, seconds: float, rows: int | None
    ) -> Table:
        self.asked.append((query, parameters, rows))
        return Table(["line", "models"], [["llama", 1]])


@pytest.mark.parametrize("name", questions())
def test_a_result_can_be_had_again_from_the_library(name: str) -> None:
    console = Recorder()
    result = ask(console, name, Strength.STATED)
    question = library()[result.query]
    assert (result.name, result.title, result.about) == (name, question.title, question.about)
    assert result.rows == [{"line": "llama", "models": 1}]
    assert console.asked == [(question.cypher, question.defaults() | result.parameters, None)]


@pytest.mark.parametrize(
    ("at_least", "words"),
    [
        (Strength.DECLARED, ["declared"]),
        (Strength.STATED, ["declared", "stated"]),
        (Strength.INFERRED, ["declared", "stated", "inferred"]),
    ],
)
def test_a_strength_counts_with_all_firmer_ones(at_least: Strength, words: list[str]) -> None:
    console = Recorder()
    ask(console, "brand", at_least)
    assert console.asked[0][1]["strengths"] == words


def test_the_names_that_rest_promises_are_there_in_the_librarys_order() -> None:
    promised = {"at-a-glance", "families", "brand", "licences", "outcomes", "growth", "authors"}
    assert promised | {"relations", "rivals"} <= questions().keys()
    asked = [question.name for question in questions().values()]
    assert asked == [name for name in library() if name in asked]


def test_a_result_is_json_and_has_no_key_that_its_schema_lacks() -> None:
    told = FigureAnswer.of(Result("n", "t", "a", "q", [{"models": 1, "licence": None}]))
    assert json.loads(told.model_dump_json()) == {
        "name": "n",
        "title": "t",
        "about": "a",
        "query": "q",
        "rows": [{"models": 1, "licence": None}],
        "parameters": {},
        "complete": True,
        "coverage": "",
    }
    with pytest.raises(ValidationError):
        FigureAnswer.model_validate({**told.model_dump(), "more": 1})


def test_shares_are_held_back_while_the_whole_is_not_read() -> None:
    row = {"line": "llama", "members": 4, "share": 0.4, "downloads": 9}
    told = Result("rivals", "t", "a", "rivals-share", [row])
    assert told.held(WHOLE) == told
    held = told.held(Coverage(False, words="not whole yet"))
    assert held.rows == [row | {"share": None}]
    assert (held.complete, held.coverage) == (False, "not whole yet")
    assert told.rows == [row]
