"""Import and build of a snapshot series: seconds, and the peak memory of the process tree."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import orjson
import psutil

from tests.services.postgres import Postgres

POLL = 0.1  # seconds between two looks at the process tree


@dataclass(frozen=True)
class Load:
    """Medians over the runs."""

    runs: int
    seconds: float
    peak_mib: float
    baseline_seconds: float

    @property
    def ratio(self) -> float:
        """How many times the baseline the load takes."""
        return self.seconds / self.baseline_seconds

    def __str__(self) -> str:
        return (
            f"import and build: median {self.seconds:.2f} s of {self.runs} runs, "
            f"peak {self.peak_mib:.0f} MiB; {self.ratio:.1f} times reading the files alone "
            f"({self.baseline_seconds:.2f} s)"
        )


def measure_postgresql(source: Path, runs: int) -> Load:
    """The same with PostgreSQL, which keeps what it is given safe from a power cut."""
    with Postgres.start(fsync="on", full_page_writes="on") as server:
        return measure_load(source, runs, lambda: server.database("bench"))[0]


def measure_load(
    source: Path, runs: int, database: Callable[[], str] = lambda: ""
) -> tuple[Load, Path]:
    """Import and build into fresh homes; return the medians and the last home.

    ``database`` makes an empty one for each run; SQLite in the home where it gives no URL.
    """
    seconds, peaks, baselines = [], [], []
    home = Path()
    for _ in range(runs):
        baselines.append(_read_alone(source))
        home = Path(tempfile.mkdtemp(prefix="herdbook-bench-"))
        url = database()
        started = time.perf_counter()
        peaks.append(run(["import", str(source)], home, HERDBOOK_DATABASE_URL=url))
        seconds.append(time.perf_counter() - started)
    return Load(runs, median(seconds), median(peaks), median(baselines)), home


def run(arguments: list[str], home: Path, **settings: str) -> float:
    """Run a command to its end and return the peak of its process tree in MiB."""
    command = [sys.executable, "-m", "herdbook", *arguments]
    environment = {**os.environ, "HERDBOOK_HOME": str(home), **settings}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _resident(process.pid))
        time.sleep(POLL)
    if process.returncode:
        sys.exit((process.stderr.read() if process.stderr else b"").decode())
    return peak / (1 << 20)


def _resident(pid: int) -> int:
    try:
        root = psutil.Process(pid)
        # What forked processes share counts once.
        return sum(p.memory_full_info().pss for p in (root, *root.children(recursive=True)))
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def _read_alone(source: Path) -> float:
    started = time.perf_counter()
    for path in sorted(source.iterdir()) if source.is_dir() else [source]:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            for line in stream:
                orjson.loads(line)
    return time.perf_counter() - started
