"""What is written in a box and on a line."""

from __future__ import annotations

from typing import Any

import networkx as nx

from api.dashboard.drawing.values import LETTERS, Box, Line
from api.dashboard.page import links
from api.dashboard.page.hues import hue
from api.dashboard.page.text import shorten, visible
from graph.catalogue.model import DATASET_PREFIX, Kind


def box(
    graph: nx.MultiDiGraph[str], node: str, x: float, y: float, *, subject: bool = False
) -> Box:
    """Return an artifact's box."""
    data: dict[str, Any] = graph.nodes[node]
    owner, _, name = node.removeprefix(DATASET_PREFIX).rpartition("/")
    families = data.get("families") or []
    crawled = data.get("crawled", False)
    told = [visible(node), ", ".join(families) or "no family known"]
    return Box(
        id=node,
        href=links.artifact(node),
        owner=shorten(visible(owner), LETTERS + 4),
        name=shorten(visible(name), LETTERS),
        title=" · ".join(told if crawled else [*told, "not read from the Hub"]),
        x=round(x, 1),
        y=round(y, 1),
        hue=hue(families[0] if families else None),
        hollow=not crawled,
        subject=subject,
        dataset=Kind.of(node) is Kind.DATASET,
    )


def line(
    graph: nx.MultiDiGraph[str], child: str, parent: str, path: str, x: float, y: float
) -> Line:
    """Return the line of all edges from a child to a parent."""
    edges = [graph.edges[child, parent, key] for key in sorted(graph[child][parent])]
    told = [f"{e['relation']} ({e['strength']}, {e['confidence']:.2g})" for e in edges]
    return Line(
        child=child,
        parent=parent,
        path=path,
        label=" + ".join(sorted({e["relation"].replace("_", " ") for e in edges})),
        x=round(x, 1),
        y=round(y, 1),
        title=f"{visible(child)} → {visible(parent)}: {'; '.join(told)}",
        dashed=all(e["strength"] == "inferred" for e in edges),
    )
