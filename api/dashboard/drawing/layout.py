"""Drawing: ancestors in layers above the artifact, its children in columns below."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx

from api.dashboard.drawing.boxes import box, line
from api.dashboard.drawing.layers import Layers, Place, ancestors
from api.dashboard.drawing.values import (
    COLUMNS,
    GAP,
    HEIGHT,
    LANE,
    MARGIN,
    REST,
    RISE,
    ROW,
    STUB,
    WIDTH,
    Box,
    Drawing,
    Line,
    Rest,
)

Middle = tuple[float, float]  # the middle of a box's upper edge


def draw(
    graph: nx.MultiDiGraph[str],
    subject: str,
    *,
    first: Sequence[str] = (),
    children: int = 24,
    across: int = 6,
    more: bool = False,
) -> Drawing:
    """Return the drawing of an artifact's lineage.

    ``first`` are the children to show before the others; at most ``children`` are drawn, and at
    most ``across`` ancestors a layer. ``more`` says that there are children beyond the graph.
    """
    layers = ancestors(graph, subject, across)
    at = _above(layers)
    boxes = [box(graph, n, x - WIDTH / 2, y, subject=n == subject) for n, (x, y) in at.items()
             if isinstance(n, str)]  # fmt: skip
    drawn = {b.id for b in boxes}
    lines = [
        _rising(graph, child, parent, layers, at)
        for child, parent in sorted({(c, p) for c, p, _ in graph.edges})
        if child in drawn and parent in drawn and child != parent
    ]
    rests = [
        Rest(max(at[p][0] for p in layers.rows[n]) + WIDTH / 2 + 10, at[layers.rows[n][0]][1] + 27,
             f"and {count} more") for n, count in sorted(layers.dropped.items())
    ]  # fmt: skip
    below = _below(graph, subject, drawn, first, children, more)
    return _framed(graph, [*boxes, *below[0]], [*lines, *below[1]], [*rests, *below[2]])


def _above(layers: Layers) -> dict[Place, Middle]:
    """Return where the ancestors and the artifact stand; the artifact's box begins at y = 0."""
    at: dict[Place, Middle] = {}
    for number, row in enumerate(layers.rows):
        widths = [WIDTH + GAP if isinstance(place, str) else LANE for place in row]
        x = -sum(widths) / 2
        for place, width in zip(row, widths, strict=True):
            at[place] = (x + width / 2, -number * (HEIGHT + RISE))
            x += width
    return at


def _rising(
    graph: nx.MultiDiGraph[str], child: str, parent: str, layers: Layers, at: dict[Place, Middle]
) -> Line:
    """Return the line from a child up to a parent, through the lanes of the layers it passes."""
    lower, upper = layers.number(child), layers.number(parent)
    if upper <= lower:
        return _ring(graph, child, parent, at)
    x, y = at[child]
    path, label = f"M{x:.1f} {y:.1f}", (x, y)
    for layer in range(lower + 1, upper + 1):
        to_x, top = at[parent if layer == upper else (child, parent, layer)]
        to_y = top + HEIGHT
        bend = (y - to_y) / 2
        path += f"C{x:.1f} {y - bend:.1f} {to_x:.1f} {to_y + bend:.1f} {to_x:.1f} {to_y:.1f}"
        if layer == upper:
            label = ((x + to_x) / 2, (y + to_y) / 2)
        else:
            path += f"V{top:.1f}"
            to_y = top
        x, y = to_x, to_y
    return line(graph, child, parent, path, label[0], label[1] + 4)


def _ring(graph: nx.MultiDiGraph[str], child: str, parent: str, at: dict[Place, Middle]) -> Line:
    """Return the line between two that claim each other, drawn as a bow over their layer."""
    (x, y), (to_x, to_y) = at[child], at[parent]
    bow = min(y, to_y) - RISE / 2
    path = f"M{x:.1f} {y:.1f}C{x:.1f} {bow:.1f} {to_x:.1f} {bow:.1f} {to_x:.1f} {to_y:.1f}"
    return line(graph, child, parent, path, (x + to_x) / 2, (min(y, to_y) + bow) / 2)


def _below(
    graph: nx.MultiDiGraph[str],
    subject: str,
    drawn: set[str],
    first: Sequence[str],
    most: int,
    more: bool,
) -> tuple[list[Box], list[Line], list[Rest]]:
    """Return the children in columns under the artifact, and how many are left out."""
    known = sorted(n for n in graph.predecessors(subject) if n not in drawn)
    rank = {node: place for place, node in enumerate(first)}
    known.sort(key=lambda n: rank.get(n, len(rank)))
    shown = known[:most]
    columns = min(COLUMNS, len(shown)) or 1
    rows = -(-len(shown) // columns)
    pitch = STUB + WIDTH + GAP
    left = -(columns * pitch - GAP) / 2
    boxes, lines = [], []
    for place, child in enumerate(shown):
        trunk = left + (place // rows) * pitch
        y = HEIGHT + RISE + (place % rows) * ROW
        boxes.append(box(graph, child, trunk + STUB, y))
        path = (
            f"M0 {HEIGHT}V{HEIGHT + RISE / 2}H{trunk:.1f}V{y + HEIGHT / 2:.1f}H{trunk + STUB:.1f}"
        )
        lines.append(line(graph, child, subject, path, trunk + STUB / 2, y + HEIGHT / 2 - 5))
    left_out = len(known) - len(shown)
    if not left_out:
        return boxes, lines, []
    text = f"and {'more than ' if more else ''}{left_out} more children"
    return boxes, lines, [Rest(left + STUB, HEIGHT + RISE + rows * ROW + 14, text)]


def _framed(
    graph: nx.MultiDiGraph[str], boxes: list[Box], lines: list[Line], rests: list[Rest]
) -> Drawing:
    """Return the drawing, with the corner and size of the view that holds it all."""
    trunks = STUB if any(b.y > 0 for b in boxes) else 0
    left = min(b.x for b in boxes) - trunks - MARGIN
    top = min(b.y for b in boxes) - MARGIN
    right = max([b.x + WIDTH for b in boxes] + [r.x + REST for r in rests]) + MARGIN
    bottom = max([b.y + HEIGHT for b in boxes] + [r.y for r in rests]) + MARGIN
    families = {f for b in boxes for f in (graph.nodes[b.id].get("families") or [])[:1]}
    corner, size = (round(left), round(top)), (round(right - left), round(bottom - top))
    return Drawing(
        *corner, *size, tuple(boxes), tuple(lines), tuple(rests), tuple(sorted(families))
    )
