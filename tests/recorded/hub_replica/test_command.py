"""``python -m tests.hub_replica``: what its options serve, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.hub_replica.sample import model
from tests.places import ROOT

COMMAND = [sys.executable, "-m", "tests.hub_replica"]


@contextmanager
def running(*options: str | Path) -> Iterator[tuple[str, str]]:
    """Start the command; yield what it says that it serves, and where."""
    command = [*COMMAND, *map(str, options)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            what, _, address = process.stdout.readline().strip().rpartition(" at ")
            yield what, address
        finally:
            process.terminate()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "one.jsonl"
    file.write_text("".join(json.dumps(model(f"acme/{n}")) + "\n" for n in range(3)))
    return file


def test_command_takes_rules_quotas_latency_and_size(data: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('max_limit = 2\nretry_after = "window"\n')
    options = ("--multiply", "2", "--rules", rules, "--page-seconds", "0.3")
    limits = ("--quota", "api=2", "--quota", "9", "--window", "50")
    with running("--data", data, *options, *limits) as (what, url):
        assert what == "serving 6 models, 0 data sets"
        started = time.monotonic()
        first = httpx.get(f"{url}/api/models", trust_env=False)
        assert time.monotonic() - started >= 0.3
        assert len(first.json()) == 2
        assert first.headers["ratelimit-policy"] == '"fixed window";"api";q=2;w=50'
        file = httpx.get(f"{url}/acme/0/raw/main/README.md", trust_env=False)
        assert '"resolvers";q=9' in file.headers["ratelimit-policy"]
        httpx.get(f"{url}/api/models/acme/0", trust_env=False)
        refused = httpx.get(f"{url}/api/models", trust_env=False)
        assert (refused.status_code, int(refused.headers["retry-after"]) <= 50) == (429, True)


def test_command_enforces_the_hubs_own_limits(data: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text("quota_api = [1, 2, 3]\n")
    with running("--data", data, "--rules", rules, "--enforce") as (_, url):
        statuses = [httpx.get(f"{url}/api/models", trust_env=False).status_code for _ in range(2)]
    assert statuses == [200, 429]


def test_command_serves_a_recording(tmp_path: Path) -> None:
    answer = {"method": "GET", "path": "/api/models", "query": "limit=1", "status": 200}
    answer |= {"headers": {"content-type": "application/json"}, "body_text": "[1]"}
    (tmp_path / "001.json").write_text(json.dumps(answer))
    with running("--recording", tmp_path) as (what, url):
        assert what == "serving 1 recorded answers"
        assert httpx.get(f"{url}/api/models?limit=1", trust_env=False).json() == [1]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--rules", "/nowhere.toml"], "/nowhere.toml"),
        (["--quota", "web=3"], "'web=3' is not N or BUCKET=N"),
        (["--fault", "flood"], "'flood' is no fault"),
        (["--recording", "/nowhere"], "not allowed with"),
    ],
)
def test_command_refuses_what_it_does_not_know(data: Path, options: list[str], says: str) -> None:
    command = [*COMMAND, "--data", str(data), *options]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2
    assert says in ended.stderr
