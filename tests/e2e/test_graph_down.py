"""A graph server that is not there when a command starts."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from tests.e2e.running import HERDBOOK, answers, environment
from tests.services.processes import free_ports

NOBODY = "bolt://neo4j:hidden@127.0.0.1:9"


def _alive(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def test_serve_starts_answers_what_sql_knows_and_says_that_it_is_not_ready(home: Path) -> None:
    url = f"http://127.0.0.1:{(port := free_ports(1)[0])}"
    process = subprocess.Popen(
        [*HERDBOOK, "serve", "--port", str(port)],
        env=environment(home, HERDBOOK_GRAPH_URL=NOBODY), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        for _ in range(600):
            if _alive(url):
                break
            assert process.poll() is None
            time.sleep(0.1)
        ready = httpx.get(f"{url}/readyz", timeout=30)
        models = httpx.get(f"{url}/v1/models", timeout=30)
    finally:
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert (ready.status_code, ready.json()["detail"]) == (503, "graph: not readable")
    assert len(models.json()["items"]) == 2
    assert "hidden" not in told + ready.text


@pytest.mark.parametrize("command", [["build"], ["up", "--port", "0"], ["lineage", "acme/support"]])
def test_what_needs_it_names_the_setting_and_leaves_what_is_stored(
    home: Path, command: list[str]
) -> None:
    before = answers(home)
    done = subprocess.run(
        [*HERDBOOK, *command],
        env=environment(home, HERDBOOK_GRAPH_URL=NOBODY),
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "HERDBOOK_GRAPH_URL: bolt://127.0.0.1:9 does not answer" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert "hidden" not in done.stderr
    assert answers(home) == before
