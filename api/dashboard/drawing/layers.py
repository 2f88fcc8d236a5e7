"""The ancestors of an artifact in layers, each in an order with few crossings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

Lane = tuple[str, str, int]  # child, parent, layer: an edge that passes a layer
Place = str | Lane


@dataclass(frozen=True, slots=True)
class Layers:
    """Layer 0 holds the artifact alone; ``dropped`` counts what did not fit in a layer."""

    rows: list[list[Place]]
    dropped: dict[int, int]

    def number(self, artifact_id: str) -> int:
        """Return an ancestor's layer."""
        return next(i for i, row in enumerate(self.rows) if artifact_id in row)


def ancestors(graph: nx.MultiDiGraph[str], subject: str, most: int) -> Layers:
    """Return what the subject comes from, at most ``most`` artifacts a layer."""
    part = nx.DiGraph(graph.subgraph({subject, *nx.descendants(graph, subject)}))
    depth = _depths(part, subject)
    rows: list[list[Place]] = [[] for _ in range(max(depth.values()) + 1)]
    dropped: dict[int, int] = {}
    for node in sorted(part, key=lambda n: _weight(part, n)):
        row = rows[depth[node]]
        if len(row) < most:
            row.append(node)
        else:
            dropped[depth[node]] = dropped.get(depth[node], 0) + 1
    kept = {node for row in rows for node in row if isinstance(node, str)}
    near = _with_lanes(part, kept, depth, rows)
    for row in rows:
        row.sort(key=str)
    for _ in range(4):
        _sweep(rows, near)
        _sweep(rows[::-1], near)
    return Layers(rows, dropped)


def _weight(part: nx.DiGraph[str], node: str) -> tuple[bool, int, str]:
    """Return what decides who is drawn where not all are: a family, then kin, then the id."""
    return not part.nodes[node].get("families"), -part.degree(node), node


def _depths(part: nx.DiGraph[str], subject: str) -> dict[str, int]:
    """Return each node's longest way up from the subject; a ring of nodes shares a layer."""
    whole = nx.condensation(part)
    start = whole.graph["mapping"][subject]
    depth = dict.fromkeys(whole, 0)
    for node in nx.topological_sort(whole):
        for above in whole.successors(node):
            depth[above] = max(depth[above], depth[node] + 1)
    found = {node: depth[group] for node, group in whole.graph["mapping"].items()}
    ring = [n for n, group in whole.graph["mapping"].items() if group == start and n != subject]
    if ring:  # the subject stands alone in its layer
        found = {n: d + (n != subject) for n, d in found.items()}
    return found


def _with_lanes(
    part: nx.DiGraph[str], kept: set[str], depth: dict[str, int], rows: list[list[Place]]
) -> dict[Place, list[Place]]:
    """Add a lane to every layer that an edge passes; return what is next to what."""
    near: dict[Place, list[Place]] = {}
    for child, parent in part.edges:
        if child not in kept or parent not in kept or child == parent:
            continue
        chain: list[Place] = [child]
        for layer in range(depth[child] + 1, depth[parent]):
            lane: Lane = (child, parent, layer)
            rows[layer].append(lane)
            chain.append(lane)
        chain.append(parent)
        for one, other in pairwise(chain):
            near.setdefault(one, []).append(other)
            near.setdefault(other, []).append(one)
    return near


def _sweep(rows: list[list[Place]], near: dict[Place, list[Place]]) -> None:
    """Put each layer in the order of the middle of its neighbours in the layer before."""
    for before, row in pairwise(rows):
        at = {place: i - (len(before) - 1) / 2 for i, place in enumerate(before)}
        middle = {}
        for i, place in enumerate(row):
            seen = [at[other] for other in near.get(place, ()) if other in at]
            middle[place] = sum(seen) / len(seen) if seen else i - (len(row) - 1) / 2
        row.sort(key=lambda place: middle[place])
