"""Graph engines: one module each, named as its URL scheme."""

from __future__ import annotations

from urllib.parse import urlsplit

from graph.ports import GraphStore, StoreError


def open_graph(url: str) -> GraphStore:
    """Open the engine that a URL names, as ``create_engine`` does for SQL. Raises StoreError."""
    scheme = urlsplit(url).scheme
    match scheme:
        case "kglite":
            from graph.stores.kglite import KgliteStore

            return KgliteStore.open(url)
        case "memory":
            from graph.stores.memory import MemoryStore

            return MemoryStore()
        case _:
            raise StoreError(
                f"HERDBOOK_GRAPH_URL: {scheme or url!r} names no engine; try kglite:///PATH"
            )
