"""Under which licences descendants of Llama are published."""

from __future__ import annotations

from graph.catalogue.model import Strength
from graph.engines.port.ports import CypherConsole
from graph.footprint.result import Result, ask


def licences(console: CypherConsole, at_least: Strength) -> Result:
    """Count descendants of Llama by the licence that they declare."""
    return ask(console, "licences", "licence-of-llama-descendants", at_least)
