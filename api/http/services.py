"""What the API answers from: handed in by the door, so that routes know ports and not engines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request

from api.http.figures import Figures
from graph.engines.port.ports import CypherConsole, GraphStore
from graph.storage.read_model import ReadModel
from graph.storage.triage import Triage


@dataclass(frozen=True, slots=True)
class Services:
    """The register, the graph, its console, and the limits for strangers' questions.

    ``token`` is what one who answers findings over REST must show; without one nobody can.
    ``cypher_at_once`` is how many questions the console answers at a time: they are long, and
    the threads they hold are those of every other answer. ``neo4j_browser`` is the address of
    Neo4j Browser, where the graph can be asked there too.
    """

    read_model: ReadModel
    store: GraphStore
    console: CypherConsole
    triage: Triage
    token: str = field(default="", repr=False)
    cypher_seconds: float = 10.0
    cypher_rows: int = 1000
    cypher_at_once: int = 4
    lineage_nodes: int = 2000
    neo4j_browser: str = ""
    version: str = "0"
    figures: Figures = field(default_factory=Figures, repr=False, compare=False)


def of(request: Request) -> Services:
    """Return the services of the app that a request came to."""
    return cast("Services", request.app.state.services)


Given = Annotated[Services, Depends(of)]
