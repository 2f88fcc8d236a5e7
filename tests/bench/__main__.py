"""`make bench`: how fast the main job is, as ratios to a baseline measured in the same run.

Machines are noisy: medians of several runs, and beside each figure a plain baseline (reading the
same files with gzip and orjson alone; the answer of /healthz), so that ratios can be compared
between machines.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.bench.latency import measure_latency
from tests.bench.load import measure_load


def main() -> None:
    """Measure, print a table, and JSON with --json."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    default = Path(__file__).parents[3] / "shared" / "hub" / "series"
    parser.add_argument("--source", type=Path, default=default, help="snapshots to load")
    parser.add_argument("--runs", type=int, default=3, help="runs of the load")
    parser.add_argument("--requests", type=int, default=300, help="requests a path")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if not given.source.exists():
        sys.exit(f"{given.source} is not there: give snapshots by --source")
    load, home = measure_load(given.source, given.runs)
    latency = measure_latency(home, given.requests)
    if given.json:
        print(json.dumps({"load": asdict(load), "latency": [asdict(row) for row in latency]}))  # noqa: T201
        return
    print(load)  # noqa: T201
    for row in latency:
        print(row)  # noqa: T201


main()
