"""A day on which nothing but counters moved: import and build of it, beside the first build."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import orjson

from crawler.ingest import snapshot
from crawler.ingest.importer import import_file
from graph.engines import open_graph
from graph.pipeline.build import build
from graph.storage.database import open_database
from graph.storage.tables import Base

T = TypeVar("T")


@dataclass(frozen=True)
class Day:
    """Seconds of each step, and how many records were counted anew."""

    records: int
    first_import: float
    first_build: float
    later_import: float
    later_build: float

    def __str__(self) -> str:
        return (
            f"counters alone: {self.records:,} records with one download more are imported in "
            f"{self.later_import:.2f} s and built in {self.later_build:.2f} s; the first import "
            f"took {self.first_import:.2f} s, the first build {self.first_build:.2f} s"
        )


def measure_counters(source: Path) -> Day:
    """Import and build, then the same lines with one download more; in one process."""
    with tempfile.TemporaryDirectory(prefix="herdbook-counters-") as made:
        folder = Path(made)
        engine = open_database(f"sqlite:///{folder}/herdbook.db")
        Base.metadata.create_all(engine)
        store = open_graph(f"kglite:///{folder}/graph.kgl")
        paths = snapshot.expand(source)
        first_import, _ = _timed(lambda: [import_file(engine, path) for path in paths])
        first_build, _ = _timed(lambda: build(engine, store, "bench"))
        later = folder / "later.jsonl"
        later.write_bytes(b"\n".join(map(orjson.dumps, _one_more(paths))))
        later_import, _ = _timed(lambda: import_file(engine, later))
        later_build, report = _timed(lambda: build(engine, store, "bench"))
        store.close()
        engine.dispose()
    return Day(report.counted, first_import, first_build, later_import, later_build)


def _one_more(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """Yield the last line on each repository that is there, with one download more."""
    last = {line["id"]: line for path in paths for _, line, _ in snapshot.lines(path) if line}
    for line in last.values():
        if not line.get("removed"):
            yield {**line, "downloads": (line.get("downloads") or 0) + 1}


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result
