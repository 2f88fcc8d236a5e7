"""Nodes, relationships and paths found among plain values, and written as Cypher draws them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from graph.engines import open_graph
from graph.engines.port.ports import Batch, CypherConsole, EdgeRows
from graph.engines.queries.elements import elements, told

HOSTILE = 'a/<script>"\n'


def node(key: int, name: str, label: str = "Model") -> dict[str, Any]:
    return {"id": key, "labels": [label], "properties": {"id": name}}


def edge(key: int, start: int, end: int, kind: str = "DERIVED_FROM") -> dict[str, Any]:
    return {"id": key, "type": kind, "start": start, "end": end, "properties": {"strength": "x"}}


CHILD, PARENT = node(1, "a/child"), node(2, "a/parent")
PATH = {"nodes": [CHILD, PARENT], "relationships": [edge(7, 1, 2)]}


def test_each_is_found_once_wherever_it_stands() -> None:
    found = elements([[CHILD, [PATH, {"x": [node(3, "a/other")]}], "text", None, 1]])
    assert list(found.nodes) == ["1", "2", "3"]
    assert [(e.start, e.end) for e in found.edges.values()] == [("1", "2")]


@pytest.mark.parametrize(
    "value",
    [
        {"id": 1, "labels": "Model", "properties": {}},
        {"id": 1, "labels": [1], "properties": {}},
        {"id": 1, "labels": [], "properties": {}, "more": 1},
        {"id": 1, "type": 2, "start": 1, "end": 2, "properties": {}},
        {"nodes": [1], "relationships": []},
        {"nodes": None, "relationships": None},
        {"nodes": [CHILD], "relationships": [1, 2]},
        ["Model"],
        "(:Model)",
    ],
)
def test_what_only_looks_like_one_is_none(value: Any) -> None:
    assert told(value) is None
    assert not elements([[value]]).edges


def test_lists_without_end_are_left() -> None:
    deep: Any = CHILD
    for _ in range(3000):
        deep = [deep]
    assert not elements([[deep]]).nodes
    assert told(deep) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (CHILD, '(:Model {id: "a/child"})'),
        (node(1, HOSTILE, "A b"), '(:`A b` {id: "a/<script>\\"\\n"})'),
        ({"id": 1, "labels": [], "properties": {}}, "()"),
        (edge(1, 1, 2), '[:DERIVED_FROM {strength: "x"}]'),
        (PATH, '(:Model {id: "a/child"})-[:DERIVED_FROM]->(:Model {id: "a/parent"})'),
        (
            {"nodes": [PARENT, CHILD], "relationships": [edge(7, 1, 2)]},
            '(:Model {id: "a/parent"})<-[:DERIVED_FROM]-(:Model {id: "a/child"})',
        ),
        ([CHILD, 1], '[(:Model {id: "a/child"}), 1]'),
    ],
)
def test_they_are_written_as_cypher_draws_them(value: Any, text: str) -> None:
    assert told(value) == text


def test_the_embedded_engine_answers_in_this_shape(tmp_path: Path) -> None:
    store = open_graph(f"kglite:///{tmp_path}/g.kgl")
    rows = [{"from": "a/child", "to": "a/parent", "relation": "merge", "strength": "declared"}]
    batch = Batch(edges=(EdgeRows("DERIVED_FROM", "Model", "Model", rows),))
    store.write("one", [batch], fresh=True)
    console = cast("CypherConsole", store)
    query = "MATCH p = (c:Model)-[d:DERIVED_FROM]->(:Model) RETURN p, collect(c) AS c, d"
    (row,) = console.cypher(query, {}, seconds=5, rows=None).rows
    found = elements([row])
    assert [n.properties["id"] for n in found.nodes.values()] == ["a/child", "a/parent"]
    assert [e.properties["relation"] for e in found.edges.values()] == ["merge"]
    assert told(row[0]) == PATH_TOLD


PATH_TOLD = told(PATH)
