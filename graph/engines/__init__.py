"""Graph engines: one module each, named as its URL scheme."""

from __future__ import annotations

from graph.engines.bolt.address import SCHEMES
from graph.engines.console import DEFAULT, Limits
from graph.engines.port.ports import GraphStore, StoreError


def open_graph(
    url: str, user: str = "", password: str = "", limits: Limits = DEFAULT
) -> GraphStore:
    """Open the engine that a URL names, as ``create_engine`` does for SQL. Raises StoreError.

    ``user`` and ``password`` are for servers, where the URL does not hold them; ``limits`` are
    the console's.
    """
    scheme = url.partition(":")[0]
    match scheme:
        case "kglite":
            from graph.engines.kglite.store import KgliteStore

            return KgliteStore.open(url, limits)
        case "memory":
            from graph.engines.memory.store import MemoryStore

            return MemoryStore()
        case _ if scheme in SCHEMES:
            from graph.engines.bolt.store import BoltStore

            return BoltStore.open(url, user, password, limits)
        case _:
            raise StoreError(
                f"HERDBOOK_GRAPH_URL: {scheme or 'it'} names no engine; try kglite:///PATH, or "
                "bolt://HOST:7687 for a server"
            )


def without_secrets(url: str) -> str:
    """Return a URL as it may be shown and stored: without user and password."""
    scheme, separator, rest = url.partition("://")
    if scheme not in SCHEMES:
        return url
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"
