"""What is asked on the footprint is asked once a build."""

from collections.abc import Mapping
from typing import Any

import pytest

from api.http.figures import Figures
from graph.catalogue.model import Strength
from graph.engines.port.ports import GraphState, QueryFailed, Table


class Counting:
    """A console that answers with how often it was asked, and fails when it is told to."""

    def __init__(self) -> None:
        self.times, self.fails = 0, False

    def cypher(
        self, query: str, parameters: Mapping[str, Any], *, seconds: float, rows: int | None
    ) -> Table:
        if self.fails:
            raise QueryFailed("not now")
        self.times += 1
        return Table(["times"], [[self.times]])


def test_a_question_is_asked_once_a_build_and_strength() -> None:
    console, figures = Counting(), Figures()
    one = figures.result(console, GraphState("one"), "brand", Strength.INFERRED)
    assert figures.result(console, GraphState("one"), "brand", Strength.INFERRED) is one
    figures.result(console, GraphState("two"), "brand", Strength.INFERRED)
    figures.result(console, GraphState("two"), "brand", Strength.DECLARED)
    figures.result(console, GraphState("two"), "growth", Strength.DECLARED)
    assert console.times == 4


@pytest.mark.parametrize("state", [GraphState(), GraphState("one", under_way="two")])
def test_what_is_of_no_whole_build_is_not_kept(state: GraphState) -> None:
    console, figures = Counting(), Figures()
    for _ in range(2):
        figures.result(console, state, "brand", Strength.INFERRED)
    assert console.times == 2


def test_what_a_build_answered_stands_while_the_next_is_written() -> None:
    console, figures = Counting(), Figures()
    one = figures.result(console, GraphState("one"), "brand", Strength.INFERRED)
    state = GraphState("one", under_way="two")
    assert figures.result(console, state, "brand", Strength.INFERRED) is one


def test_a_failure_is_not_kept() -> None:
    console, figures = Counting(), Figures()
    console.fails = True
    with pytest.raises(QueryFailed):
        figures.result(console, GraphState("one"), "brand", Strength.INFERRED)
    console.fails = False
    assert figures.result(console, GraphState("one"), "brand", Strength.INFERRED).rows
