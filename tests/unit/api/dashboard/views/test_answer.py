"""An answer on the console's page: cells with links, and where an error is."""

from __future__ import annotations

from typing import Any

import pytest

from api.dashboard.views.answer import Cell, Trouble, cells, trouble
from graph.engines.port.ports import Table
from graph.engines.queries.cypher import place

NODE = {"id": 1, "labels": ["Model"], "properties": {"id": "a/b"}}


@pytest.mark.parametrize(
    ("column", "value", "cell"),
    [
        ("id", "a/b", Cell("a/b", "/models/a/b")),
        ("x", "a/b", Cell("a/b")),
        ("n", 1, Cell("1", right=True)),
        ("n", True, Cell("true")),
        ("n", None, Cell("")),
        ("n", [1, "a"], Cell('[1,"a"]')),
        ("m", NODE, Cell('(:Model {id: "a/b"})', "/models/a/b")),
        ("m", {**NODE, "labels": ["Author"]}, Cell('(:Author {id: "a/b"})')),
        ("m", {**NODE, "labels": []}, Cell('({id: "a/b"})')),
        ("id", "a/\u202eb", Cell("a/[U+202E]b", "/artifact?id=a%2F%E2%80%AEb")),
    ],
)
def test_a_value_is_shown_as_a_cell(column: str, value: Any, cell: Cell) -> None:
    assert cells(Table([column], [[value]])) == [[cell]]


@pytest.mark.parametrize(("text", "whole"), [("licence-tag llama3.1", True), ("x" * 19, False)])
def test_a_cell_of_short_words_keeps_them_whole(text: str, whole: bool) -> None:
    assert Cell(text).words is whole


def test_a_cell_is_bounded() -> None:
    ((told,),) = cells(Table(["x"], [["x" * 5000]]))
    assert len(told.text) == 400


@pytest.mark.parametrize(
    ("message", "query", "found"),
    [
        ("syntax error at line 2, col 3: x", "A\n  B", (2, 3)),
        ("Invalid input 'B' (line 1, column 3 (offset: 2))", "A B", (1, 3)),
        ("syntax error at line 9, col 9", "A", None),
        ("syntax error at line 1, col 0", "A", None),
        ("Undefined variable 'nn'", "MATCH (n)\nRETURN nnn, nn", (2, 13)),
        ("Missing parameter: $x", "RETURN $xx, $x", (1, 13)),
        ("Expected parameter(s): x, y", "RETURN x, $x", (1, 11)),
        ("Variable `n` not defined", "MATCH (m) RETURN n", (1, 18)),
        ("Unknown function: foo", "RETURN\n foo(1)", (2, 2)),
        ("Undefined variable '.*'", "RETURN .*", None),
        ("division by zero", "RETURN 1/0", None),
    ],
)
def test_an_errors_place_is_found(message: str, query: str, found: tuple[int, int] | None) -> None:
    assert place(message, query) == found


def test_trouble_shows_the_line_and_marks_the_place() -> None:
    told = trouble("bad at line 2, col 5: x\n  the engine's own\n  ^", "RETURN 1,\n\ta\u202e b")
    assert told == Trouble("bad at line 2, col 5: x", 2, 5, "\ta[U+202E] b", "\t          ^")
