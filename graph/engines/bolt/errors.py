"""What a graph server's errors mean to the person who runs Herdbook, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
)

from graph.engines.bolt.address import SETTING, Address
from graph.engines.port.ports import StoreError


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """Turn the driver's errors into a StoreError that names the setting and what to do."""
    try:
        yield
    except (DriverError, Neo4jError) as error:
        raise StoreError(_said(error, address)) from None


def _said(error: DriverError | Neo4jError, address: Address) -> str:
    where = f"{SETTING}: {address.uri}"
    match error:
        case AuthError():
            return (
                f"{where} refuses the user or the password: set HERDBOOK_GRAPH_USER and "
                "HERDBOOK_GRAPH_PASSWORD, or write them into the URL"
            )
        case ConfigurationError():
            return f"{SETTING}: {error}"
        case DriverError():
            return f"{where} does not answer: start the server, or correct the address"
    code, told = str(error.code), str(error.message)
    if code.endswith(("DatabaseNotFound", "DatabaseUnavailable")):
        return f"{where}: {told}: correct the database at the URL's end, or make it"
    if code.endswith("MemoryPoolOutOfMemoryError"):
        return f"{where} ran out of memory: give its transactions more (docs/operations.md)"
    return f"{where} could not do it ({code}): {told}"
