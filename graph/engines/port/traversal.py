"""Walking a lineage level by level, for engines that answer one level at a time.

Level by level rather than by a variable-length pattern: merges make paths multiply, and only
nodes and edges are wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import networkx as nx

from graph.catalogue.model import Kind
from graph.engines.port.ports import Direction, Row

_TOLD = ("relation", "strength", "confidence", "source")
# (frontier ids, whether towards parents) -> rows of child, parent and what is told of the edge
Step = Callable[[list[str], bool], Iterable[Row]]
# ids -> rows of id, crawled, families
Describe = Callable[[list[str]], Iterable[Row]]


def walk(
    start: str, direction: Direction, depth: int, limit: int, step: Step, describe: Describe
) -> nx.MultiDiGraph[str]:
    """Return the lineage around ``start``; see `graph.engines.port.ports.GraphStore.lineage`."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(truncated=False)
    if not list(describe([start])):
        return graph
    graph.add_node(start)
    for way in ("up", "down"):
        if direction in (way, "both"):
            _walk_one_way(graph, start, depth, limit, step, way == "up")
    nodes = sorted(graph.nodes)
    for row in describe(nodes):
        graph.add_node(row["id"], crawled=bool(row["crawled"]), families=sorted(row["families"]))
    for node in nodes:
        graph.nodes[node]["kind"] = Kind.of(node).value
    return graph


def _walk_one_way(
    graph: nx.MultiDiGraph[str],
    start: str,
    depth: int,
    limit: int,
    step: Step,
    towards_parents: bool,
) -> None:
    seen, frontier = {start}, [start]
    for _ in range(depth):
        found: set[str] = set()
        for row in step(frontier, towards_parents):
            other = row["parent"] if towards_parents else row["child"]
            if other not in seen and len(seen) + len(found - seen) >= limit:
                graph.graph["truncated"] = True
                continue
            found.add(other)
            properties = {k: row[k] for k in _TOLD}
            graph.add_edge(row["child"], row["parent"], key=row["relation"], **properties)
        frontier = sorted(found - seen)
        seen |= found
        if not frontier:
            return
    if any(not {row["child"], row["parent"]} <= seen for row in step(frontier, towards_parents)):
        graph.graph["truncated"] = True
