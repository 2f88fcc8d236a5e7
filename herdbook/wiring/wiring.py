"""Wiring: settings to the parts that commands use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from os import cpu_count
from pathlib import Path

from sqlalchemy import Engine

from crawler.hub import Hub
from graph.engines import open_graph, open_offline, without_secrets
from graph.engines.port.limits import Limits
from graph.engines.port.ports import CypherConsole, GraphStore, StoreError
from graph.pipeline.build import BuildReport, Progress, build
from graph.pipeline.plan import Choices
from graph.storage.database import open_database
from graph.storage.read_model import ReadModel
from graph.storage.triage import Triage
from herdbook.wiring.migrate import upgrade
from herdbook.wiring.settings import Settings


@dataclass(frozen=True)
class Wiring:
    """Everything a command may need, made when it is first asked for."""

    settings: Settings
    offline: Path | None = None
    """A folder to write the graph to, as files for the server's import, in the server's place."""

    @cached_property
    def engine(self) -> Engine:
        """The database, brought up to date."""
        engine = open_database(self.settings.database)
        upgrade(engine)
        return engine

    @cached_property
    def store(self) -> GraphStore:
        """The graph."""
        chosen = self.settings
        if self.offline:
            return open_offline(chosen.graph, self.offline)
        password = chosen.graph_password.get_secret_value()
        limits = Limits(chosen.cypher_bytes, chosen.cypher_memory)
        return open_graph(chosen.graph, chosen.graph_user, password, limits)

    @property
    def console(self) -> CypherConsole:
        """The graph's console. Raises StoreError for an engine that has none."""
        if not isinstance(self.store, CypherConsole):
            raise StoreError("HERDBOOK_GRAPH_URL: this engine answers no Cypher")
        return self.store

    @cached_property
    def read_model(self) -> ReadModel:
        """The register."""
        return ReadModel(self.engine)

    @cached_property
    def triage(self) -> Triage:
        """Where annotations to findings are taken."""
        return Triage(self.engine)

    @cached_property
    def hub(self) -> Hub:
        """The Hub, by HF_ENDPOINT and HF_TOKEN."""
        return Hub()

    def build(
        self,
        progress: Progress = lambda _done, _all: None,
        *,
        fresh: bool = False,
        waiting: Callable[[], None] = lambda: None,
    ) -> BuildReport:
        """Bring the graph up to date, after another build if one is under way."""
        return build(
            self.engine,
            self.store,
            without_secrets(self.settings.graph),
            progress,
            fresh=fresh,
            choices=Choices(self.settings.inference_threshold, self.settings.policies),
            processes=self.settings.processes or cpu_count() or 1,
            waiting=waiting,
        )

    def build_if_empty(self) -> None:
        """Build the graph if it was never built (or its file is gone), so that it can be asked."""
        if self.store.state().build is None and not self.read_model.is_empty():
            self.build()
