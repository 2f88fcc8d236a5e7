"""The questions that analysts ask, one file each: frozen results from the query library.

Each question is asked of a Cypher console, for lineage of a strength and firmer.
"""

from __future__ import annotations

from collections.abc import Callable

from graph.catalogue.model import Strength
from graph.engines.port.ports import CypherConsole
from graph.footprint.at_a_glance import at_a_glance
from graph.footprint.authors import authors
from graph.footprint.brand import brand
from graph.footprint.families import families
from graph.footprint.growth import growth
from graph.footprint.licences import licences
from graph.footprint.outcomes import outcomes
from graph.footprint.relations import relations
from graph.footprint.result import Result, to_json

__all__ = ["QUESTIONS", "Result", "to_json"]

QUESTIONS: dict[str, Callable[[CypherConsole, Strength], Result]] = {
    "at-a-glance": at_a_glance,
    "families": families,
    "brand": brand,
    "licences": licences,
    "outcomes": outcomes,
    "growth": growth,
    "authors": authors,
    "relations": relations,
}
