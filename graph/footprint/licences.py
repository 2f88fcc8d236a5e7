"""Under which licences descendants of Llama are published."""

from __future__ import annotations

from graph.footprint.result import Result, ask
from graph.model import Strength
from graph.ports import CypherConsole


def licences(console: CypherConsole, at_least: Strength) -> Result:
    """Count descendants of Llama by the licence that they declare."""
    return ask(console, "licences", "licence-of-llama-descendants", at_least)
