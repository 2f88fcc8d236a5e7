"""A crawl of the whole Hub: the real client against the replica, over HTTP."""

from __future__ import annotations

import time

import pytest

from crawler.crawl.crawl import CrawlReport, Doubted, Hooks, crawl
from crawler.hub import Hub, HubError, Patience, Unreachable
from graph.storage.tables import SAMPLE_SCOPE
from tests.home import Home, Record, gone, model
from tests.hub_replica import Fault, Replica, Rules
from tests.recorded.front import Front

MANY = 2200  # three pages of the Hub
QUICK = Patience(tries=4, first=0.01, most=0.05, whole=5.0)


@pytest.fixture
def replica(front: Front) -> Replica:
    front.replica = Replica(small())
    return front.replica


@pytest.fixture
def hub(url: str, replica: Replica) -> Hub:
    assert replica.count() == 0
    return Hub(url, patience=QUICK)


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


def pages_asked(replica: Replica, kind: str = "models") -> list[str]:
    """Return the pages of the whole list that were asked for, not those of a first look."""
    asked = [one for one in replica.asked if one.startswith(f"/api/{kind}?")]
    return [one for one in asked if "filter=" not in one]


def state(home: Home) -> str:
    return str(home.read_model.runs()[0]["state"])


def test_scope_hub_lists_every_model_and_data_set(home: Home, hub: Hub, replica: Replica) -> None:
    replica.replace([*numbered(MANY), *small()])
    steps: list[int] = []
    report = crawl(
        home.engine, hub, "hub", hooks=Hooks(progress=lambda s: steps.append(s.counts.records))
    )
    assert home.live() == {f"acme/m{n:05}" for n in range(MANY)} | {
        "b/Base", "a/Child", "datasets/d/Data",
    }  # fmt: skip
    assert (report.resumed, report.covered, report.absent) == (False, ("models", "datasets"), 0)
    assert (report.counts.new, state(home)) == (MANY + 3, "done")
    assert len(pages_asked(replica)) == 3
    assert steps[2:] == [1000, 2000, MANY + 2, MANY + 3]  # two are of the first look


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


def test_what_two_lists_do_not_hold_is_removed_and_what_returns_is_live(
    home: Home, hub: Hub, replica: Replica
) -> None:
    home.take(model("c/OnlyImported"))
    replica.replace([*numbered(30), *small()])
    assert crawl(home.engine, hub, "hub").absent == 1
    assert "c/OnlyImported" in home.live()
    left = [*numbered(30), {"id": "d/More", "kind": "dataset", "tags": []}]
    replica.replace(left)
    assert crawl(home.engine, hub, "hub").absent == 4
    assert home.live() >= {"b/Base", "a/Child", "datasets/d/Data"}
    assert "c/OnlyImported" not in home.live()
    report = crawl(home.engine, hub, "hub")
    assert (report.counts.removed, len(home.live())) == (3, 31)
    replica.replace([*numbered(30), *small()])
    crawl(home.engine, hub, "hub")
    assert home.live() >= {"b/Base", "a/Child", "datasets/d/Data"}


def test_what_was_removed_keeps_its_last_known_facts_and_its_date(
    home: Home, hub: Hub, replica: Replica
) -> None:
    replica.replace([*numbered(30), model("a/Lost", licence="mit", downloads=7)])
    crawl(home.engine, hub, "hub")
    replica.replace(numbered(30))
    crawl(home.engine, hub, "hub")
    crawl(home.engine, hub, "hub")
    home.build()
    stored = home.read_model.artifact("a/Lost")
    assert stored is not None
    assert (stored.artifact.crawled, stored.artifact.downloads) == (False, 7)
    assert stored.artifact.licences == ("mit",)
    assert stored.artifact.removed is not None


def test_one_short_answer_removes_nothing_and_says_so(
    home: Home, hub: Hub, replica: Replica
) -> None:
    replica.replace(numbered(MANY))
    crawl(home.engine, hub, "hub")
    replica.faults.add("empty@/api/models")
    with pytest.raises(Doubted, match=r"the list of models cannot be whole: it is empty"):
        crawl(home.engine, hub, "hub")
    assert len(home.live()) == MANY
    run = home.read_model.runs()[0]
    assert (run["state"], run["listed"]) == ("failed", None)
    assert "it is empty, though 2,200 are known" in run["reason"]
    assert crawl(home.engine, hub, "hub").counts.removed == 0
    assert len(home.live()) == MANY


def test_a_list_that_ends_early_twice_at_the_same_place_is_believed(
    home: Home, hub: Hub, replica: Replica
) -> None:
    replica.replace(numbered(MANY))
    crawl(home.engine, hub, "hub")
    replica.replace(numbered(1500))
    with pytest.raises(Doubted, match="it ended after 1,500, the last one after 2,200"):
        crawl(home.engine, hub, "hub")
    assert len(home.live()) == MANY
    assert crawl(home.engine, hub, "hub").absent == 700  # as the doubted one ended
    assert crawl(home.engine, hub, "hub").counts.removed == 700
    assert len(home.live()) == 1500


def test_a_first_list_that_does_not_hold_what_a_filter_found_is_doubted(
    home: Home, hub: Hub, replica: Replica
) -> None:
    tagged = [{**one, "tags": ["license:llama3.1"]} for one in numbered(MANY)]
    replica.replace(tagged)
    replica.rules = Rules(cursor_ends_after=1)
    with pytest.raises(Doubted, match="cannot be whole"):
        crawl(home.engine, hub, "hub")
    assert home.read_model.runs()[0]["covered"] == []


def test_a_first_list_that_ends_on_a_full_page_without_a_link_is_doubted(
    home: Home, hub: Hub, replica: Replica
) -> None:
    replica.replace(numbered(MANY))
    replica.rules = Rules(next_link="missing")
    with pytest.raises(Doubted, match="on a full page, without a link"):
        crawl(home.engine, hub, "hub")


def test_private_rows_are_passed_over_and_named_nowhere(home: Home, url: str, front: Front) -> None:
    front.replica = Replica([*small(), model("me/Secret", private=True)])
    hub = Hub(url, token="hf_x", patience=QUICK)  # noqa: S106 (of no one)
    report = crawl(home.engine, hub, "hub")
    assert report.counts.private == 1
    assert home.live() == {"b/Base", "a/Child", "datasets/d/Data"}
    notices = home.read_model.notices(home.read_model.runs()[0]["number"])
    assert any(n["kind"] == "private" for n in notices)
    assert not any("Secret" in n["place"] + n["reason"] for n in notices)


def test_a_disabled_repository_stays_and_is_marked(home: Home, hub: Hub, replica: Replica) -> None:
    replica.replace([*small(), model("a/Off", disabled=True)])
    crawl(home.engine, hub, "hub")
    home.build()
    stored = home.read_model.artifact("a/Off")
    assert stored is not None
    assert (stored.artifact.crawled, stored.artifact.disabled) == (True, True)


def test_a_field_that_the_hub_refuses_is_dropped_and_said(
    home: Home, hub: Hub, replica: Replica
) -> None:
    replica.rules = Rules(list_refuses=("baseModels", "downloadsAllTime"))
    crawl(home.engine, hub, "hub")
    assert home.live() == {"b/Base", "a/Child", "datasets/d/Data"}
    notices = home.read_model.notices(home.read_model.runs()[0]["number"])
    told = {n["reason"] for n in notices if n["kind"] == "field"}
    assert "the Hub refused the field baseModels of lists of models" in told
    assert "the Hub refused the field downloadsAllTime of lists of datasets" in told


def test_a_field_that_cannot_be_done_without_is_an_error_with_its_name(
    home: Home, hub: Hub, replica: Replica
) -> None:
    replica.rules = Rules(list_refuses=("tags",))
    with pytest.raises(HubError, match="gives tags of models no more"):
        crawl(home.engine, hub, "hub")
    assert home.live() == set()


@pytest.mark.parametrize("fault", ["501+3", "json:*+3"])  # two of a first look, a page
def test_a_crawl_that_broke_goes_on_at_its_cursor_and_asks_no_page_twice(
    home: Home, hub: Hub, replica: Replica, fault: str
) -> None:
    replica.replace(numbered(MANY))
    replica.faults.add(f"{fault}@/api/models")
    with pytest.raises(HubError):
        crawl(home.engine, hub, "hub")
    assert (state(home), len(home.live())) == ("stopped", 1000)
    broken = pages_asked(replica)[-1]
    replica.forget()
    replica.faults.clear()
    report = crawl(home.engine, hub, "hub")
    assert (report.resumed, report.counts.records, len(home.live())) == (True, MANY, MANY)
    asked = pages_asked(replica)
    assert asked[0] == broken
    assert len(asked) == len(set(asked)) == 2
    assert len(home.read_model.runs()) == 1


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
    assert len(home.live()) == MANY  # one list is no proof
    crawl(home.engine, hub, "hub")
    assert len(home.live()) == MANY - 100


def test_a_crawl_of_another_scope_is_not_gone_on_with(
    home: Home, hub: Hub, replica: Replica
) -> None:
    replica.faults.add("501@/api/datasets")
    with pytest.raises(HubError):
        crawl(home.engine, hub, "hub")
    assert not crawl(home.engine, hub, "llama").resumed
    assert crawl(home.engine, hub, "hub").resumed


def test_too_many_requests_are_waited_for_as_long_as_the_hub_says(
    home: Home, hub: Hub, replica: Replica
) -> None:
    replica.faults.add(Fault("429", seconds=1, path="/api/models"))
    began = time.monotonic()
    crawl(home.engine, hub, "hub")
    assert 1 <= time.monotonic() - began < 8
    assert replica.limits.windows("api")[0].asked == 5
    assert len(home.live()) == 3


@pytest.mark.parametrize("kind", ["cut", "500"])
def test_a_cut_answer_and_a_hub_in_trouble_are_asked_again(
    home: Home, hub: Hub, replica: Replica, kind: str
) -> None:
    replica.faults.add(Fault(kind, path="/api/models"))
    report: CrawlReport = crawl(home.engine, hub, "hub")
    assert (report.counts.new, report.counts.retried) == (3, 1)


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
    notices = home.read_model.notices(home.read_model.runs()[0]["number"])
    places = [n["place"] for n in notices if n["kind"] == "refused"]
    assert len(places) == 2
    assert all(place.startswith("models #") for place in places)


def test_a_hub_that_is_not_there_leaves_everything_and_says_so(home: Home) -> None:
    home.take(*small()[:2], gone("x/Gone"))
    with pytest.raises(Unreachable):
        crawl(home.engine, Hub("http://127.0.0.1:9", patience=QUICK), "hub")
    assert home.live() == {"b/Base", "a/Child"}
    assert home.read_model.runs()[0]["state"] == "stopped"


def test_what_the_sample_alone_held_is_dropped_and_no_absence(home: Home, hub: Hub) -> None:
    home.take(*(model(f"s/m{n}") for n in range(300)), scope=SAMPLE_SCOPE)
    crawl(home.engine, hub, "hub")
    assert home.live() == {"b/Base", "a/Child", "datasets/d/Data"}
