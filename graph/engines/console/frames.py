"""Messages between the store and its workers: a length, then JSON. No code travels."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import IO, Any

import orjson

from graph.engines.port.ports import (
    QueryFailed,
    QueryRefused,
    QueryTimeout,
    ResultTooLarge,
    StoreError,
    Table,
)

HEAD = 8  # bytes of a length
_KINDS: dict[str, type[Exception]] = {
    kind.__name__: kind
    for kind in (QueryRefused, QueryFailed, QueryTimeout, ResultTooLarge, StoreError)
}


@dataclass(frozen=True, slots=True)
class ConsoleRequest:
    """A query with its parameters, its time in seconds, and how many rows are wanted."""

    query: str
    parameters: dict[str, Any]
    seconds: float
    rows: int | None


def packed(message: dict[str, Any]) -> bytes:
    """Return a message as it is sent."""
    body = orjson.dumps(message)
    return len(body).to_bytes(HEAD, "big") + body


def of_request(request: ConsoleRequest) -> bytes:
    """Return a question as it is sent. Raises QueryFailed for a parameter that is no value."""
    try:
        return packed(asdict(request))
    except orjson.JSONEncodeError as error:
        raise QueryFailed(f"a parameter cannot be sent: {error}") from None


def of_error(error: Exception) -> dict[str, Any]:
    """Return one of the port's errors as a message."""
    return {"error": type(error).__name__, "message": str(error)}


def table(message: dict[str, Any]) -> Table:
    """Return an answer, or raise the error that it is."""
    if "error" in message:
        raise _KINDS[message["error"]](message["message"])
    return Table(message["columns"], message["rows"], truncated=message["truncated"])


def received(source: IO[bytes]) -> dict[str, Any] | None:
    """Read a message; None at the end, also of one that breaks off."""
    head = source.read(HEAD)
    length = int.from_bytes(head, "big")
    body = source.read(length) if len(head) == HEAD else b""
    return orjson.loads(body) if body and len(body) == length else None
