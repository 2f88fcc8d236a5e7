"""How descendants of Llama are made."""

from __future__ import annotations

from graph.catalogue.model import Strength
from graph.engines.port.ports import CypherConsole
from graph.footprint.result import Result, ask


def relations(console: CypherConsole, at_least: Strength) -> Result:
    """Count descendants of Llama by their relation to their parents and its strength."""
    return ask(console, "relations", "relations-of-llama", at_least)
