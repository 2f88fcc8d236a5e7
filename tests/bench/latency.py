"""REST latency of one server process, asked over loopback by one client."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

import httpx


@dataclass(frozen=True)
class Latency:
    """Milliseconds, and the median as a ratio to that of /healthz."""

    path: str
    p50: float
    p99: float
    ratio: float

    def __str__(self) -> str:
        times = f"p50 {self.p50:7.2f} ms  p99 {self.p99:7.2f} ms"
        return f"{self.path:12} {times}  {self.ratio:6.1f} x /healthz"


def measure_latency(home: Path, requests: int) -> list[Latency]:
    """Ask for different models, lineages and the footprint, and return the latencies."""
    with server_at(home) as url, httpx.Client(base_url=url, timeout=60) as client:
        ids = _some_ids(client, requests)
        health = _times(client, ["/healthz"] * requests)
        found = {
            "healthz": health,
            "model": _times(client, [f"/v1/models/{i}" for i in ids]),
            "lineage": _times(client, [f"/v1/models/{i}/lineage?direction=both" for i in ids]),
            "footprint": _times(client, ["/v1/footprint"] * max(20, requests // 10)),
        }
    base = quantiles(health, n=100)[49]
    return [
        Latency(name, cuts[49], cuts[98], cuts[49] / base)
        for name, times in found.items()
        for cuts in [quantiles(times, n=100)]
    ]


def _some_ids(client: httpx.Client, count: int) -> list[str]:
    lists = ("/v1/models", "/v1/families/llama-3.1/members")
    answers = [client.get(path, params={"limit": 500}).json() for path in lists]
    items = [item for answer in answers for item in answer["items"] if item["crawled"]]
    paths = [quote(i if "/" in i else f"_/{i}") for i in (item["id"] for item in items)]
    return [paths[n * 7 % len(paths)] for n in range(count)]


def _times(client: httpx.Client, paths: list[str]) -> list[float]:
    times = []
    for path in paths:
        started = time.perf_counter()
        client.get(path).raise_for_status()
        times.append((time.perf_counter() - started) * 1000)
    return times


def lineage_times(client: httpx.Client, ids: list[str], direction: str) -> list[float]:
    """Ask for lineages, and return how many milliseconds each took."""
    return _times(client, [f"/v1/models/{quote(i)}/lineage?direction={direction}" for i in ids])


@contextmanager
def server_at(home: Path, **settings: str) -> Iterator[str]:
    """Run Herdbook's server on a home and settings, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "HERDBOOK_HOME": str(home), **settings}
    command = [sys.executable, "-m", "herdbook", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                httpx.get(f"{url}/healthz", timeout=1)
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(10)
