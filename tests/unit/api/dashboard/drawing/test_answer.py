"""The drawing of an answer: what is drawn, what is left out, and that nothing covers anything."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import networkx as nx
import pytest

from api.dashboard.drawing.answer import Answer, draw_answer
from api.dashboard.drawing.spread import TALL, WIDE, spread
from graph.engines.queries.elements import elements


def node(key: int, label: str = "Model", **properties: Any) -> dict[str, Any]:
    return {"id": key, "labels": [label], "properties": {"id": f"a/m{key}", **properties}}


def edge(key: int, start: int, end: int, kind: str = "DERIVED_FROM", **own: Any) -> dict[str, Any]:
    return {"id": key, "type": kind, "start": start, "end": end, "properties": own}


def drawn(*values: dict[str, Any], most: int = 150) -> Answer:
    answer = draw_answer(elements([list(values)]), most)
    assert answer
    return answer


SHAPES: list[nx.Graph[int]] = [
    nx.star_graph(80),
    nx.path_graph(30),
    nx.balanced_tree(3, 3),
    nx.cycle_graph(40),
    nx.complete_graph(12),
    nx.empty_graph(30),
    nx.disjoint_union(nx.star_graph(9), nx.path_graph(2)),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_label_covers_another_and_it_is_the_same_each_time(shape: Any) -> None:
    graph: nx.Graph[str] = nx.relabel_nodes(shape, str)
    at = spread(graph)
    assert at.keys() == set(graph)
    assert spread(graph) == at
    for (x, y), (to_x, to_y) in combinations(at.values(), 2):
        assert abs(x - to_x) > 0.9 * WIDE or abs(y - to_y) > 0.9 * TALL
    assert min(min(place) for place in at.values()) >= 0


def test_an_answer_without_nodes_is_not_drawn() -> None:
    assert draw_answer(elements([["text", 1, None, edge(1, 1, 2)]])) is None


def test_what_is_left_out_is_counted() -> None:
    nodes = [node(n) for n in range(30)]
    edges = [edge(n, n, 0, relation="merge") for n in range(1, 30)]
    answer = drawn(*nodes, *edges, edge(99, 0, 77), most=10)
    assert (len(answer.dots), answer.nodes, answer.loose) == (10, 30, 1)
    assert len(answer.arrows) == 9


def test_relationships_between_two_are_one_arrow_and_inferred_ones_are_dashed() -> None:
    both = [edge(1, 1, 2, relation="merge"), edge(2, 1, 2, relation="adapter")]
    answer = drawn(node(1), node(2), *both, edge(3, 2, 2, "X", strength="inferred"))
    assert [(a.label, a.dashed) for a in answer.arrows] == [("adapter + merge", False), ("X", True)]
    assert "relation: merge" in answer.arrows[0].title


def test_dots_are_coloured_by_family_where_the_answer_tells_it() -> None:
    family = node(3, "Family", id="llama-3", title="Llama 3")
    answer = drawn(node(1), node(2), family, edge(1, 1, 3, "IN_FAMILY"))
    one, other, own = answer.dots
    assert one.hue == own.hue
    assert one.hue.startswith("llama-")
    assert other.hue == "kind-model"
    assert set(answer.legend) == {(one.hue, "Llama 3"), ("kind-model", "Model")}


def test_a_finding_is_coloured_by_its_outcome() -> None:
    finding = node(1, "Finding", check="licence-tag", outcome="failed")
    strange = node(2, "Finding", check="licence-tag", outcome='x" onload="')
    assert [d.hue for d in drawn(finding, strange).dots] == ["is-failed", "kind-finding"]


@pytest.mark.parametrize(
    ("value", "href"),
    [
        (node(1, id="a/b"), "/models/a/b"),
        (node(1, "Dataset", id="datasets/a/b"), "/datasets/a/b"),
        (node(1, "Family", id="llama-3"), "/models?family=llama-3"),
        (node(1, "Author", id="a&b"), "/models?author=a%26b"),
        (node(1, "Licence", id="llama3.1"), "/licences/llama3.1"),
        (node(1, "Licence", id="javascript:alert(1)"), None),
        (node(1, "Stranger", id="a/b"), None),
        (node(1, id=7), None),
    ],
)
def test_a_dot_leads_to_its_page(value: dict[str, Any], href: str | None) -> None:
    assert drawn(value).dots[0].href == href


def test_what_an_engine_adds_of_its_own_is_not_shown() -> None:
    author = node(1, "Author", id="acme", title="Author_acme", type="Author")
    licence = node(2, "Licence", id="mit", title="Licence_mit")
    one, other = drawn(author, licence).dots
    assert (one.label, one.title) == ("acme", ":Author\nid: acme")
    assert other.label == "mit"


def test_strange_words_are_written_out_and_shortened() -> None:
    answer = drawn(node(1, "L\u202eb" * 20, id="x" * 500 + "\u202e"), edge(1, 1, 1, "T\u202e" * 30))
    words = (answer.dots[0].label, answer.dots[0].title, answer.dots[0].kind,
             answer.arrows[0].label, answer.arrows[0].title)  # fmt: skip
    assert not any("\u202e" in word for word in words)
    assert len(answer.dots[0].label) <= 20
    assert len(answer.arrows[0].label) <= 24
