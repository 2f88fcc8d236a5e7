"""The embedded engine, KGLite."""

from __future__ import annotations

from graph.engines.port.engine import Engine
from graph.engines.port.limits import Limits
from graph.engines.port.ports import GraphStore


def _open(url: str, _user: str, _password: str, limits: Limits) -> GraphStore:
    from graph.engines.kglite.store import KgliteStore

    return KgliteStore.open(url, limits)


ENGINE = Engine(schemes=("kglite",), form="kglite:///PATH (a file)", open_store=_open)
