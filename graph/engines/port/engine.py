"""What an engine's folder declares of itself, so that nothing outside has to name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.engines.port.limits import Limits
from graph.engines.port.ports import GraphStore, OfflineStore

Open = Callable[[str, str, str, Limits], GraphStore]


@dataclass(frozen=True, slots=True)
class Engine:
    """A graph engine. Its folder has one as ``ENGINE``, and imports its driver to open only."""

    schemes: tuple[str, ...]
    """What its URLs begin with, before the colon."""

    form: str
    """How a URL is written, for a message to whoever mistyped one."""

    open_store: Open
    """Opens by URL, with the user, the password and the console's limits. Raises StoreError."""

    without_secrets: Callable[[str], str] = str
    """Returns a URL as it may be shown."""

    offline: Callable[[Path], OfflineStore] | None = None
    """Takes a folder for files that the engine can be loaded with while it does not run."""

    neo4j_browser: bool = False
    """Whether Neo4j Browser can ask it too."""
