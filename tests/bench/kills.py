"""Builds that are cut off: the builder or the server killed at any moment, readers looking on.

A graph server holds one graph; builds of another are begun and cut off (SIGKILL). All the time a
reader asks for artifacts that are in both: each must be there, with every edge that both graphs
give it. Neo4j shows a commit while it is on its way, so that an artifact whose edges change may be
seen with some of the old ones and some of the new: that is counted. The build after that,
undisturbed, must leave exactly the other graph.
"""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from neo4j import Driver
from neo4j.exceptions import DriverError, Neo4jError

from graph.engines.port.ports import Batch
from tests.bench import population
from tests.bench.digest import of_batches, of_server
from tests.services.neo4j import Neo4j

OLD, NEW = 1, 2  # seeds
REMOVED = 50  # of the old graph's models, one of so many is not in the new one
Edge = tuple[str, str]
OUT = (
    "UNWIND $ids AS id OPTIONAL MATCH (m:Model {id: id}) "
    "RETURN id, m IS NOT NULL AS there, [(m)-[d]->(o) | [type(d), o.id]] AS edges"
)


@dataclass
class Seen:
    """What readers saw, and what was done meanwhile."""

    looks: int = 0
    wrong: list[str] = field(default_factory=list)
    mixed: int = 0
    builders_killed: int = 0
    servers_killed: int = 0
    outlived: int = 0
    refusals: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.builders_killed} builders and {self.servers_killed} servers killed "
            f"({self.outlived} builds outlived their server's end), {self.looks:,} looks at "
            f"artifacts, {len(self.wrong)} of them wrong{self.wrong[:5] or ''}, {self.mixed} in "
            f"the middle of a change; {self.seconds:.0f} s"
        )


def kill_builds(server: Neo4j, models: int, kills: int, *, seed: int = 0) -> Seen:
    """Kill the builder so many times, then the server; build once more; compare.

    Raises AssertionError where the graph is another than the undisturbed one.
    """
    chance = random.Random(seed)  # noqa: S311 (no secret)
    seen, started = Seen(), time.perf_counter()
    whole = _whole(server, OLD, models)
    with _reader(server, models, chance, seen):
        for _ in range(kills):
            with _builder(server, NEW, models) as builder:
                time.sleep(_moment(whole, chance))
                builder.kill()
            seen.builders_killed += 1
        for _ in range(kills):
            with _builder(server, NEW, models) as builder:
                time.sleep(_moment(whole, chance))
                server.kill()
                server.restart()
                seen.servers_killed += 1
                _, said = builder.communicate()
                seen.outlived += builder.returncode == 0
                seen.refusals += [said.decode().strip()] if builder.returncode else []
    _whole(server, NEW, models)
    held, wanted = of_server(server.address), of_batches(batches(NEW, models))
    assert held == wanted, f"the graph holds {held}, an undisturbed one {wanted}"
    seen.seconds = time.perf_counter() - started
    return seen


def batches(seed: int, models: int) -> Iterator[Batch]:
    """Yield the old graph, or the new one, which lacks some models of the old."""
    return population.batches(_models(seed, models), seed=seed, of=models)


def _models(seed: int, models: int) -> int:
    return models if seed == OLD else models - models // REMOVED


def _moment(whole: float, chance: random.Random) -> float:
    """Return when to kill, in seconds: as often early as late, on a scale of ratios."""
    return float(whole ** chance.random())


def _whole(server: Neo4j, seed: int, models: int) -> float:
    started = time.perf_counter()
    with _builder(server, seed, models) as builder:
        if builder.wait():
            raise RuntimeError("the undisturbed build failed")
    return time.perf_counter() - started


@contextmanager
def _builder(server: Neo4j, seed: int, models: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.bench.building", server.login_url, str(seed)]
    builder = subprocess.Popen([*command, str(models)], stderr=subprocess.PIPE)
    try:
        yield builder
    finally:
        builder.kill()
        builder.wait()


@contextmanager
def _reader(server: Neo4j, models: int, chance: random.Random, seen: Seen) -> Iterator[None]:
    """Look at artifacts all the time, in a thread."""
    known = _expected(models, chance.randrange(_models(NEW, models) // population.PART or 1))
    ended = threading.Event()

    def look() -> None:
        picks = random.Random(1)  # noqa: S311 (no secret)
        with server.address.driver() as driver:
            while not ended.wait(0.05):
                _look(driver, picks.sample(sorted(known), 20), known, seen)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _look(driver: Driver, ids: list[str], known: dict[str, list[set[Edge]]], seen: Seen) -> None:
    try:
        with driver.session(database="neo4j") as session:
            rows = session.run(OUT, ids=ids).data()
    except (DriverError, Neo4jError):  # it was killed
        return
    for row in rows:
        seen.looks += 1
        edges = {(kind, target) for kind, target in row["edges"]}
        if not row["there"]:
            seen.wrong.append(f"{row['id']} is missing")
            continue
        old, new = known[row["id"]]
        if not (old & new) <= edges <= (old | new):
            seen.wrong.append(f"{row['id']} has {sorted(edges)}, neither of {known[row['id']]}")
        seen.mixed += edges not in (old, new)


def _expected(models: int, part: int) -> dict[str, list[set[Edge]]]:
    """Return for the models of one part their edges in the old graph and in the new one."""
    found: dict[str, list[set[Edge]]] = {}
    for seed in (OLD, NEW):
        batch = population.part(part, _models(seed, models), seed=seed, of=models)
        own: dict[str, set[Edge]] = {row["id"]: set() for row in batch.nodes["Model"]}
        for edges in batch.edges:
            for row in edges.rows:
                own[row["from"]].add((edges.type, row["to"]))
        for model, edges_of in own.items():
            found.setdefault(model, []).append(edges_of)
    return {model: both for model, both in found.items() if len(both) == 2}
