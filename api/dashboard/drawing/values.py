"""The values of a drawing, and its measures in pixels."""

from __future__ import annotations

from dataclasses import dataclass

DIRECTION = "TB"  # from a parent to its child, in the words of Graphviz and Dagre: downwards
WIDTH = 232  # of a box
HEIGHT = 46
GAP = 28  # between boxes side by side
RISE = 70  # between layers
STUB = 96  # the line from a trunk to a child's box, with its label
ROW = HEIGHT + 12  # from child to child
COLUMNS = 3  # of children
LANE = 24  # the room that an edge takes that passes a layer
MARGIN = 12
LETTERS = 25  # of a name that fit in a box in most fonts; the box clips the rest
REST = 170  # the width of a note of what is left out


@dataclass(frozen=True, slots=True)
class Box:
    """An artifact: where its box stands, and what is written in it."""

    id: str
    href: str
    owner: str
    name: str
    title: str
    x: float
    y: float
    hue: str
    hollow: bool = False
    subject: bool = False
    dataset: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An edge: its path, its label and where that stands."""

    child: str
    parent: str
    path: str
    label: str
    x: float
    y: float
    title: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Rest:
    """A note of how many artifacts are left out at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole: the view's corner and size, what is in it, the families for a legend.

    ``direction`` is for the scripts, which draw it anew when it grows.
    """

    left: float
    top: float
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    rests: tuple[Rest, ...]
    families: tuple[str, ...]
    direction: str = DIRECTION
