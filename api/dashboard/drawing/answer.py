"""A query's answer as a drawing: its nodes as dots, its relationships as arrows. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from math import hypot

import networkx as nx

from api.dashboard.drawing.dots import RADIUS, Dot, dot, families, said
from api.dashboard.drawing.spread import TALL, WIDE, Places, spread
from api.dashboard.drawing.values import Line
from api.dashboard.page.text import shorten, visible
from graph.engines.queries.elements import Edge, Elements

MOST = 150  # nodes drawn; a reader sees no more
_LABELLED = 80  # lines that still leave room for words on them


@dataclass(frozen=True, slots=True)
class Answer:
    """The drawing: its size, what is in it, a legend of classes and words, what is left out.

    ``loose`` are relationships whose ends the answer does not hold.
    """

    width: float
    height: float
    dots: tuple[Dot, ...]
    arrows: tuple[Line, ...]
    legend: tuple[tuple[str, str], ...]
    nodes: int
    loose: int


def draw_answer(found: Elements, most: int = MOST) -> Answer | None:
    """Return the drawing of an answer's first ``most`` nodes; None for one without nodes."""
    if not found.nodes:
        return None
    shown = list(islice(found.nodes, most))
    whole = [e for e in found.edges.values() if e.start in found.nodes and e.end in found.nodes]
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in whole:
        pairs.setdefault((edge.start, edge.end), []).append(edge)
    kept = set(shown)
    drawn = {ends: edges for ends, edges in pairs.items() if kept.issuperset(ends)}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(shown)
    graph.add_edges_from((a, b) for a, b in drawn if a != b)
    at = spread(graph)
    hues = families(found)
    dots = tuple(dot(found.nodes[key], *at[key], hues.get(key)) for key in shown)
    return Answer(
        width=max(x for x, _ in at.values()) + WIDE,
        height=max(y for _, y in at.values()) + TALL,
        dots=dots,
        arrows=tuple(_arrow(found, edges, at, len(drawn)) for edges in drawn.values()),
        legend=_legend(dots),
        nodes=len(found.nodes),
        loose=len(found.edges) - len(whole),
    )


def _legend(dots: tuple[Dot, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (hue, kind) for (hue, kind), _ in Counter((d.hue, d.kind) for d in dots).most_common(12)
    )


def _arrow(found: Elements, edges: list[Edge], at: Places, lines: int) -> Line:
    """Return the arrow of all relationships from one node to another."""
    first = edges[0]
    start, end = at[first.start], at[first.end]
    words = " + ".join(sorted({_word(edge) for edge in edges}))
    path, x, y = _loop(start) if first.start == first.end else _straight(start, end)
    ends = f"{said(found.nodes[first.start])} → {said(found.nodes[first.end])}"
    return Line(
        child=first.start,
        parent=first.end,
        path=path,
        label=shorten(words, 24) if lines <= _LABELLED else "",
        x=round(x, 1),
        y=round(y, 1),
        title="\n".join((ends, *(_told(edge) for edge in edges[:5]))),
        dashed=all(edge.properties.get("strength") == "inferred" for edge in edges),
    )


def _word(edge: Edge) -> str:
    """Return what is written on a line: the relation of a lineage, else the type."""
    relation = edge.properties.get("relation")
    return visible(relation if isinstance(relation, str) and relation else edge.type)


def _told(edge: Edge) -> str:
    own = ", ".join(f"{k}: {shorten(str(v), 60)}" for k, v in edge.properties.items())
    return visible(f"{edge.type} {own}".strip())


def _straight(start: tuple[float, float], end: tuple[float, float]) -> tuple[str, float, float]:
    """Return a line from rim to rim, and its middle."""
    (x, y), (to_x, to_y) = start, end
    long = hypot(to_x - x, to_y - y) or 1.0
    dx, dy = (to_x - x) / long * RADIUS, (to_y - y) / long * RADIUS
    path = f"M{x + dx:.1f} {y + dy:.1f}L{to_x - dx * 1.25:.1f} {to_y - dy * 1.25:.1f}"
    return path, (x + to_x) / 2, (y + to_y) / 2 - 3


def _loop(at: tuple[float, float]) -> tuple[str, float, float]:
    x, y = at
    top, far = y - 13, y - 44
    bow = f"C{x - 24:.1f} {far:.1f} {x + 24:.1f} {far:.1f} {x + 6:.1f} {top:.1f}"
    path = f"M{x - 6:.1f} {top:.1f}{bow}"
    return path, x, y - 38
