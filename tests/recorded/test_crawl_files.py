"""A crawl's small files: which are asked for, when, and what the judge then says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from huggingface_hub.utils import RateLimitInfo
from sqlalchemy import select

from crawler.crawl import CrawlReport, crawl
from crawler.files import plain_name, wanted
from crawler.hub import MAX_FILE, Hub, HubError
from crawler.pace import Pace
from crawler.record import read
from graph.facts import artifacts
from graph.model import worst
from graph.tables import ArtifactRow
from tests.home import LLAMA, Home, Record, model
from tests.hub_replica import Fault, Replica
from tests.recorded.front import Front

CARD = "---\nlicense: llama3.1\n---\nA model.\n"
BUILT = "---\nlicense: llama3.1\n---\nBuilt with Llama\n"
NOTICE = (
    "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. "
    "All Rights Reserved."
)
BASE = "acme/Llama-3.1-8B-Support"


class Crawled:
    """A home beside a small Hub."""

    def __init__(self, folder: Path, front: Front, url: str) -> None:
        self.home, self.hub, self.url = Home(folder), Hub(url), url
        self.replica = front.replica = Replica([])

    def crawl(self, *records: Record, files: int = 100) -> CrawlReport:
        """Crawl a Hub of these records; of the present ones without any."""
        if records:
            self.replica.replace(records)
        self.replica.forget()
        return crawl(self.home.engine, self.hub, "hub", files=files)

    def files(self) -> list[str]:
        """Return the files that the last crawl asked for, in order."""
        paths = [unquote(urlsplit(asked).path) for asked in self.replica.asked]
        return [p[1:].replace("/resolve/main/", ": ") for p in paths if "/resolve/" in p]

    def held(self, repo: str) -> set[str]:
        with self.home.engine.connect() as connection:
            key = connection.scalar(select(ArtifactRow.key).where(ArtifactRow.id == repo))
            assert key is not None
            return set(artifacts(connection, [key])[key].files)

    def outcome(self, repo: str, check: str) -> str:
        sheet = self.home.register.sheet(repo)
        assert sheet is not None
        return worst([f.outcome for f in sheet.findings if f.check == check]).value


@pytest.fixture
def one(tmp_path: Path, front: Front, url: str) -> Iterator[Crawled]:
    opened = Crawled(tmp_path, front, url)
    yield opened
    opened.home.close()


def llama(repo: str, files: dict[str, str] | None = None, **more: Any) -> Record:
    """Return a fine-tune of Llama that lists the files it has, in the golden cases' shape."""
    texts = {"README.md": CARD} if files is None else files
    listed = {"siblings": [{"rfilename": name} for name in (*texts, "model.safetensors")]}
    card = {"base_model": LLAMA, "license": "llama3.1"}
    told = {"lastModified": "2025-02-01T00:00:00.000Z", "cardData": card, "downloads": 10}
    return model(repo, f"finetune:{LLAMA}", licence="llama3.1", **{**told, **listed, **more}) | {
        "files": texts
    }


def stranger(repo: str) -> Record:
    return {
        "id": repo,
        "tags": [],
        "files": {"README.md": "x"},
        "siblings": [{"rfilename": "README.md"}],
    }


def test_findings_turn_from_unknown_to_what_the_files_show(one: Crawled) -> None:
    good = llama("acme/Llama-Good", {"README.md": BUILT, "NOTICE": NOTICE, "config.json": "{}"})
    one.crawl(good, llama("acme/Llama-Bare"), files=0)
    one.home.build()
    checks = ("built-with", "licence-copy", "notice-file")
    assert {one.outcome("acme/Llama-Good", c) for c in checks} == {"unknown"}
    report = one.crawl()
    one.home.build()
    assert one.held("acme/Llama-Good") == {"README.md", "NOTICE", "config.json"}
    assert one.outcome("acme/Llama-Good", "built-with") == "passed"
    assert one.outcome("acme/Llama-Good", "notice-file") == "passed"
    assert one.outcome("acme/Llama-Bare", "licence-copy") == "failed"
    assert (report.counts.files, report.counts.files_left) == (4, 0)
    assert one.home.register.runs()[0]["counts"]["files"] == 4


def test_an_unchanged_revision_is_not_asked_again_and_keeps_its_files(one: Crawled) -> None:
    one.crawl(llama(BASE))
    one.home.build()
    before = one.home.found()
    report = one.crawl()
    assert (one.files(), report.counts.changed) == ([], 0)
    assert one.held(BASE) == {"README.md"}
    assert one.home.build().id is None
    assert one.home.found() == before


def test_a_card_that_only_its_file_tells_stays_from_crawl_to_crawl(one: Crawled) -> None:
    record = llama(BASE)
    del record["cardData"]
    one.crawl(record)
    one.home.build()
    assert one.outcome(BASE, "licence-copy") == "failed"  # with the file list still known
    assert one.crawl().counts.changed == 0
    assert one.home.build().id is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"sha": "a" * 40}, {"sha": "b" * 40}),
        ({}, {"lastModified": "2025-03-01T00:00:00.000Z"}),
    ],
    ids=["sha", "modified"],
)
def test_a_new_revision_is_fetched_again(one: Crawled, old: Record, new: Record) -> None:
    one.crawl(llama(BASE, **old))
    one.crawl(llama(BASE, {"README.md": BUILT}, **{**old, **new}))
    assert len(one.files()) == 1
    one.home.build()
    assert one.outcome(BASE, "built-with") == "passed"


def test_a_sha_says_the_revision_and_is_what_is_asked_for(one: Crawled) -> None:
    one.crawl(llama(BASE, sha="a" * 40))
    assert one.replica.count(f"/{BASE}/resolve/{'a' * 40}/README.md") == 1
    one.crawl(llama(BASE, sha="a" * 40, lastModified="2026-01-01T00:00:00.000Z"))
    assert one.replica.count(f"/{BASE}/resolve") == 0
    assert one.held(BASE) == {"README.md"}


def test_the_most_downloaded_come_first_and_the_next_crawl_takes_the_rest(one: Crawled) -> None:
    downloads = {"a": 5, "b": 500, "c": None, "d": 50}
    records = [llama(f"acme/{name}", downloads=n) for name, n in downloads.items()]
    report = one.crawl(*records, files=2)
    assert one.files() == ["acme/b: README.md", "acme/d: README.md"]
    assert (report.counts.files, report.counts.files_left) == (2, 2)
    report = one.crawl(files=2)
    assert one.files() == ["acme/a: README.md", "acme/c: README.md"]
    assert (report.counts.files, report.counts.files_left) == (2, 0)


def test_a_repository_may_be_read_in_two_crawls(one: Crawled) -> None:
    one.crawl(llama(BASE, {"README.md": CARD, "LICENSE": "x", "NOTICE": "y"}), files=2)
    assert one.held(BASE) == {"README.md", "LICENSE"}
    one.crawl(files=2)
    assert one.files() == [f"{BASE}: NOTICE"]
    assert one.held(BASE) == {"README.md", "LICENSE", "NOTICE"}


def test_only_llamas_family_and_the_data_it_names_are_read(one: Crawled) -> None:
    card = {"base_model": LLAMA, "datasets": ["d/Used"]}
    used = {**stranger("d/Used"), "kind": "dataset", "tags": ["license:mit"]}
    one.crawl(
        llama(BASE, cardData=card, tags=[f"base_model:{LLAMA}", "dataset:d/Used"]),
        used,
        {**used, "id": "d/Unused"},
        stranger("z/Other"),
    )
    assert one.files() == [f"{BASE}: README.md", "datasets/d/Used: README.md"]


def test_members_of_the_last_build_are_in_scope(one: Crawled) -> None:
    named = stranger("acme/Llama-3.1-8B-Tales")
    one.crawl(named, files=0)
    one.home.build()
    assert one.home.rows("select family from members") == [("llama-3.1",)]
    one.crawl()
    assert one.files() == ["acme/Llama-3.1-8B-Tales: README.md"]


def test_what_is_gated_stays_unknown_and_is_not_asked_again(one: Crawled) -> None:
    one.crawl(llama(BASE, gated="manual"))
    assert one.files() == [f"{BASE}: README.md"]
    assert one.held(BASE) == set()
    one.home.build()
    assert one.outcome(BASE, "built-with") == "unknown"
    assert one.crawl().counts.files_left == 0
    assert one.files() == []


def test_what_was_gated_is_asked_for_once_there_is_a_token(one: Crawled) -> None:
    one.crawl(llama(BASE, gated="manual"))
    one.hub = Hub(one.url, token="hf_x")  # noqa: S106 (of no one)
    one.crawl()
    assert one.files() == [f"{BASE}: README.md"]
    one.crawl()
    assert one.files() == []


def test_a_listed_file_that_is_missing_is_asked_for_once(one: Crawled) -> None:
    record = llama(BASE)
    record["siblings"] = [{"rfilename": "README.md"}, {"rfilename": "LICENSE"}]
    one.home.take({k: v for k, v in record.items() if k != "files"})
    del record["siblings"]  # the list that was taken is older than the repository
    one.crawl(record)
    assert one.files() == [f"{BASE}: README.md", f"{BASE}: LICENSE"]
    one.crawl()
    assert (one.files(), one.held(BASE)) == ([], {"README.md"})


def test_without_a_list_the_detail_is_asked_and_then_the_usual_names_once(one: Crawled) -> None:
    record = llama(BASE)
    del record["siblings"]
    one.crawl(record)
    assert one.replica.count(f"/api/models/{BASE}") == 1
    assert set(one.files()) >= {f"{BASE}: README.md", f"{BASE}: LICENSE"}
    assert one.held(BASE) == {"README.md"}
    one.home.build()
    assert one.outcome(BASE, "licence-copy") == "unknown"
    one.crawl()
    assert (one.files(), one.replica.count(f"/api/models/{BASE}")) == ([], 0)


def test_large_files_and_those_that_are_no_text_are_not_held_nor_asked_again(one: Crawled) -> None:
    one.crawl(llama(BASE, {"LICENSE": "x" * (MAX_FILE + 1), "NOTICE": "a\0b", "README.md": CARD}))
    assert one.held(BASE) == {"README.md"}
    one.crawl()
    assert one.files() == []


def test_too_many_requests_are_waited_for(one: Crawled) -> None:
    one.replica.faults.add(Fault("429", seconds=1, path=f"/{BASE}/resolve"))
    began = time.monotonic()
    one.crawl(llama(BASE))
    assert 1 <= time.monotonic() - began < 8
    assert one.files() == [f"{BASE}: README.md"] * 2
    assert one.held(BASE) == {"README.md"}


def test_where_the_next_window_is_far_off_the_rest_is_left(one: Crawled) -> None:
    one.replica.faults.add(Fault("429", seconds=3000, path=f"/{BASE}/resolve"))
    report = one.crawl(llama(BASE), llama("acme/Less", downloads=1))
    assert (one.files(), report.counts.files_left) == ([f"{BASE}: README.md"], 2)
    one.crawl()
    assert len(one.files()) == 2


def test_the_hub_in_trouble_ends_the_files_and_not_the_crawl(one: Crawled) -> None:
    records = [llama(f"acme/m{n}", downloads=n) for n in range(5)]
    one.replica.faults.add("501:*@/acme")
    report = one.crawl(*records)
    assert len(one.files()) == 3
    assert (report.counts.files_left, one.home.register.runs()[0]["state"]) == (5, "done")
    one.replica.faults.clear()
    assert one.crawl().counts.files == 5
    assert one.files()[:2] == ["acme/m1: README.md", "acme/m0: README.md"]


def test_a_cut_answer_is_left_for_the_next_crawl(one: Crawled) -> None:
    one.replica.faults.add(Fault("cut", path=f"/{BASE}/resolve"))
    assert one.crawl(llama(BASE)).counts.files_left == 1
    assert one.crawl().counts.files == 1


def test_a_crawl_that_was_stopped_goes_on_with_its_files(
    one: Crawled, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Hub.file

    def stop(hub: Hub, artifact_id: str, *rest: str) -> Any:
        if artifact_id == "acme/less":
            raise KeyboardInterrupt
        return ask(hub, artifact_id, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(Hub, "file", stop)
        with pytest.raises(KeyboardInterrupt):
            one.crawl(llama(BASE), llama("acme/less", downloads=1))
    assert one.home.register.runs()[0]["state"] == "stopped"
    report = one.crawl()
    assert (report.resumed, report.counts.files) == (True, 2)
    assert one.files() == ["acme/less: README.md"]


def test_claims_follow_from_what_was_fetched(one: Crawled) -> None:
    merge = "models:\n  - model: m/One\n  - model: m/Two\nmerge_method: slerp\n"
    one.crawl(llama(BASE, {"README.md": CARD, "mergekit_config.yml": merge}))
    one.home.build()
    assert {p for c, r, p, _ in one.home.edges() if (c, r) == (BASE, "merge")} >= {"m/One", "m/Two"}


HOSTILE = ("../LICENSE", "a/../LICENSE", "/LICENSE", "LICENSE\n", "a//LICENSE", "..", "./NOTICE",
           "LICENSE\x7f", "NOTICE\\..\\x", "LICENSE\u2028", "LICENSE/" + "x" * 300)  # fmt: skip


def test_hostile_names_are_never_asked_for(one: Crawled) -> None:
    assert not any(map(plain_name, HOSTILE))
    record = llama(BASE)
    record["siblings"] += [{"rfilename": name} for name in HOSTILE]
    record["siblings"] += [{"rfilename": f"LICENSE-{n}?x=#y%2e"} for n in range(3)]
    one.crawl(record)
    assert len(one.files()) == 1 + 3
    assert all("%3Fx%3D%23y%252e" in p for p in one.replica.requests if "LICENSE-" in p)


def test_the_most_telling_files_come_first_and_not_too_many() -> None:
    names = ["docs/a.md", "original/LICENSE", "config.json", "use_policy.md", "Notice.txt",
             "COPYING", "LICENCE.txt", "README.md", "LICENSE.pdf", "tokenizer.json"]  # fmt: skip
    record = read({"id": "a/b", "siblings": names}, lambda _line: None)
    assert wanted(record) == [
        "README.md", "COPYING", "LICENCE.txt", "Notice.txt", "use_policy.md", "config.json",
        "docs/a.md", "original/LICENSE",
    ]  # fmt: skip
    many = read({"id": "a/b", "siblings": [f"{n}.md" for n in range(99)]}, lambda _line: None)
    assert len(wanted(many)) == 12


def test_the_pace_leaves_a_tenth_of_the_hubs_limit_to_others() -> None:
    slept: list[float] = []
    pace = Pace(100, slept.append)
    pace.note(RateLimitInfo("resolvers", 301, 200, 3000, 300))
    assert pace.may_ask()
    pace.note(RateLimitInfo("resolvers", 300, 200, 3000, 300))
    assert pace.may_ask()
    assert slept == [pytest.approx(201, abs=1)]


def test_a_refusal_that_is_no_ones_is_an_error_for_people(one: Crawled) -> None:
    one.crawl(llama(BASE), files=0)
    one.replica.faults.add("501@/acme")
    with pytest.raises(HubError, match="refused /acme"):
        one.hub.file(BASE, "README.md")
    assert one.hub.file("no/where", "README.md").why == "missing"
