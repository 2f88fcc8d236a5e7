"""A lineage as a drawing: a networkx graph in, places for an SVG out. Pure."""

from api.dashboard.drawing.layout import draw
from api.dashboard.drawing.values import Box, Drawing, Line, Rest

__all__ = ["Box", "Drawing", "Line", "Rest", "draw"]
