"""The real command line in processes of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.home import LLAMA

HERDBOOK = [sys.executable, "-m", "herdbook"]
# A Hub that is not there, so that no test asks the real one.
NO_HUB = "http://127.0.0.1:9"
ANNOTATION = (  # what a person said, which moves and restores must keep
    "finding", "note", "acme/support", "--check", "name-prefix", "--reason", "asked them",
)  # fmt: skip


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment with a home of its own."""
    return {**os.environ, "HERDBOOK_HOME": str(home), "HF_ENDPOINT": NO_HUB, **more}


def told(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, and return all that it told."""
    return subprocess.run(
        [*HERDBOOK, *arguments],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def run(home: Path, *arguments: str, code: int = 0, **more: str) -> str:
    """Run a command to its end, and return what it printed."""
    done = told(home, *arguments, **more)
    assert done.returncode == code, done.stderr
    return done.stdout


def answer(home: Path, *arguments: str) -> Any:
    """Run a command with --json and return what it printed."""
    return json.loads(run(home, *arguments, "--json"))


ASKED = (
    ("findings", "--json"),
    ("footprint", "--json"),
    ("show", LLAMA, "--json"),
    ("show", "acme/support", "--json"),
    ("lineage", "acme/support", "--json"),
)


def answers(home: Path, **more: str) -> list[Any]:
    """Return what a home that holds `conftest.home`'s records answers, to compare homes by."""
    return [json.loads(run(home, *asked, code=0, **more)) for asked in ASKED]


@contextmanager
def up(home: Path, *arguments: str, **more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run a serving command until the block ends; give its URL once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*HERDBOOK, *arguments, "--port", str(port)],
        env=environment(home, **more),
        stderr=subprocess.PIPE,
        text=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, process)
        yield url, process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def _wait_for(url: str, process: subprocess.Popen[str]) -> None:
    for _ in range(600):
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        try:
            if httpx.get(f"{url}/readyz", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{url} did not answer in time")
