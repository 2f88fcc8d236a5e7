"""The periodic crawl: due by the stored runs, one at a time, tried again when the Hub was away."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.crawl import schedule
from crawler.hub import Hub
from crawler.ingest import runs
from crawler.ingest.report import PageCounts
from graph.engines.memory.store import MemoryStore
from graph.engines.port.ports import Batch, StoreError
from graph.storage.locks import alone
from herdbook.commands.scheduling import Rounds
from herdbook.wiring.settings import Settings, load
from herdbook.wiring.wiring import Wiring
from tests.hub_replica import Replica, serve

NO_HUB = "http://127.0.0.1:9"
SOON = timedelta(seconds=30)


@pytest.fixture
def settings(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    told = {
        "HOME": str(tmp_path), "DATABASE_URL": database_url, "GRAPH_URL": "memory://",
        "CRAWL_HOURS": "6", "CRAWL_SCOPE": "hub", "FILES_PER_CRAWL": "0",
    }  # fmt: skip
    for name, value in told.items():
        monkeypatch.setenv(f"HERDBOOK_{name}", value)
    return load()


def rounds_on(settings: Settings, url: str) -> Rounds:
    wired = Wiring(settings)
    vars(wired)["hub"] = Hub(url)
    return Rounds(wired)


@pytest.fixture
def rounds(settings: Settings) -> Rounds:
    return rounds_on(settings, NO_HUB)


@pytest.fixture
def on_a_hub(settings: Settings) -> Iterator[Rounds]:
    replica = Replica([{"id": "acme/Llama-x", "tags": []}])
    with serve(replica.app) as url:
        yield rounds_on(settings, url)


def near(moment: datetime, expected: datetime) -> bool:
    return abs(moment - expected) < SOON


def crawled(rounds: Rounds, scope: str = "hub", state: runs.State = "done") -> None:
    wired = rounds.wired
    run = runs.start(wired.engine, "crawl", wired.hub.endpoint, scope)
    runs.finish(wired.engine, run, state, PageCounts())


def test_what_was_never_crawled_is_due_now(rounds: Rounds) -> None:
    crawled(rounds, scope="llama")
    crawled(rounds, state="stopped")
    assert near(rounds.due(), datetime.now(UTC))


def test_a_restart_keeps_the_time_of_the_next_crawl(rounds: Rounds) -> None:
    crawled(rounds)
    for one in (rounds, rounds_on(rounds.wired.settings, NO_HUB)):
        assert near(one.due(), datetime.now(UTC) + timedelta(hours=6))
        assert near(one.turn(), datetime.now(UTC) + timedelta(hours=6))
    assert [run["kind"] for run in rounds.wired.read_model.runs()] == ["crawl"]


def test_a_hub_that_is_away_is_asked_again_sooner(rounds: Rounds) -> None:
    assert near(rounds.turn(), datetime.now(UTC) + timedelta(minutes=15))
    (run,) = rounds.wired.read_model.runs()
    assert run["state"] == "stopped"
    assert "http://127.0.0.1:9 does not answer" in run["reason"]


def test_while_another_crawls_this_one_does_not(on_a_hub: Rounds) -> None:
    with alone(on_a_hub.wired.engine, "crawl"):
        assert near(on_a_hub.turn(), datetime.now(UTC) + timedelta(minutes=15))
    assert on_a_hub.wired.read_model.runs() == []


def test_one_crawls_and_builds_and_the_other_finds_it_done(on_a_hub: Rounds) -> None:
    other = rounds_on(on_a_hub.wired.settings, on_a_hub.wired.hub.endpoint)
    next_time = datetime.now(UTC) + timedelta(hours=6)
    assert near(on_a_hub.turn(), next_time)
    assert near(other.turn(), next_time)
    assert [run["state"] for run in other.wired.read_model.runs()] == ["done"]
    assert other.wired.read_model.build() is not None


def test_a_forced_round_crawls_before_it_is_due_but_once(on_a_hub: Rounds) -> None:
    crawled(on_a_hub)
    on_a_hub.forced = True
    on_a_hub.turn()
    on_a_hub.turn()
    assert len(on_a_hub.wired.read_model.runs()) == 2


class Down(MemoryStore):
    """A graph server that does not answer."""

    def write(self, build: str, batches: Iterable[Batch], *, fresh: bool) -> None:
        raise StoreError("HERDBOOK_GRAPH_URL: the server does not answer")


def test_a_build_that_a_graph_stopped_is_made_up_for_without_another_crawl(
    on_a_hub: Rounds, capsys: pytest.CaptureFixture[str]
) -> None:
    vars(on_a_hub.wired)["store"] = Down()
    assert near(on_a_hub.turn(), datetime.now(UTC) + timedelta(minutes=15))
    assert on_a_hub.wired.read_model.build() is None
    told = " ".join(capsys.readouterr().err.split())
    assert "HERDBOOK_GRAPH_URL: the server does not answer; it is tried again in 15" in told
    del vars(on_a_hub.wired)["store"]
    assert near(on_a_hub.turn(), datetime.now(UTC) + timedelta(hours=6))
    assert on_a_hub.wired.read_model.build() is not None
    assert len(on_a_hub.wired.read_model.runs()) == 1


def test_a_job_that_fails_is_logged_and_run_again(caplog: pytest.LogCaptureFixture) -> None:
    times: list[datetime] = []
    third = threading.Event()

    def job() -> datetime:
        times.append(datetime.now(UTC))
        if len(times) < 3:
            raise RuntimeError("no luck")
        third.set()
        return datetime.now(UTC) + timedelta(days=1)

    running = (job, datetime.now(UTC), timedelta(seconds=0.05))
    threading.Thread(target=schedule.run, args=running, daemon=True).start()
    assert third.wait(30)
    assert len(times) == 3
    assert "no luck" in caplog.text
