"""How descendants of Llama are made."""

from __future__ import annotations

from graph.footprint.result import Result, ask
from graph.model import Strength
from graph.ports import CypherConsole


def relations(console: CypherConsole, at_least: Strength) -> Result:
    """Count descendants of Llama by their relation to their parents and its strength."""
    return ask(console, "relations", "relations-of-llama", at_least)
