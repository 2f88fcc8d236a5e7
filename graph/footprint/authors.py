"""Who makes descendants of Llama."""

from __future__ import annotations

from graph.footprint.result import Result, ask
from graph.model import Strength
from graph.ports import CypherConsole


def authors(console: CypherConsole, at_least: Strength) -> Result:
    """Name the authors with the most descendants of Llama."""
    return ask(console, "authors", "top-authors", at_least)
