"""Who carries the name."""

from __future__ import annotations

from graph.catalogue.model import Strength
from graph.engines.port.ports import CypherConsole
from graph.footprint.result import Result, ask


def brand(console: CypherConsole, at_least: Strength) -> Result:
    """Count descendants whose name begins with Llama, contains it, or has dropped it."""
    return ask(console, "brand", "brand-in-name", at_least)
