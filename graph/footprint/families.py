"""How large the families are."""

from __future__ import annotations

from graph.catalogue.model import Strength
from graph.engines.port.ports import CypherConsole
from graph.footprint.result import Result, ask


def families(console: CypherConsole, at_least: Strength) -> Result:
    """Count each family's artifacts, those read from the Hub, and their downloads."""
    return ask(console, "families", "family-sizes", at_least)
