"""A crawl of the whole Hub: the real client against the replica, over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.crawl import CrawlReport, crawl
from crawler.hub import Hub, HubError, Unreachable
from tests.home import Home, Record, gone, model
from tests.hub_replica import Fault, Replica
from tests.recorded.front import Front

MANY = 2200  # three pages of the Hub


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = Home(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def replica(front: Front) -> Replica:
    front.replica = Replica(small())
    return front.replica


@pytest.fixture
def hub(url: str, replica: Replica) -> Hub:
    assert replica.count() == 0
    return Hub(url)


def numbered(count: int) -> list[Record]:
    """Return models created one after another, so that the newest is the last."""
    return [
        model(
            f"acme/m{n:05}",
            createdAt=f"2025-01-{1 + n // 1000:02}T00:{n // 60 % 60:02}:{n % 60:02}Z",
        )
        for n in range(count)
    ]


def small() -> list[Record]:
    return [
        model("b/Base"), model("a/Child", "finetune:b/Base", downloads=3),
        {"id": "d/Data", "kind": "dataset", "tags": ["license:mit"]},
    ]  # fmt: skip


def pages_asked(replica: Replica) -> list[str]:
    return [asked for asked in replica.asked if asked.startswith("/api/models?")]


def state(home: Home) -> str:
    return str(home.register.runs()[0]["state"])


def test_scope_hub_lists_every_model_and_data_set(home: Home, hub: Hub, replica: Replica) -> None:
    replica.replace([*numbered(MANY), *small()])
    steps: list[int] = []
    report = crawl(home.engine, hub, "hub", lambda step: steps.append(step.counts.records))
    assert home.live() == {f"acme/m{n:05}" for n in range(MANY)} | {
        "b/Base", "a/Child", "datasets/d/Data",
    }  # fmt: skip
    assert (report.resumed, report.covered, report.absent) == (False, ("models", "datasets"), 0)
    assert (report.counts.new, state(home)) == (MANY + 3, "done")
    assert len(pages_asked(replica)) == 3
    assert steps == [1000, 2000, MANY + 2, MANY + 3]


def test_a_second_crawl_changes_nothing_and_nothing_is_built(home: Home, hub: Hub) -> None:
    crawl(home.engine, hub, "hub")
    home.build()
    again = crawl(home.engine, hub, "hub")
    assert (again.counts.records, again.counts.new, again.counts.changed, again.absent) == (
        3,
        0,
        0,
        0,
    )
    assert home.build().id is None


def test_what_left_the_hub_is_removed_and_what_returns_is_live(
    home: Home, hub: Hub, replica: Replica
) -> None:
    home.take(model("c/OnlyImported"))
    crawl(home.engine, hub, "hub")
    assert "c/OnlyImported" not in home.live()
    replica.replace(small()[:1])
    assert crawl(home.engine, hub, "hub").absent == 2
    assert home.live() == {"b/Base"}
    replica.replace(small())
    crawl(home.engine, hub, "hub")
    assert home.live() == {"b/Base", "a/Child", "datasets/d/Data"}


@pytest.mark.parametrize("fault", ["501+1", "json+1"])
def test_a_crawl_that_broke_goes_on_at_its_cursor_and_asks_no_page_twice(
    home: Home, hub: Hub, replica: Replica, fault: str
) -> None:
    replica.replace(numbered(MANY))
    replica.faults.add(f"{fault}@/api/models")
    with pytest.raises(HubError):
        crawl(home.engine, hub, "hub")
    assert (state(home), len(home.live())) == ("stopped", 1000)
    _, broken = pages_asked(replica)
    replica.forget()
    report = crawl(home.engine, hub, "hub")
    assert (report.resumed, report.counts.records, len(home.live())) == (True, MANY, MANY)
    asked = pages_asked(replica)
    assert asked[0] == broken
    assert len(asked) == len(set(asked)) == 2
    assert len(home.register.runs()) == 1


def test_absence_counts_only_when_the_list_was_read_to_its_end(
    home: Home, hub: Hub, replica: Replica
) -> None:
    replica.replace(numbered(MANY))
    crawl(home.engine, hub, "hub")
    replica.replace(numbered(MANY)[100:])
    replica.faults.add("501+1@/api/models")
    with pytest.raises(HubError):
        crawl(home.engine, hub, "hub")
    assert len(home.live()) == MANY
    assert crawl(home.engine, hub, "hub").absent == 100
    assert len(home.live()) == MANY - 100


def test_a_crawl_of_another_scope_is_not_gone_on_with(
    home: Home, hub: Hub, replica: Replica
) -> None:
    replica.faults.add("501@/api/models")
    with pytest.raises(HubError):
        crawl(home.engine, hub, "hub")
    assert not crawl(home.engine, hub, "llama", way="listing").resumed
    assert crawl(home.engine, hub, "hub").resumed


def test_too_many_requests_are_waited_for_as_long_as_the_hub_says(
    home: Home, hub: Hub, replica: Replica
) -> None:
    replica.faults.add(Fault("429", seconds=1, path="/api/models"))
    began = time.monotonic()
    crawl(home.engine, hub, "hub")
    assert 1 <= time.monotonic() - began < 8
    assert len(pages_asked(replica)) == 2
    assert len(home.live()) == 3


@pytest.mark.parametrize("kind", ["cut", "500"])
def test_a_cut_answer_and_a_hub_in_trouble_are_asked_again(
    home: Home, hub: Hub, replica: Replica, kind: str
) -> None:
    replica.faults.add(Fault(kind, path="/api/models"))
    report: CrawlReport = crawl(home.engine, hub, "hub")
    assert (report.counts.new, len(pages_asked(replica))) == (3, 2)


def test_the_next_pages_host_is_never_followed(home: Home, hub: Hub, front: Front) -> None:
    front.replica = Replica(numbered(MANY), public_host="http://elsewhere.invalid")
    crawl(home.engine, hub, "hub")
    assert len(home.live()) == MANY
    assert len(pages_asked(front.replica)) == 3


def test_an_item_that_is_no_record_is_refused_and_the_rest_is_stored(
    home: Home, hub: Hub, replica: Replica
) -> None:
    replica.replace([*small(), model("bad/../id"), model("bad/id\n")])
    report = crawl(home.engine, hub, "hub")
    assert (report.counts.refused, len(home.live())) == (2, 3)
    places = [n["place"] for n in home.register.notices(home.register.runs()[0]["number"])]
    assert len(places) == 2
    assert all(place.startswith("models #") for place in places)


def test_a_hub_that_is_not_there_leaves_everything_and_says_so(home: Home) -> None:
    home.take(*small()[:2], gone("x/Gone"))
    hub = Hub("http://127.0.0.1:9")
    assert not hub.reachable()
    assert home.live() == {"b/Base", "a/Child"}
    assert issubclass(Unreachable, HubError)
