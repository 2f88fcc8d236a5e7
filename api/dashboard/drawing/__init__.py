"""Drawings: a lineage or an answer in, places for an SVG out. Pure."""

from api.dashboard.drawing.answer import Answer, draw_answer
from api.dashboard.drawing.layout import draw
from api.dashboard.drawing.values import Box, Drawing, Line, Rest

__all__ = ["Answer", "Box", "Drawing", "Line", "Rest", "draw", "draw_answer"]
