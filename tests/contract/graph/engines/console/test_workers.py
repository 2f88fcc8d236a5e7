"""The processes that console queries run in: what becomes of them, and of whoever asked."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph.engines.kglite.store import CONSOLES, KgliteStore
from graph.engines.port.limits import Limits
from graph.engines.port.ports import (
    Batch,
    QueryFailed,
    QueryTimeout,
    ResultTooLarge,
    StoreError,
    Table,
)
from tests.contract.conftest import herd, model

ENDLESS = (  # and small: what grows comes to the memory's end, or the engine's own, before
    "WITH range(1, 3000) AS l RETURN size([x IN l WHERE any(y IN l "
    "WHERE any(z IN l WHERE x * y * z = -1))]) AS n"
)
GREEDY = "UNWIND range(1, 7000000) AS x RETURN collect(toString(x) + '-padding-padding') AS l"
PATIENCE = 30.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KgliteStore]:
    opened = KgliteStore(tmp_path / "graph.kgl", Limits(size=100_000, memory=256))
    opened.write("first", [herd()], fresh=True)
    yield opened
    opened.close()


def ask(store: KgliteStore, query: str, seconds: float = PATIENCE) -> Table:
    return store.cypher(query, {}, seconds=seconds, rows=None)


def workers(of: psutil.Process | None = None) -> list[psutil.Process]:
    children = (of or psutil.Process()).children()
    return [one for one in children if not gone(one) and "graph.engines.console" in one.cmdline()]


def gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def until(holds: object) -> None:
    assert callable(holds)
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_none_is_started_before_the_first_query_and_one_serves_many(store: KgliteStore) -> None:
    before = len(workers())
    assert store.state().build == "first"
    assert len(workers()) == before
    for _ in range(5):
        assert ask(store, "RETURN 1 AS one").rows == [[1]]
    assert len(workers()) == before + 1


def test_a_query_that_takes_too_much_memory_ends_alone(store: KgliteStore) -> None:
    with pytest.raises(QueryFailed, match=r"256 MiB, HERDBOOK_CYPHER_MEMORY"):
        ask(store, GREEDY)
    assert ask(store, "MATCH (m:Model) RETURN count(m) AS n").rows == [[5]]


def test_an_answer_over_its_size_is_refused_and_the_next_one_is_whole(store: KgliteStore) -> None:
    with pytest.raises(ResultTooLarge, match="HERDBOOK_CYPHER_BYTES"):
        ask(store, "UNWIND range(1, 30000) AS x RETURN x")
    assert len(ask(store, "UNWIND range(1, 10000) AS x RETURN x").rows) == 10_000


def test_a_process_that_hangs_is_ended_at_the_limit(store: KgliteStore) -> None:
    ask(store, "RETURN 1 AS one")
    (worker,) = workers()[-1:]
    worker.suspend()
    with pytest.raises(QueryTimeout, match=r"0\.2"):
        ask(store, "RETURN 1 AS one", seconds=0.2)
    assert gone(worker)
    assert ask(store, "RETURN 1 AS one").rows == [[1]]


def test_a_process_that_somebody_ended_is_replaced(store: KgliteStore) -> None:
    ask(store, "RETURN 1 AS one")
    (worker,) = workers()[-1:]
    worker.kill()
    until(lambda: gone(worker))
    with pytest.raises(QueryFailed, match="more memory"):
        ask(store, "RETURN 1 AS one")
    assert ask(store, "RETURN 1 AS one").rows == [[1]]


def test_a_new_build_is_taken_up_by_the_next_query(store: KgliteStore) -> None:
    count = "MATCH (m:Model) RETURN count(m) AS n"
    assert ask(store, count).rows == [[5]]
    store.write("second", [Batch(nodes={"Model": [model("d/new")]})], fresh=False)
    assert ask(store, count).rows == [[6]]


def test_more_queries_than_processes_wait_their_turn(store: KgliteStore) -> None:
    answers: list[Table] = []
    threads = [
        threading.Thread(target=lambda: answers.append(ask(store, "RETURN 1 AS one")))
        for _ in range(3 * CONSOLES)
    ]
    before = len(workers())
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.rows for answer in answers] == [[[1]]] * len(threads)
    assert before < len(workers()) <= before + CONSOLES


def test_who_finds_all_busy_is_told(store: KgliteStore) -> None:
    before, ended = len(workers()), []

    def occupy() -> None:
        try:
            ask(store, ENDLESS, seconds=4)
        except QueryFailed as error:
            ended.append(type(error))

    threads = [threading.Thread(target=occupy) for _ in range(CONSOLES)]
    for thread in threads:
        thread.start()
    until(lambda: len(workers()) == before + CONSOLES)
    with pytest.raises(QueryFailed, match="answering other queries"):
        ask(store, "RETURN 1 AS one", seconds=0.1)
    for thread in threads:
        thread.join()
    assert ended == [QueryTimeout] * CONSOLES


def test_closing_ends_them(store: KgliteStore) -> None:
    ask(store, "RETURN 1 AS one")
    (worker,) = workers()[-1:]
    store.close()
    assert gone(worker)


def test_a_parameter_that_is_no_value_is_told(store: KgliteStore) -> None:
    with pytest.raises(QueryFailed, match="a parameter cannot be sent"):
        store.cypher("RETURN $x AS x", {"x": object()}, seconds=1, rows=1)
    assert ask(store, "RETURN 1 AS one").rows == [[1]]


def test_a_file_that_is_no_graph_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "graph.kgl"
    path.write_bytes(b"no graph")
    store = KgliteStore(path)
    with pytest.raises(StoreError, match=r"graph\.kgl cannot be read"):
        ask(store, "RETURN 1 AS one")


def test_nothing_can_be_opened_or_written_in_one(store: KgliteStore) -> None:
    ask(store, "RETURN 1 AS one")
    limits = {
        line[:26].strip(): line[26:].split()[:2]
        for line in Path(f"/proc/{workers()[-1].pid}/limits").read_text("ascii").splitlines()
    }
    assert limits["Max open files"] == ["0", "0"]
    assert limits["Max file size"] == ["0", "0"]
    assert limits["Max core file size"] == ["0", "0"]
    assert limits["Max address space"] != ["unlimited", "unlimited"]


ASKER = """
import sys, time
from pathlib import Path
from graph.engines.kglite.store import KgliteStore
store = KgliteStore(Path(sys.argv[1]))
store.cypher("RETURN 1 AS one", {}, seconds=30, rows=1)
print("asked", flush=True)
store.cypher(sys.argv[2], {}, seconds=600, rows=1)
time.sleep(600)
"""


@pytest.mark.parametrize("query", ["RETURN 1 AS one", ENDLESS], ids=["idle", "busy"])
def test_they_end_with_whoever_asked(tmp_path: Path, store: KgliteStore, query: str) -> None:
    command = [sys.executable, "-c", ASKER, str(tmp_path / "graph.kgl"), query]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asker:
        assert asker.stdout
        assert asker.stdout.readline() == "asked\n"
        started = workers(psutil.Process(asker.pid))
        assert len(started) == 1
        asker.kill()
    until(lambda: all(gone(worker) for worker in started))
