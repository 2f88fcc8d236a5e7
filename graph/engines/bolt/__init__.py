"""Neo4j, or what else speaks Bolt."""

from __future__ import annotations

from pathlib import Path

from graph.engines.port.engine import Engine
from graph.engines.port.limits import Limits
from graph.engines.port.ports import GraphStore, OfflineStore


def _open(url: str, user: str, password: str, limits: Limits) -> GraphStore:
    from graph.engines.bolt.store import BoltStore

    return BoltStore.open(url, user, password, limits)


def _offline(folder: Path) -> OfflineStore:
    from graph.engines.bolt.offline import OfflineFiles

    return OfflineFiles(folder)


def _without_login(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


ENGINE = Engine(
    schemes=("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"),
    form="bolt://HOST:7687 (a server)",
    open_store=_open,
    without_secrets=_without_login,
    offline=_offline,
    neo4j_browser=True,
)
