"""The Cypher console of a server that speaks Bolt: admitted by the plan, in workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from graph.engines.bolt.address import Address
from graph.engines.console import Workers
from graph.engines.console.frames import ConsoleRequest
from graph.engines.port.limits import DEFAULT, Limits
from graph.engines.port.ports import Table

CONSOLES = 4  # processes for console queries, each with a connection


class BoltConsole:
    """Asks one database. Nothing is opened before the first query."""

    def __init__(self, address: Address, limits: Limits = DEFAULT) -> None:
        self._workers = Workers(f"{__package__}.session", asdict(address), limits, CONSOLES)

    def cypher(
        self, query: str, parameters: Mapping[str, Any], *, seconds: float, rows: int | None
    ) -> Table:
        """Run a reading statement; see `graph.engines.port.ports.CypherConsole`."""
        return self._workers.ask(ConsoleRequest(query, dict(parameters), seconds, rows))

    def close(self) -> None:
        """End the processes, and their connections with them."""
        self._workers.close()
