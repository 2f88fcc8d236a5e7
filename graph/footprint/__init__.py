"""The library's questions on the footprint, asked at a strength and held to what was read."""

from __future__ import annotations

from graph.footprint.result import Result, ask, questions, words

__all__ = ["Result", "ask", "questions", "words"]
