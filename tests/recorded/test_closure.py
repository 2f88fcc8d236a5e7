"""A crawl of the Llama closure: what it asks for, what it finds, what it marks as gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from crawler.crawl import crawl
from crawler.hub import Hub, HubError
from tests.home import LLAMA, Home, Record, gone, model
from tests.hub_replica import Replica, serve

COPY = "unsloth/Meta-Llama-3.1-8B-bnb-4bit"
LLAMAS: list[Record] = [
    model(LLAMA, licence="llama3.1"),
    model("acme/Bravo", f"finetune:{LLAMA}"),
    model("acme/Charlie", "quantized:acme/Bravo"),
    model("acme/Delta", "merge:acme/Charlie", "merge:r/Rival"),
    {"id": "acme/Lora", "tags": [f"base_model:adapter:{COPY.lower()}"]},
    {"id": "acme/Card-Only", "tags": ["mllama"], "cardData": {"base_model": "acme/Bravo"}},
    model("acme/Under-Copy", "finetune:" + COPY),
    {"id": "acme/Tagged", "tags": ["license:llama2"]},
    {"id": "acme/Llama-By-Name", "tags": []},
    model("acme/Of-By-Name", "finetune:acme/Llama-By-Name"),
    {"id": "d/Llama-Data", "kind": "dataset", "tags": []},
]
PARENTS = [model("r/Rival", "finetune:r/Root"), model("r/Root")]
STRANGERS = [
    model("z/Other"),
    model("z/Child", "finetune:z/Other"),
    model("r/Sister", "finetune:r/Rival"),
]


class Crawled:
    """A home after the closure of a small Hub, and what the Hub was asked."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.replica = Replica([*LLAMAS, *PARENTS, *STRANGERS])
        self.url = ""

    def crawl(self, **how: Any) -> None:
        self.replica.forget()
        crawl(self.home.engine, Hub(self.url), "llama", **how)

    def filters(self) -> list[str]:
        """Return what the Hub was asked to filter by, in order."""
        queries = (parse_qsl(urlsplit(asked).query) for asked in self.replica.asked)
        return [value for query in queries for name, value in query if name == "filter"]

    def singles(self) -> list[str]:
        """Return the repositories the Hub was asked for one by one."""
        paths = (unquote(urlsplit(asked).path) for asked in self.replica.asked)
        return [p.removeprefix("/api/models/") for p in paths if p.startswith("/api/models/")]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    one = Crawled(tmp_path_factory.mktemp("closure"))
    with serve(one.replica.app) as one.url:
        one.crawl(way="closure")
        yield one
    one.home.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Crawled]:
    one = Crawled(tmp_path)
    with serve(one.replica.app) as one.url:
        yield one
    one.home.close()


def ids(records: list[Record]) -> set[str]:
    return {("datasets/" if "kind" in r else "") + r["id"] for r in records}


@pytest.mark.parametrize(
    "repo",
    ["acme/Charlie", "acme/Delta", "acme/Lora", "acme/Card-Only", "acme/Under-Copy", "acme/Tagged",
     "acme/Of-By-Name", "datasets/d/Llama-Data"],
    ids=["grandchild", "merge", "lower-case-copy", "card-only", "under-a-copy", "licence-tag",
         "child-of-a-name", "data-set"],
)  # fmt: skip
def test_the_closure_finds(crawled: Crawled, repo: str) -> None:
    assert repo in crawled.home.live()


def test_the_closure_holds_its_own_and_their_other_parents_and_nothing_else(
    crawled: Crawled,
) -> None:
    assert crawled.home.live() == ids(LLAMAS) | ids(PARENTS)


def test_parents_that_are_not_held_are_asked_for_one_by_one_up_to_the_root(
    crawled: Crawled,
) -> None:
    assert {"r/Rival", "r/Root"} <= set(crawled.singles())
    assert LLAMA not in crawled.singles()


def test_children_are_asked_for_only_where_the_hub_counts_some(crawled: Crawled) -> None:
    asked = crawled.filters()
    assert {f"base_model:{i}" for i in ("acme/Bravo", "acme/Charlie", "acme/Llama-By-Name")} <= {
        *asked
    }
    for childless in ("acme/Delta", "acme/Lora", "acme/Tagged", "acme/Card-Only", "r/Rival"):
        assert f"base_model:{childless}" not in asked


def test_nothing_is_asked_for_twice(crawled: Crawled) -> None:
    assert len(crawled.replica.asked) == len(set(crawled.replica.asked))


def test_a_second_closure_changes_nothing(own: Crawled) -> None:
    own.crawl(way="closure")
    own.home.build()
    before = own.home.found()
    own.crawl(way="closure")
    run = own.home.register.runs()[0]
    assert (run["counts"]["new"], run["counts"]["changed"], run["state"]) == (0, 0, "done")
    assert own.home.build().id is None
    assert own.home.found() == before


def test_held_llamas_that_left_the_hub_are_marked_and_strangers_left_alone(own: Crawled) -> None:
    own.home.take(
        model("x/Lost", f"finetune:{LLAMA}"),
        model("x/Stranger", "finetune:x/Unknown"),
        gone("x/Old"),
    )
    own.crawl(way="closure")
    assert "x/Lost" in own.singles()
    assert {"x/Lost", "x/Stranger"} & own.home.live() == {"x/Stranger"}
    own.replica.replace([r for r in LLAMAS if r["id"] != "acme/Charlie"])
    own.crawl(way="closure")
    assert "acme/Charlie" not in own.home.live()
    assert "acme/Delta" in own.home.live()


def test_a_held_llama_that_was_renamed_is_gone_under_its_old_name(own: Crawled) -> None:
    own.home.take(model("acme/Old", f"quantized:{LLAMA}"))
    renamed = Replica([*LLAMAS, model("acme/New")], renames={"acme/Old": "acme/New"})
    with serve(renamed.app) as own.url:
        own.crawl(way="closure")
    assert {"acme/Old", "acme/New"} & own.home.live() == {"acme/New"}


def test_a_closure_that_broke_goes_on_and_asks_nothing_twice(own: Crawled) -> None:
    own.replica.faults.add("501+40@/api/models")
    with pytest.raises(HubError):
        own.crawl(way="closure")
    before = own.replica.asked[:-1]
    own.crawl(way="closure")
    assert not set(before) & set(own.replica.asked)
    assert own.home.live() == ids(LLAMAS) | ids(PARENTS)
    assert len(own.home.register.runs()) == 1


def test_on_a_small_hub_the_whole_list_is_cheaper_and_taken(own: Crawled) -> None:
    own.crawl()
    assert own.filters() == []
    assert len(own.replica.asked) == 2
    assert own.home.live() == ids([*LLAMAS, *PARENTS, *STRANGERS])
    assert own.home.register.runs()[0]["covered"] == ["models", "datasets"]
