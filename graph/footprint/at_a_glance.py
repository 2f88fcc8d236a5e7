"""The footprint in one row."""

from __future__ import annotations

from graph.footprint.result import Result, ask
from graph.model import Strength
from graph.ports import CypherConsole


def at_a_glance(console: CypherConsole, at_least: Strength) -> Result:
    """Count models, Llama's share of them, their downloads, authors, data sets and findings."""
    return ask(console, "at-a-glance", "at-a-glance", at_least)
