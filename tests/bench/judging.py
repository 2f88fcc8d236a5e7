"""Judging a generated herd: seconds, processor time and memory, with one and several processes.

Run: python -m tests.bench.judging SIZE PROCESSES [SHARE OF CARDS], which prints JSON for one of
them. The clock begins when claims are resolved: families are worked out, artifacts and their texts
are made (what reading them from a database would be), judged, and their findings brought to the
one process that goes on with them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import psutil

from graph.compliance.policies import DEFAULT
from graph.lineage.inherited import InheritedLicences
from graph.pipeline.build import PART
from graph.pipeline.judging import Chunk, Judge, judge_chunks
from tests.bench import shares
from tests.bench.herd import Herd, herd

POLL = 0.5  # seconds between two looks at the processes' memory


@dataclass(frozen=True)
class Judging:
    """One measurement. ``made`` is the processor time that making the artifacts alone takes."""

    artifacts: int
    processes: int
    fetched: float
    seconds: float
    processor: float
    made: float
    findings: int
    peak_mib: float = 0.0

    def __str__(self) -> str:
        who = "process" if self.processes == 1 else "processes"
        return (
            f"judging {self.artifacts:,} artifacts, {self.fetched:.0%} with card: "
            f"{self.processes} {who}: {self.seconds:.1f} s, {self.artifacts / self.seconds:,.0f} "
            f"a second, {self.findings:,} findings, peak {self.peak_mib:,.0f} MiB; processor time "
            f"{self.processor:.1f} s, of it {self.made:.1f} s to make them"
        )


def measure_judging(size: int, processes: int, fetched: float = shares.FETCHED) -> Judging:
    """Judge in a process of its own, and watch the memory of it and of those it forks.

    Memory is what they hold in all, shared pages once (PSS).
    """
    command = [sys.executable, "-m", "tests.bench.judging", str(size), str(processes), str(fetched)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _held(process.pid))
        time.sleep(POLL)
    told = process.stdout.read() if process.stdout else ""
    if process.returncode:
        sys.exit(f"judging {size} ended with {process.returncode}")
    return Judging(**{**json.loads(told), "peak_mib": peak / (1 << 20)})


def judge(size: int, processes: int, fetched: float) -> Judging:
    """Generate a herd and judge it."""
    born = herd(size, fetched=fetched)
    began, spent = time.perf_counter(), _processor()
    told = Judge(InheritedLicences(born.families()), DEFAULT, born.artifact)
    findings = 0
    for _, found in judge_chunks(told, _parts(born), processes):
        findings += sum(map(len, found))
    seconds, processor = time.perf_counter() - began, _processor() - spent
    return Judging(len(born), processes, fetched, seconds, processor, _made(born), findings)


def _parts(born: Herd) -> Iterator[Chunk]:
    for start in range(0, len(born), PART):
        yield [(node, node) for node in range(start, min(start + PART, len(born)))]


def _made(born: Herd, sample: int = 20_000) -> float:
    """Return the seconds that making all artifacts takes, from a sample of them."""
    nodes = range(0, len(born), max(1, len(born) // sample))
    began = time.process_time()
    for node in nodes:
        born.artifact(node)
    return (time.process_time() - began) * len(born) / len(nodes)


def _processor() -> float:
    """Return the processor seconds of this process and of those that it forked and that ended."""
    times = psutil.Process().cpu_times()
    return times.user + times.system + times.children_user + times.children_system


def _held(pid: int) -> int:
    """Return the bytes that a process and its children hold, shared pages once."""
    held = 0
    try:
        for one in (root := psutil.Process(pid), *root.children(recursive=True)):
            held += one.memory_full_info().pss
    except psutil.Error:
        pass  # one ended while we looked
    return held


if __name__ == "__main__":
    size, processes, fetched = (*sys.argv[1:], str(shares.FETCHED))[:3]
    print(json.dumps(asdict(judge(int(size), int(processes), float(fetched)))))  # noqa: T201
