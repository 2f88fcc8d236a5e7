"""A Hub of any size: the real series again and again, under other owners' names.

Import, build and files for neo4j-admin are timed one by one, with the peak memory of each.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from crawler.ingest.snapshot import expand, lines
from graph.catalogue.roster import load
from tests.bench.load import run

Record = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One command on a Hub of so many repositories."""

    what: str
    repositories: int
    seconds: float
    peak_mib: float

    def __str__(self) -> str:
        return (
            f"{self.what}, {self.repositories:,} repositories: {self.seconds:.1f} s "
            f"({1e6 * self.seconds / self.repositories:.0f} µs each), peak {self.peak_mib:.0f} MiB"
        )


def measure_hub(source: Path, size: int) -> Iterator[Step]:
    """Import, build and write files of a Hub with at least so many repositories."""
    with tempfile.TemporaryDirectory(prefix="herdbook-hub-") as made:
        folder = Path(made)
        snapshot, home = folder / "hub.jsonl", folder / "home"
        count = multiply(source, snapshot, size)
        for what, arguments in {
            "import": ["import", "--no-build", str(snapshot)],
            "build --offline": ["build", "--fresh", "--offline", str(folder / "files")],
            "build": ["build", "--fresh"],
        }.items():
            server = "bolt://127.0.0.1" if "--offline" in arguments else ""
            started = time.perf_counter()
            peak = run(arguments, home, HERDBOOK_GRAPH_URL=server)
            yield Step(what, count, time.perf_counter() - started, peak)


def multiply(source: Path, target: Path, size: int) -> int:
    """Write a snapshot with the series' repositories as often as it takes; return how many.

    A copy's repositories belong to owners of its own, and lead to one another. Official models
    and what has no record are named as they are, so that families stay as large a part.
    """
    records = {
        record["id"]: record
        for path in expand(source)
        for _, record, _ in lines(path)
        if isinstance(record, dict) and not record.get("removed")
    }
    roster = load()
    copied = {i for i in records if "/" in i and roster.family_of(i) is None}
    count = 0
    with target.open("wb") as stream:
        for copy in range(-(-size // len(records))):
            for record in records.values():
                if not copy or record["id"] in copied:
                    stream.write(orjson.dumps(_renamed(record, copied, copy)) + b"\n")
                    count += 1
    return count


def _renamed(value: Any, copied: set[str], copy: int) -> Any:
    """Return a part of a record with the ids of one copy, alone or after a tag's prefix."""
    match value:
        case str():
            before, colon, own = value.rpartition(":")
            owner, _, name = own.partition("/")
            known = copy and own in copied
            return f"{before}{colon}{owner}-{copy}/{name}" if known else value
        case list():
            return [_renamed(one, copied, copy) for one in value]
        case dict():
            return {key: _renamed(one, copied, copy) for key, one in value.items()}
    return value
