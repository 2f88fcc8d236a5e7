"""How the herd grows."""

from __future__ import annotations

from graph.catalogue.model import Strength
from graph.engines.port.ports import CypherConsole
from graph.footprint.result import Result, ask


def growth(console: CypherConsole, at_least: Strength) -> Result:
    """Count descendants of Llama by month of creation and by family."""
    return ask(console, "growth", "growth-by-month", at_least)
