"""What the checks found."""

from __future__ import annotations

from graph.catalogue.model import Strength
from graph.engines.port.ports import CypherConsole
from graph.footprint.result import Result, ask


def outcomes(console: CypherConsole, at_least: Strength) -> Result:
    """Count artifacts by check and by the worst outcome of that check."""
    return ask(console, "outcomes", "outcomes-by-check", at_least)
