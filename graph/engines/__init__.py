"""Graph engines: one folder each, found by the ``ENGINE`` that it declares."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from graph.catalogue.folder import modules
from graph.engines.port.engine import Engine
from graph.engines.port.limits import DEFAULT, Limits
from graph.engines.port.ports import GraphStore, OfflineStore, StoreError


@cache
def engines() -> dict[str, Engine]:
    """Return the engines by the schemes of their URLs."""
    found: dict[str, Engine] = {}
    for folder in modules(__name__):
        if (declared := getattr(folder, "ENGINE", None)) is not None:
            found |= dict.fromkeys(declared.schemes, declared)
    return found


def engine_of(url: str) -> Engine:
    """Return the engine that a URL names. Raises StoreError, which lists those that there are."""
    scheme = url.partition(":")[0]
    if (found := engines().get(scheme)) is None:
        known = _forms(*engines().values())
        raise StoreError(f"HERDBOOK_GRAPH_URL: {scheme or 'it'} names no engine; write {known}")
    return found


def open_graph(
    url: str, user: str = "", password: str = "", limits: Limits = DEFAULT
) -> GraphStore:
    """Open the engine that a URL names, as ``create_engine`` does for SQL. Raises StoreError.

    ``user`` and ``password`` are for servers, where the URL does not hold them; ``limits`` are
    the console's.
    """
    return engine_of(url).open_store(url, user, password, limits)


def open_offline(url: str, folder: Path) -> OfflineStore:
    """Take a folder in the place of the graph that a URL names. Raises StoreError."""
    if (take := engine_of(url).offline) is None:
        loaded = [engine for engine in engines().values() if engine.offline]
        raise StoreError(
            f"HERDBOOK_GRAPH_URL must name the server that the files are for: {_forms(*loaded)}"
        )
    return take(folder)


def without_secrets(url: str) -> str:
    """Return a URL as it may be shown and stored. Raises StoreError for one of no engine."""
    return engine_of(url).without_secrets(url)


def _forms(*some: Engine) -> str:
    return " or ".join(sorted({engine.form for engine in some}))
