"""Neo4j, or another server that speaks Bolt, over its driver.

Many readers, one writer at a time. A build does not appear at once but artifact by artifact, each
with its edges whole; the graph says which build it is of and which one is under way.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import networkx as nx
from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, ManagedTransaction, Session

from graph.catalogue.model import Strength
from graph.engines.bolt import statements as bolt_statements
from graph.engines.bolt.address import SETTING, Address
from graph.engines.bolt.console import BoltConsole
from graph.engines.bolt.errors import explained
from graph.engines.bolt.writing import FORM, Writing
from graph.engines.port import statements
from graph.engines.port.limits import DEFAULT, Limits
from graph.engines.port.ports import Batch, Direction, GraphState, Row, StoreError, Table
from graph.engines.port.traversal import walk

RETRIES = 2.0  # seconds that a reader tries again: as long as a person waits
WALKS = 5  # tries to walk a lineage between two batches, of which two may arrive in a second
OUTLIVE = 60.0  # seconds that a build tries again, so that it outlives a restart of the server

# It would tell of each attempt on standard error; what comes of them is told by `explained`.
logging.getLogger("neo4j").setLevel(logging.CRITICAL)


class BoltStore:
    """A graph in a database of a server."""

    def __init__(self, address: Address, limits: Limits = DEFAULT) -> None:
        self._console = BoltConsole(address, limits)
        self._address = address
        self._reading = _driver(address, RETRIES)

    @classmethod
    def open(
        cls, url: str, user: str = "", password: str = "", limits: Limits = DEFAULT
    ) -> BoltStore:
        """Open a server by URL; it is not asked yet. Raises StoreError for a wrong URL."""
        return cls(Address.of(url, user, password), limits)

    def state(self) -> GraphState:
        """Return which build is whole and which is under way."""
        told = self._build()
        return GraphState(told["build"], told["under_way"]) if told else GraphState()

    def prepare(self) -> None:
        """Declare keys and indexes, in a database that is empty or Herdbook's own."""
        told = self._build()
        with self._session(self._reading, WRITE_ACCESS) as session:
            if told is None and session.run(bolt_statements.ANY).single(strict=True)[0]:
                raise StoreError(
                    f"{SETTING}: {self._address.uri} holds a graph that Herdbook did not write: "
                    "name an empty database"
                )
            if told and (told["form"] or 0) > FORM:
                raise StoreError(
                    f"{SETTING}: the graph at {self._address.uri} was written by a newer "
                    "Herdbook: update this one, or name another database"
                )
            for statement in statements.constraints():
                session.run(statement).consume()

    def write(self, build: str, batches: Iterable[Batch], *, fresh: bool) -> None:
        """Write a build, a transaction a batch."""
        self.prepare()
        with _driver(self._address, OUTLIVE) as driver:
            Writing(partial(self._session, driver, WRITE_ACCESS), build, fresh=fresh).run(batches)

    def lineage(
        self, artifact_id: str, direction: Direction, depth: int, at_least: Strength, limit: int
    ) -> nx.MultiDiGraph[str]:
        """Walk the lineage, a query a level and label, in one transaction.

        It is walked again where a batch arrived meanwhile: the server shows each query the newest.
        """
        strengths = [s.word for s in Strength if s >= at_least]

        def work(transaction: ManagedTransaction) -> tuple[nx.MultiDiGraph[str], bool]:
            def rows(query: str, ids: list[str]) -> Iterator[Row]:
                for label, some in statements.by_label(ids).items():
                    asked = {"ids": some, "strengths": strengths}
                    yield from transaction.run(query.replace("LABEL", label), asked).data()

            def step(frontier: list[str], towards_parents: bool) -> Iterable[Row]:
                way = statements.PARENTS if towards_parents else statements.CHILDREN
                return rows(way, frontier)

            def describe(ids: list[str]) -> Iterable[Row]:
                return rows(statements.DESCRIBE, ids)

            before = _told(transaction)
            found = walk(artifact_id, direction, depth, limit, step, describe)
            return found, _told(transaction) == before

        with self._session(self._reading, READ_ACCESS) as session:
            for _ in range(WALKS):
                found, of_one_moment = session.execute_read(work)
                if of_one_moment:
                    break
            return found

    def cypher(
        self, query: str, parameters: Mapping[str, Any], *, seconds: float, rows: int | None
    ) -> Table:
        """Run a reading statement, in a process of its own."""
        return self._console.cypher(query, parameters, seconds=seconds, rows=rows)

    def close(self) -> None:
        """Close the connections, and the console's."""
        self._console.close()
        self._reading.close()

    def _build(self) -> Row | None:
        with self._session(self._reading, READ_ACCESS) as session:
            return session.execute_read(_told)

    @contextmanager
    def _session(self, driver: Driver, access: str) -> Iterator[Session]:
        with (
            explained(self._address),
            driver.session(
                database=self._address.database,
                default_access_mode=access,
                # In a cluster, a session sees what the one before has left.
                bookmark_manager=driver.execute_query_bookmark_manager,
            ) as session,
        ):
            yield session


def _told(transaction: ManagedTransaction) -> Row | None:
    """Return what the graph says of its builds."""
    found = transaction.run(bolt_statements.STATE).single()
    return found.data() if found else None


def _driver(address: Address, retries: float) -> Driver:
    """Open a driver; it connects when it is first used."""
    with explained(address):
        return GraphDatabase.driver(
            address.uri,
            **address.options(),
            max_transaction_retry_time=retries,
        )
