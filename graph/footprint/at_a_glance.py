"""The footprint in one row."""

from __future__ import annotations

from graph.catalogue.model import Strength
from graph.engines.port.ports import CypherConsole
from graph.footprint.result import Result, ask


def at_a_glance(console: CypherConsole, at_least: Strength) -> Result:
    """Count models, Llama's share of them, their downloads, authors, data sets and findings."""
    return ask(console, "at-a-glance", "at-a-glance", at_least)
