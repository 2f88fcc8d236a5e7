"""Who makes descendants of Llama."""

from __future__ import annotations

from graph.catalogue.model import Strength
from graph.engines.port.ports import CypherConsole
from graph.footprint.result import Result, ask


def authors(console: CypherConsole, at_least: Strength) -> Result:
    """Name the authors with the most descendants of Llama."""
    return ask(console, "authors", "top-authors", at_least)
