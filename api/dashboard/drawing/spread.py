"""Where the nodes of any graph may stand: parts that hang together side by side, none on another.

Each part begins as a tree in rings around its best-connected node, is loosened by springs, and is
then pushed apart until no two labels overlap. The same graph is always drawn the same.
"""

from __future__ import annotations

from math import cos, pi, sin, sqrt

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Place = tuple[float, float]
Places = dict[str, Place]
_Points = NDArray[np.float64]

WIDE, TALL = 132.0, 84.0  # the room of a node with its label, in pixels
_PUSHES = 200
_ROW = 1150.0  # parts stand in rows of about this width


def spread(graph: nx.Graph[str]) -> Places:
    """Return the middle of each node."""
    whole = [_part(graph.subgraph(nodes)) for nodes in _components(graph)]
    found: Places = {}
    x = y = tall = 0.0
    for part in whole:
        wide, high = (max(p[i] for p in part.values()) for i in (0, 1))
        if x and x + wide > _ROW:
            x, y, tall = 0.0, y + tall + TALL, 0.0
        found |= {node: (round(px + x, 1), round(py + y, 1)) for node, (px, py) in part.items()}
        x, tall = x + wide + WIDE, max(tall, high)
    return found


def _components(graph: nx.Graph[str]) -> list[set[str]]:
    order = {node: place for place, node in enumerate(graph)}
    found = nx.connected_components(graph)
    return sorted(found, key=lambda nodes: (-len(nodes), min(order[n] for n in nodes)))


def _part(part: nx.Graph[str]) -> Places:
    """Return the places of what hangs together, the corner at nought."""
    nodes = list(part)
    if len(nodes) > 2:
        size = 0.75 * sqrt(len(nodes)) * WIDE
        near = _rings(part)
        loose = nx.spring_layout(part, pos=near, k=1.6 / sqrt(len(nodes)), iterations=60, seed=1)
        points = np.array([loose[node] for node in nodes]) * size
    else:
        points = np.array([[i * WIDE * 1.4, 0.0] for i in range(len(nodes))])
    points = _apart(points)
    points -= points.min(axis=0)
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, points, strict=True)}


def _rings(part: nx.Graph[str]) -> dict[str, Place]:
    """Return a tree in rings: each node has a slice of the circle by the leaves beyond it."""
    root = max(part, key=lambda n: (part.degree(n), n))
    tree = nx.bfs_tree(part, root, sort_neighbors=sorted)
    leaves: dict[str, int] = {}
    for node in reversed(list(tree)):
        leaves[node] = sum(leaves[child] for child in tree.successors(node)) or 1
    found: dict[str, Place] = {root: (0.0, 0.0)}
    slices = {root: (0.0, 2 * pi)}
    depth = nx.single_source_shortest_path_length(tree, root)
    ring = 1 / max(depth.values(), default=1)
    for node in tree:
        start, end = slices[node]
        for child in tree.successors(node):
            step = (end - start) * leaves[child] / leaves[node]
            slices[child] = (start, start + step)
            middle, far = start + step / 2, depth[child] * ring
            found[child] = (far * cos(middle), far * sin(middle))
            start += step
        slices[node] = (start, end)
    return found


def _apart(points: _Points) -> _Points:
    """Push nodes that overlap apart, along the way that is shorter, until none do."""
    room = np.array([WIDE, TALL])
    for _ in range(_PUSHES):
        gap = points[:, None, :] - points[None, :, :]
        over = room - np.abs(gap)
        hit = np.minimum(over[:, :, 0], over[:, :, 1]) > 0.5
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        across = over[:, :, 0] / WIDE <= over[:, :, 1] / TALL
        sign = np.where(gap > 0, 1.0, np.where(gap < 0, -1.0, 0.0))
        index = np.arange(len(points))
        tie = np.sign(index[:, None] - index[None, :])[:, :, None]
        sign = np.where(sign == 0, tie, sign)
        way = np.stack([across, ~across], axis=2) * hit[:, :, None]
        points = points + (sign * over * way).sum(axis=1) * 0.4
    return points
