"""A graph server's loads and answers, on a graph of any size.

The load by Bolt is held against a plain loader on the same rows, the import from files against
neo4j-admin alone on the same files; each on a server of its own, one after the other.
"""

from __future__ import annotations

import os
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import httpx
import psutil

from graph.engines import open_graph
from graph.engines.bolt.offline import SCRIPT, OfflineFiles
from graph.engines.port.ports import Batch
from tests.bench import plain_loader, population
from tests.bench.latency import lineage_times, server_at
from tests.services.neo4j import Neo4j

HEAP = "3g"


@dataclass(frozen=True)
class Figure:
    """One figure, with its unit."""

    what: str
    value: float
    unit: str

    def __str__(self) -> str:
        return f"{self.what}: {self.value:.2f} {self.unit}"


def measure_servers(models: int, requests: int) -> Iterator[Figure]:
    """Load, ask, and import a graph of so many models."""
    with tempfile.TemporaryDirectory(prefix="herdbook-servers-") as made:
        yield from _loads(Path(made), models, requests)
        yield from _import(Path(made), models)


def _loads(folder: Path, models: int, requests: int) -> Iterator[Figure]:
    def rows() -> Iterator[Batch]:
        return population.batches(models)

    with Neo4j.start(folder / "plain", heap=HEAP) as server:
        plain = yield from _timed(
            "plain loader", server, lambda: plain_loader.load(server.address, rows())
        )
    with Neo4j.start(folder / "ours", heap=HEAP) as server:
        store = open_graph(server.url)
        ours = yield from _timed("build", server, lambda: store.write("first", rows(), fresh=True))
        yield Figure("the build's pace", plain / ours, "times the plain loader's")
        yield from _timed(
            "build over an older one", server, lambda: store.write("again", rows(), fresh=True)
        )
        yield from _asked(folder / "home", server, models, requests)


def _timed(what: str, server: Neo4j, work: Callable[[], object]) -> Generator[Figure, None, float]:
    process, own = psutil.Process(server.pid), psutil.Process()
    before, here, started = process.cpu_times(), own.cpu_times(), time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    yield Figure(what, seconds, "s")
    yield Figure(f"{what}: processor, server", process.cpu_times().user - before.user, "s")
    yield Figure(f"{what}: processor, client", own.cpu_times().user - here.user, "s")
    return seconds


def _asked(home: Path, server: Neo4j, models: int, requests: int) -> Iterator[Figure]:
    picks = random.Random(1)  # noqa: S311 (no secret)
    ids = [population.model_id(picks.randrange(models)) for _ in range(requests)]
    with (
        server_at(home, HERDBOOK_GRAPH_URL=server.url) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        for direction in ("up", "both"):
            cuts = quantiles(lineage_times(client, ids, direction), n=100)
            yield Figure(f"lineage {direction} by REST, p50", cuts[49], "ms")
            yield Figure(f"lineage {direction} by REST, p99", cuts[98], "ms")


def _import(folder: Path, models: int) -> Iterator[Figure]:
    files = folder / "files"
    started = time.perf_counter()
    OfflineFiles(files).write("bench", population.batches(models), fresh=True)
    written = time.perf_counter() - started
    alone = _admin_alone(folder / "alone", files)
    ours = _imported(folder / "imported", files)
    yield Figure("files written", written, "s")
    yield Figure("files imported by the script", ours, "s")
    yield Figure("the script's pace", alone / ours, "times neo4j-admin's alone on ready files")
    yield Figure("the same with the files' writing", alone / (written + ours), "times")


def _imported(folder: Path, files: Path) -> float:
    server = Neo4j(folder, HEAP, None)
    server.write_settings()
    command = server.admin_command(folder / "neo4j-admin")
    environment = {**os.environ, "NEO4J_ADMIN": str(command)}
    started = time.perf_counter()
    subprocess.run([files / SCRIPT], env=environment, check=True, capture_output=True)
    return time.perf_counter() - started


def _admin_alone(folder: Path, files: Path) -> float:
    """Time neo4j-admin on the files as a person would call it, a file an option."""
    server = Neo4j(folder, HEAP, None)
    server.write_settings()
    options = []
    for path in sorted(files.glob("*.csv")):
        kind, *ends = path.stem.split(".")
        options.append(f"--{'relationships' if ends else 'nodes'}={kind}={path}")
    started = time.perf_counter()
    server.admin("database", "import", "full", *options, "--overwrite-destination", "neo4j")
    return time.perf_counter() - started
