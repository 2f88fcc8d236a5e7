"""How quickly files come: several at a time, up to the Hub's limits, and never beyond."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.files import stage as fetch
from crawler.files.pool import WorkerPool
from crawler.files.stage import Left
from tests.hub_replica import Fault, Rules
from tests.recorded.front import Front
from tests.recorded.texts import CARD, Stage, llama, staged

SLOW = 0.3  # seconds a file


@pytest.fixture
def stage(tmp_path: Path, front: Front, url: str) -> Iterator[Stage]:
    with staged(tmp_path, front, url) as opened:
        yield opened


def rate(stage: Stage, count: int) -> float:
    """Return files a second."""
    stage.read_lists(*(llama(f"acme{count}/m{n:03}") for n in range(count)))
    began = time.monotonic()
    assert stage.fetch() == Left(0, None, "")
    assert stage.total.files == count
    return count / (time.monotonic() - began)


def test_several_repositories_are_asked_at_a_time(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.replica.faults.add(Fault("slow", times=None, seconds=SLOW, path="/api/resolve-cache/"))
    together = rate(stage, 64)
    monkeypatch.setattr(fetch, "FETCHES", 1)
    alone = rate(stage, 8)
    print(f"{together:.1f} files/s together, {alone:.1f} one at a time")  # noqa: T201
    assert together > 4 * alone


@pytest.mark.parametrize(
    ("hop", "busy"), [("resolvers", ("resolvers",)), ("api", ("resolvers", "api"))]
)
def test_the_limits_are_used_up_and_never_exceeded(
    stage: Stage, hop: str, busy: tuple[str, ...]
) -> None:
    stage.replica.rules = Rules(
        second_hop_bucket=hop,  # type: ignore[arg-type] # a parameter
        quota_api=(100, 100, 100),
        quota_resolvers=(100, 100, 100),
        quota_window=3,
    )
    each = 49 if hop == "resolvers" else 98  # files a window
    names = ("README.md", "LICENSE", "NOTICE", "use_policy.md")
    stage.read_lists(*(llama(f"acme/m{n:03}", dict.fromkeys(names, CARD)) for n in range(each)))
    stage.ask_as(really=True)
    stage.replica.limits.forget()
    stage.replica.faults.enforce = True
    assert stage.fetch() == Left(0, None, "")
    windows = stage.replica.limits.windows()
    assert sum(window.refused for window in windows) == 0
    assert stage.hub.transport.retried == 0
    for bucket in busy:
        shares = [w.share for w in windows if w.bucket == bucket][:-1]  # the last is not full
        assert len(shares) >= 3
        assert min(shares) >= 0.95


def test_what_is_under_way_when_time_is_up_is_not_waited_for_long(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "GRACE", timedelta(seconds=0.2))
    stage.read_lists(llama("acme/slow"), llama("acme/quick"))
    stage.replica.faults.add(Fault("slow", times=None, seconds=20, path="/acme/slow/resolve"))
    began = datetime.now(UTC)
    left = stage.fetch(until=began + timedelta(seconds=1.5))
    assert datetime.now(UTC) - began < timedelta(seconds=6)
    assert left.repositories == 1
    assert left.resumes == began + timedelta(seconds=1.5)
    assert stage.held("acme/quick") == {"README.md"}


def test_a_crew_hands_back_what_its_work_raises() -> None:
    def work(item: list[int]) -> None:
        item.append(1 // item[0])

    with WorkerPool(2, work, threading.Event()) as crew:
        crew.give([1])
        assert crew.take(5) == [1, 1]
        assert crew.take(0.01) is None
        crew.give([0])
        with pytest.raises(ZeroDivisionError):
            crew.take(5)
    assert crew.under_way == 0


def test_who_waits_for_the_hubs_next_window_keeps_nobody_from_leaving() -> None:
    asleep = threading.Event()

    def work(_item: int) -> None:
        asleep.set()
        time.sleep(30)

    began = time.monotonic()
    with WorkerPool(1, work, threading.Event()) as crew:
        crew.give(1)
        assert asleep.wait(5)
    assert time.monotonic() - began < 5
    assert all(t.daemon for t in threading.enumerate() if t.name.startswith("files-"))
