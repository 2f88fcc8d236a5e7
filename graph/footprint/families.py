"""How large the families are."""

from __future__ import annotations

from graph.footprint.result import Result, ask
from graph.model import Strength
from graph.ports import CypherConsole


def families(console: CypherConsole, at_least: Strength) -> Result:
    """Count each family's artifacts, those read from the Hub, and their downloads."""
    return ask(console, "families", "family-sizes", at_least)
