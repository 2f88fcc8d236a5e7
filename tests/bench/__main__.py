"""`make bench`: how fast the main job is, as ratios to a baseline measured in the same run.

Machines are noisy: medians of several runs, and beside each figure a plain baseline (reading the
same files with gzip and orjson alone; the answer of /healthz; making the artifacts that are
judged), so that ratios can be compared between machines.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench import shares
from tests.bench.counters import measure_counters
from tests.bench.hostile import measure_hostile
from tests.bench.hub import measure_hub
from tests.bench.judging import measure_judging
from tests.bench.kills import kill_builds
from tests.bench.latency import measure_latency
from tests.bench.load import measure_load, measure_postgresql
from tests.bench.servers import HEAP, measure_servers
from tests.places import SHARED
from tests.services import jars, postgres
from tests.services.neo4j import Neo4j

SERIES = SHARED / "hub" / "series"
Given = argparse.Namespace


def main() -> None:
    """Measure what is asked for, and print it, or JSON with --json."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "what", nargs="*", help=f"{', '.join(MEASURED)} (default: all), {', '.join(ON_DEMAND)}"
    )
    parser.add_argument("--source", type=Path, default=SERIES, help="snapshots to load")
    parser.add_argument("--runs", type=int, default=3, help="runs of the load")
    parser.add_argument("--requests", type=int, default=300, help="requests a path")
    parser.add_argument("--size", type=int, default=1_000_000, help="descendants to judge")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2], help="that judge")
    parser.add_argument("--cards", type=float, default=shares.FETCHED, help="share with a card")
    parser.add_argument("--texts", type=int, default=10_000, help="mutated texts to judge")
    parser.add_argument("--models", type=int, default=1_000_000, help="on a graph server")
    parser.add_argument("--kills", type=int, default=10, help="of builders, and of servers")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    known = MEASURED | ON_DEMAND
    if unknown := set(given.what) - known.keys():
        parser.error(f"{', '.join(sorted(unknown))}: none of {', '.join(known)}")
    for name in given.what or MEASURED:
        for row in known[name](given):
            told = json.dumps({name: asdict(row)}) if given.json else str(row)
            print(told, flush=True)  # noqa: T201


def _load(given: Given) -> Iterator[Any]:
    """Yield the load and then, of what was loaded, the latencies."""
    if not given.source.exists():
        sys.exit(f"{given.source} is not there: give snapshots by --source")
    load, home = measure_load(given.source, given.runs)
    yield load
    yield from measure_latency(home, given.requests)


def _postgresql(given: Given) -> Iterator[Any]:
    """Yield the load with PostgreSQL, where there is one."""
    if absent := postgres.missing():
        sys.stderr.write(f"postgresql: {absent}\n")
        return
    yield measure_postgresql(given.source, given.runs)


def _servers(given: Given) -> Iterator[Any]:
    """Yield a graph server's loads, answers and import, where it can be started."""
    if absent := jars.missing():
        sys.stderr.write(f"servers: {absent}\n")
        return
    yield from measure_servers(given.models, given.requests)


def _kills(given: Given) -> Iterator[Any]:
    """Yield what came of builds that were cut off."""
    with (
        tempfile.TemporaryDirectory(prefix="herdbook-kills-") as folder,
        Neo4j.start(Path(folder), heap=HEAP) as server,
    ):
        yield kill_builds(server, given.models, given.kills)


MEASURED: dict[str, Callable[[Given], Iterator[Any]]] = {
    "load": _load,
    "counters": lambda given: iter([measure_counters(given.source)]),
    "postgresql": _postgresql,
    "judging": lambda given: (
        measure_judging(given.size, processes, given.cards) for processes in given.processes
    ),
    "hostile": lambda given: measure_hostile(given.texts),
    "servers": _servers,
}
ON_DEMAND = {  # too long for every time
    "kills": _kills,
    "hub": lambda given: measure_hub(given.source, given.models),
}

main()
