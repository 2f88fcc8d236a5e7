"""KGLite: the embedded engine. In-process, Neo4j's dialect of Cypher, one file.

A build opens the file for writing (one writer at a time) and saves it when it is whole. Readers
hold the last saved state and take up a new one when the file changes, so they never see a build
half done, in this process or another.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import kglite
import networkx as nx

from graph.catalogue.model import Strength
from graph.engines.console import Workers
from graph.engines.console.frames import ConsoleRequest
from graph.engines.port import statements
from graph.engines.port.limits import DEFAULT, Limits
from graph.engines.port.ports import (
    Batch,
    Direction,
    GraphState,
    QueryFailed,
    Row,
    StoreError,
    Table,
)
from graph.engines.port.traversal import walk

kglite.set_query_warning_policy("silent")  # they stand in the diagnostics
CHUNK = 10_000  # rows an UNWIND
CONSOLES = 2  # processes for console queries, each with the graph in its memory
Stamp = tuple[int, int, int]


class KgliteStore:
    """A graph in one file."""

    def __init__(self, path: Path, limits: Limits = DEFAULT) -> None:
        self._path = path
        target = {"path": str(path.absolute())}
        self._workers = Workers(f"{__package__}.session", target, limits, CONSOLES)
        self._lock = threading.Lock()
        self._session: Any = None
        self._stamp: Stamp | None = None

    @classmethod
    def open(cls, url: str, limits: Limits = DEFAULT) -> KgliteStore:
        """Open ``kglite:///PATH`` (four slashes: absolute). The file may not exist yet."""
        parts = urlsplit(url)
        path = unquote(parts.path).removeprefix("/")
        if parts.netloc or not path:
            raise StoreError(
                "HERDBOOK_GRAPH_URL: write kglite:///PATH (four slashes for an absolute one)"
            )
        return cls(Path(path), limits)

    def state(self) -> GraphState:
        """Return the build that the saved graph comes from. One under way is not seen in it."""
        session = self._reader()
        if session is None:
            return GraphState()
        rows = session.cypher("MATCH (b:Build) RETURN b.id AS id").to_list()
        return GraphState(rows[0]["id"] if rows else None)

    def prepare(self) -> None:
        """Nothing to do before: a write makes the file ready itself."""

    def write(self, build: str, batches: Iterable[Batch], *, fresh: bool) -> None:
        """Apply a build; a fresh one goes to a new file that then takes the old one's place."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        target = self._path.with_suffix(".new.kgl") if fresh else self._path
        if fresh:
            _remove(target)
        with _writer(target) as session:
            for statement in statements.constraints():
                session.execute(statement)
            for batch in batches:
                _apply(session, batch)
            session.execute("MATCH (b:Build) DETACH DELETE b")
            session.execute("CREATE (:Build {id: $id})", params={"id": build})
            session.save()
        if fresh:
            _forget_log(self._path)
            target.replace(self._path)
            _remove(target)

    def lineage(
        self, artifact_id: str, direction: Direction, depth: int, at_least: Strength, limit: int
    ) -> nx.MultiDiGraph[str]:
        """Walk the lineage, a query a level and label."""
        session = self._reader()
        if session is None:
            return nx.MultiDiGraph(truncated=False)
        strengths = [s.word for s in Strength if s >= at_least]

        def rows(query: str, ids: list[str]) -> Iterator[Row]:
            for label, some in statements.by_label(ids).items():
                parameters = {"ids": some, "strengths": strengths}
                yield from session.cypher(
                    query.replace("LABEL", label), params=parameters
                ).to_list()

        def step(frontier: list[str], towards_parents: bool) -> Iterable[Row]:
            return rows(statements.PARENTS if towards_parents else statements.CHILDREN, frontier)

        return walk(
            artifact_id, direction, depth, limit, step, lambda ids: rows(statements.DESCRIBE, ids)
        )

    def cypher(
        self, query: str, parameters: Mapping[str, Any], *, seconds: float, rows: int | None
    ) -> Table:
        """Run a reading statement on the saved graph."""
        stamp = self._saved()
        if stamp is None:
            raise QueryFailed("the graph is empty: run `herdbook build` first")
        return self._workers.ask(ConsoleRequest(query, dict(parameters), seconds, rows), stamp)

    def close(self) -> None:
        """Let go of the loaded graph, and end the console's processes."""
        self._workers.close()
        with self._lock:
            self._session = self._stamp = None

    def _reader(self) -> Any:
        """Return a session on the saved file, loaded anew if the file is another; None if none."""
        stamp = self._saved()
        if stamp is None:
            return None
        with self._lock:
            if stamp != self._stamp:
                try:
                    self._session = kglite.open_session(str(self._path))
                except kglite.KgError as error:
                    raise StoreError(f"{self._path} cannot be read: {error}") from None
                self._stamp = stamp
            return self._session

    def _saved(self) -> Stamp | None:
        """Return what tells one saved state of the file from another; None without a file."""
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return None
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size)


@contextmanager
def _writer(path: Path) -> Iterator[Any]:
    try:
        # Without a log: nothing of a build outlives its failure, nor is saved before its end.
        session = kglite.open_session(str(path), durable="off", storage="memory")
    except kglite.WriterLeaseHeldError as error:
        raise StoreError(f"another build is writing the graph: {error}") from None
    except kglite.KgError as error:
        raise StoreError(f"{path} cannot be opened for writing: {error}") from None
    with session:  # leaving it by an exception saves nothing
        yield session


def _apply(session: Any, batch: Batch) -> None:
    """Apply one batch in one transaction."""
    with session.begin() as transaction:
        for statement, parameters in statements.of_batch(batch, CHUNK):
            transaction.cypher(statement, params=parameters)


def _forget_log(path: Path) -> None:
    """Remove the log of a file that is about to be replaced whole."""
    for suffix in ("-wal",):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", ".lock", ".lock-owner"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
