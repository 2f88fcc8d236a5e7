"""Answers from a server that speaks Bolt, inside a worker.

A statement is explained first, which runs nothing of it; what the plan admits runs in a session
for reading, with its time known to the server. The worker is ended where the server does not keep
to it, and its connection with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import neo4j
from neo4j import READ_ACCESS, GraphDatabase, Record
from neo4j.exceptions import Neo4jError

from graph.engines.bolt import interruptible, plans
from graph.engines.bolt.address import Address
from graph.engines.bolt.errors import explained
from graph.engines.bolt.values import plain_value
from graph.engines.console import confine, gate
from graph.engines.console.frames import ConsoleRequest
from graph.engines.console.rows import within
from graph.engines.port.ports import QueryFailed, QueryRefused, QueryTimeout

BATCH = 100  # rows that the server sends at a time: more than fit are never on their way
_PLACE = re.compile(r"\(line (\d+), column (\d+)[^)]*\)+")
_READING = ("Statement.AccessMode", "Security.Forbidden", "Transaction.ForbiddenDueToTransaction")
_STATEMENTS = ("Neo.ClientError.Statement.", "Neo.ClientError.Procedure.", "Neo.DatabaseError.")
_LATE = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration", "Terminated")


class Session:
    """A database of a server, asked for reading."""

    def __init__(self, target: Mapping[str, Any], size: int, memory: int) -> None:
        self._size = size
        self._address = Address(**target)
        with explained(self._address):
            self._driver = GraphDatabase.driver(
                self._address.uri,
                **self._address.options(),
                liveness_check_timeout=1,
                max_connection_pool_size=1,
            )
        confine.keep_memory(memory)

    def answer(self, asked: ConsoleRequest) -> dict[str, Any]:
        """Admit and run one query. Raises the port's errors."""
        statement = gate.single(asked.query)
        interruptible.admit(statement, asked.parameters)
        with (
            explained(self._address),
            _told(asked.seconds),
            self._driver.session(
                database=self._address.database,
                default_access_mode=READ_ACCESS,
                fetch_size=BATCH,
            ) as session,
        ):
            _admit(session, statement, asked)
            return self._run(session, statement, asked)

    def _run(self, session: neo4j.Session, statement: str, asked: ConsoleRequest) -> dict[str, Any]:
        with session.begin_transaction(timeout=asked.seconds) as transaction:
            result = transaction.run(statement, asked.parameters)
            rows = within(_rows(result, asked.rows), self._size)
            cut = asked.rows is not None and result.peek() is not None
            return {"columns": list(result.keys()), "rows": rows, "truncated": cut}


def _admit(session: neo4j.Session, statement: str, asked: ConsoleRequest) -> None:
    """Judge a statement by its plan, before it runs."""
    with session.begin_transaction(timeout=asked.seconds) as transaction, _lines_before():
        told = transaction.run(f"EXPLAIN\n{statement}", asked.parameters).consume()
    plans.admit(plans.read(told.query_type, told.plan))


def _rows(result: Iterator[Record], most: int | None) -> Iterator[list[Any]]:
    count = 0
    while most is None or count < most:
        record = next(result, None)
        if record is None:
            return
        count += 1
        yield [plain_value(value) for value in record.values()]


@contextmanager
def _lines_before() -> Iterator[None]:
    """Name the place of an error as the person counts, without the EXPLAIN before it."""
    try:
        yield
    except Neo4jError as error:
        if _kind(error) == "failed":
            raise QueryFailed(_said(error, lines_before=1)) from None
        raise


@contextmanager
def _told(seconds: float) -> Iterator[None]:
    """Turn the server's errors over a statement into the port's; leave those over itself."""
    try:
        yield
    except Neo4jError as error:
        match _kind(error):
            case "server":
                raise
            case "refused":
                raise QueryRefused("the console only reads: nothing else is let in") from None
            case "late":
                raise QueryTimeout(f"the query took longer than {seconds:g} s") from None
            case "memory":
                raise QueryFailed("the query needed more memory than the server gives") from None
            case _:
                raise QueryFailed(_said(error)) from None


def _kind(error: Neo4jError) -> str:
    code = error.code or ""
    if code.endswith(_READING):
        return "refused"
    if code.endswith(_LATE):
        return "late"
    if code.endswith("OutOfMemoryError"):
        return "memory"
    return "failed" if code.startswith(_STATEMENTS) else "server"


def _said(error: Neo4jError, lines_before: int = 0) -> str:
    """Return the first line of a message, its place as ``line L, column C``."""

    def counted(found: re.Match[str]) -> str:
        return f"(line {int(found[1]) - lines_before}, column {found[2]})"

    return _PLACE.sub(counted, (error.message or "it could not be done").partition("\n")[0])
