from __future__ import annotations

from typing import Any

import networkx as nx

from api.dashboard.drawing.layout import draw
from api.dashboard.drawing.values import Box, Drawing


def lineage(*edges: tuple[str, str, str], **nodes: Any) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for child, relation, parent in edges:
        strength = "inferred" if relation == "mirror" else "declared"
        graph.add_edge(
            child, parent, key=relation, relation=relation, strength=strength, confidence=0.9
        )
    for node in graph:
        graph.nodes[node].update(kind="model", crawled=True, families=[])
        graph.nodes[node].update(nodes.get(node, {}))
    return graph


def box(drawing: Drawing, artifact: str) -> Box:
    return next(b for b in drawing.boxes if b.id == artifact)


def test_ancestors_stand_above_and_children_below() -> None:
    drawing = draw(lineage(("me", "finetune", "mum"), ("mum", "merge", "gran"),
                           ("kid", "quantized", "me")), "me")  # fmt: skip
    heights = [box(drawing, one).y for one in ("gran", "mum", "me", "kid")]
    assert heights == sorted(heights)
    assert len(set(heights)) == 4
    assert [b.id for b in drawing.boxes if b.subject] == ["me"]


def test_everything_stands_within_the_view() -> None:
    edges = [("me", "merge", f"p{i}") for i in range(9)] + [
        (f"c{i}", "adapter", "me") for i in range(30)
    ]
    drawing = draw(lineage(*edges), "me")
    for each in drawing.boxes:
        assert drawing.left <= each.x <= drawing.left + drawing.width - 232
        assert drawing.top <= each.y <= drawing.top + drawing.height - 46


def test_no_two_boxes_overlap() -> None:
    edges = [("me", "merge", f"p{i}") for i in range(5)] + [
        (f"p{i}", "finetune", "root") for i in range(5)
    ]
    places = {(b.x, b.y) for b in draw(lineage(*edges, ("me", "finetune", "root")), "me").boxes}
    assert len(places) == 7


def test_what_is_left_out_is_counted() -> None:
    edges = [(f"c{i:02}", "adapter", "me") for i in range(40)] + [
        ("me", "merge", f"p{i}") for i in range(9)
    ]
    drawing = draw(lineage(*edges), "me", first=["c39"], children=10, across=6, more=True)
    assert [r.text for r in drawing.rests] == ["and 3 more", "and more than 30 more children"]
    assert box(drawing, "c39")
    assert not any(b.id == "c20" for b in drawing.boxes)


def test_those_of_a_family_are_drawn_before_others() -> None:
    edges = [("me", "merge", f"p{i}") for i in range(9)]
    drawing = draw(lineage(*edges, p8={"families": ["llama-3"]}), "me", across=2)
    assert box(drawing, "p8").hue.startswith("llama-")
    assert drawing.families == ("llama-3",)


def test_an_inferred_edge_is_dashed_and_a_node_not_read_is_hollow() -> None:
    drawing = draw(lineage(("me", "mirror", "mum"), ("me", "finetune", "dad"),
                           mum={"crawled": False}), "me")  # fmt: skip
    assert {line.parent: line.dashed for line in drawing.lines} == {"mum": True, "dad": False}
    assert box(drawing, "mum").hollow


def test_two_relations_to_one_parent_are_one_line() -> None:
    drawing = draw(lineage(("me", "finetune", "mum"), ("me", "mirror", "mum")), "me")
    assert [line.label for line in drawing.lines] == ["finetune + mirror"]
    assert not drawing.lines[0].dashed


def test_rings_and_selves_are_drawn_and_do_not_hang() -> None:
    graph = lineage(("me", "finetune", "a"), ("a", "finetune", "b"), ("b", "finetune", "a"),
                    ("b", "merge", "me"), ("me", "merge", "me"))  # fmt: skip
    drawing = draw(graph, "me")
    assert {b.id for b in drawing.boxes} == {"me", "a", "b"}
    assert all(line.child != line.parent for line in drawing.lines)
    assert len(drawing.lines) == 4


def test_one_alone_is_drawn_alone() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("me", kind="model", crawled=False, families=[])
    drawing = draw(graph, "me")
    assert len(drawing.boxes) == 1
    assert drawing.lines == ()


def test_names_are_shown_short_and_without_invisible_characters() -> None:
    name = "o/" + "x" * 200 + "\u202e"
    drawing = draw(lineage(("me", "finetune", name)), "me")
    drawn = box(drawing, name)
    assert len(drawn.name) <= 30
    assert drawn.name.endswith("[U+202E]")
    assert drawn.href.startswith("/artifact?id=")
