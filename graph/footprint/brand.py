"""Who carries the name."""

from __future__ import annotations

from graph.footprint.result import Result, ask
from graph.model import Strength
from graph.ports import CypherConsole


def brand(console: CypherConsole, at_least: Strength) -> Result:
    """Count descendants whose name begins with Llama, contains it, or has dropped it."""
    return ask(console, "brand", "brand-in-name", at_least)
