"""A crawl that is asked to end does so at once, and its run says that it was."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from graph.storage.database import open_database
from graph.storage.read_model import ReadModel
from tests.bench.crawl_kills import hub
from tests.e2e.running import HERDBOOK, environment
from tests.hub_replica import Replica, Rules, serve


@pytest.mark.parametrize("command", ["crawl", "schedule"])
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM], ids=["INT", "TERM"])
def test_a_crawl_that_is_asked_to_end_says_so(
    tmp_path: Path, command: str, sign: signal.Signals
) -> None:
    replica = Replica(hub(), rules=Rules(max_limit=50), page_latency=0.2)
    with serve(replica.app) as url:
        told = environment(tmp_path, HF_ENDPOINT=url, HERDBOOK_GRAPH_URL="memory://")
        process = subprocess.Popen([*HERDBOOK, command], env=told, stderr=subprocess.PIPE)
        _wait(lambda: replica.count() > 5)
        process.send_signal(sign)
        _, said = process.communicate(timeout=20)
        assert b"Traceback" not in said, said
        run = _run(tmp_path)
        assert (run["state"], run["reason"]) == ("stopped", "interrupted")
        assert process.returncode in (1, 130)


def _wait(until: Any) -> None:
    for _ in range(600):
        if until():
            return
        time.sleep(0.05)
    raise AssertionError("it did not begin")


def _run(home: Path) -> dict[str, Any]:
    engine = open_database(f"sqlite:///{home / 'herdbook.db'}")
    (run,) = ReadModel(engine).runs()
    engine.dispose()
    return run
