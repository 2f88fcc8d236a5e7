"""A graph in memory, for tests and a first look."""

from __future__ import annotations

from graph.engines.port.engine import Engine
from graph.engines.port.limits import Limits
from graph.engines.port.ports import GraphStore


def _open(_url: str, _user: str, _password: str, _limits: Limits) -> GraphStore:
    from graph.engines.memory.store import MemoryStore

    return MemoryStore()


ENGINE = Engine(schemes=("memory",), form="memory:// (kept nowhere)", open_store=_open)
