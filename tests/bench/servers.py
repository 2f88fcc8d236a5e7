"""`python -m tests.bench.servers`: a graph server's loads and answers, on a graph of any size.

The load by Bolt is held against a plain loader on the same rows, the import from files against
neo4j-admin alone on the same files; both on servers of their own, one after the other.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

import httpx
import psutil

from graph.stores import open_graph
from graph.stores.offline import SCRIPT, OfflineFiles
from tests.bench import plain_loader, population
from tests.bench.latency import lineage_times, server_at
from tests.services.neo4j import Neo4j

HEAP = "3g"


def main() -> None:
    """Measure and print a line for each figure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.servers", description=__doc__)
    parser.add_argument("--models", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=500)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="herdbook-servers-"))
    try:
        _loads(folder, given.models, given.requests)
        _import(folder, given.models)
    finally:
        shutil.rmtree(folder)


def _loads(folder: Path, models: int, requests: int) -> None:
    with Neo4j.start(folder / "plain", heap=HEAP) as server:
        plain = _timed(
            "plain loader",
            server,
            lambda: plain_loader.load(server.address, population.batches(models)),
        )
    with Neo4j.start(folder / "ours", heap=HEAP) as server:
        store = open_graph(server.url)
        ours = _timed(
            "herdbook", server, lambda: store.write("bench", population.batches(models), fresh=True)
        )
        print(f"the load is {plain / ours:.2f} times as fast as the plain one")  # noqa: T201
        again = _timed(
            "herdbook over it",
            server,
            lambda: store.write("again", population.batches(models), fresh=True),
        )
        print(f"a whole build over an older one takes {again / ours:.2f} times the first")  # noqa: T201
        _ask(folder / "home", server, models, requests)


def _timed(name: str, server: Neo4j, work: Callable[[], object]) -> float:
    process, own = psutil.Process(server.pid), psutil.Process()
    before, ours, started = process.cpu_times(), own.cpu_times(), time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    busy, here = process.cpu_times().user - before.user, own.cpu_times().user - ours.user
    print(f"{name}: {seconds:.1f} s; {busy:.0f} s of processor in the server, {here:.0f} s here")  # noqa: T201
    return seconds


def _ask(home: Path, server: Neo4j, models: int, requests: int) -> None:
    picks = random.Random(1)  # noqa: S311 (no secret)
    ids = [population.model_id(picks.randrange(models)) for _ in range(requests)]
    with (
        server_at(home, HERDBOOK_GRAPH_URL=server.url) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        for direction in ("up", "both"):
            cuts = quantiles(lineage_times(client, ids, direction), n=100)
            print(f"lineage {direction} by REST: p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms")  # noqa: T201


def _import(folder: Path, models: int) -> None:
    files = folder / "files"
    started = time.perf_counter()
    OfflineFiles(files).write("bench", population.batches(models), fresh=True)
    written = time.perf_counter() - started
    both = [_imported(folder / f"imported-{n}", files) for n in range(2)]
    alone = _admin_alone(folder / "alone", files)
    print(f"files written in {written:.1f} s, imported in {min(both):.1f} s")  # noqa: T201
    print(  # noqa: T201
        f"neo4j-admin alone on ready files takes {alone:.1f} s: the script {alone / min(both):.2f} "
        f"times as fast, with the writing of the files {alone / (written + min(both)):.2f}"
    )


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


if __name__ == "__main__":
    main()
