"""A crawl's small files: when they are asked for, what the run says, and what the judge then says.

What is asked for, in which order and in what trouble is tried without the lists: test_texts_*.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from sqlalchemy import select

from crawler.crawl.crawl import Choices, CrawlReport, crawl
from crawler.hub import Hub, Patience
from graph.catalogue.model import worst
from graph.storage.facts import artifacts
from graph.storage.tables import ArtifactRow
from tests.home import Home, Record
from tests.hub_replica import Fault, Replica
from tests.recorded.front import Front
from tests.recorded.texts import BASE, BUILT, CARD, A, B, llama

NOTICE = (
    "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. "
    "All Rights Reserved."
)


class Crawled:
    """A home beside a small Hub."""

    def __init__(self, folder: Path, front: Front, url: str) -> None:
        self.home = Home(folder)
        self.hub = Hub(url, patience=Patience(tries=3, first=0.01, most=0.02))
        self.replica = front.replica = Replica([])

    def crawl(self, *records: Record, files: int | None = 100) -> CrawlReport:
        """Crawl a Hub of these records; of the present ones without any."""
        if records:
            self.replica.replace(records)
        self.replica.forget()
        return crawl(self.home.engine, self.hub, "hub", choices=Choices(files=files))

    def files(self) -> list[str]:
        """Return the files that the last crawl asked for, sorted."""
        paths = [unquote(urlsplit(asked).path) for asked in self.replica.asked]
        parted = [path[1:].partition("/resolve/") for path in paths if "/resolve/" in path]
        return sorted(f"{repo}: {rest.partition('/')[2]}" for repo, _, rest in parted)

    def held(self, repo: str) -> set[str]:
        with self.home.engine.connect() as connection:
            key = connection.scalar(select(ArtifactRow.key).where(ArtifactRow.id == repo))
            assert key is not None
            return set(artifacts(connection, [key])[key].files)

    def outcome(self, repo: str, check: str) -> str:
        stored = self.home.read_model.artifact(repo)
        assert stored is not None
        return worst([f.outcome for f in stored.findings if f.check == check]).value

    def state(self) -> str:
        """Return the state of the last run."""
        return str(self.home.rows("select number, state from runs")[-1][1])


@pytest.fixture
def one(tmp_path: Path, front: Front, url: str) -> Iterator[Crawled]:
    opened = Crawled(tmp_path, front, url)
    yield opened
    opened.home.close()


def test_findings_turn_from_unknown_to_what_the_files_show(one: Crawled) -> None:
    good = llama("acme/Llama-Good", {"README.md": BUILT, "NOTICE": NOTICE, "config.json": "{}"})
    one.crawl(good, llama("acme/Llama-Bare"), files=0)
    one.home.build()
    checks = ("built-with", "licence-copy", "notice-file")
    assert {one.outcome("acme/Llama-Good", c) for c in checks} == {"unknown"}
    report = one.crawl()
    one.home.build()
    assert one.held("acme/Llama-Good") == {"README.md", "NOTICE"}
    assert one.outcome("acme/Llama-Good", "built-with") == "passed"
    assert one.outcome("acme/Llama-Good", "notice-file") == "passed"
    assert one.outcome("acme/Llama-Bare", "licence-copy") == "failed"
    assert (report.counts.files, report.left.repositories) == (3, 0)
    assert one.state() == "done"
    assert not one.replica.downloads


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
        ({"sha": A}, {"sha": B}),
        ({}, {"lastModified": "2025-03-01T00:00:00.000Z"}),
    ],
    ids=["sha", "modified"],
)
def test_a_new_revision_is_fetched_again_and_the_old_text_stands_until_then(
    one: Crawled, old: Record, new: Record
) -> None:
    one.crawl(llama(BASE, {"README.md": BUILT}, **old))
    later = llama(BASE, **{**old, **new})
    one.crawl(later, files=0)
    one.home.build()
    assert one.outcome(BASE, "built-with") == "passed"
    one.crawl(later)
    assert len(one.files()) == 1
    one.home.build()
    assert one.outcome(BASE, "built-with") != "passed"


def test_what_a_list_tells_later_than_a_sha_changes_no_text(one: Crawled) -> None:
    one.crawl(llama(BASE, sha=A))
    assert one.replica.count(f"/{BASE}/resolve/{A}/README.md") == 1
    one.crawl(llama(BASE, sha=A, lastModified="2026-01-01T00:00:00.000Z"))
    assert one.replica.count(f"/{BASE}/resolve") == 0
    assert one.held(BASE) == {"README.md"}


def test_a_run_that_left_files_says_how_many_and_when_it_goes_on(one: Crawled) -> None:
    one.replica.faults.add(Fault("429", seconds=3000, path=f"/{BASE}/resolve"))
    began = datetime.now(UTC)
    report = one.crawl(llama(BASE), files=None)
    assert (report.left.repositories, report.counts.files_left) == (1, 1)
    assert report.left.resumes is not None
    assert report.left.resumes - began > timedelta(minutes=49)
    assert one.state() == "paused"


def test_files_beyond_the_requests_are_taken_by_the_next_crawl(one: Crawled) -> None:
    one.crawl(llama(BASE, {"README.md": CARD, "LICENSE": "x", "NOTICE": "y"}), files=2)
    assert (one.held(BASE), one.state()) == ({"README.md", "LICENSE"}, "paused")
    one.crawl(files=2)
    assert one.files() == [f"{BASE}: NOTICE"]
    assert (one.held(BASE), one.state()) == ({"README.md", "LICENSE", "NOTICE"}, "done")


def test_a_crawl_that_was_stopped_goes_on_with_its_files(
    one: Crawled, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Hub.file

    def stop(hub: Hub, artifact_id: str, *rest: str) -> object:
        if artifact_id == "acme/less":
            raise KeyboardInterrupt
        return ask(hub, artifact_id, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(Hub, "file", stop)
        with pytest.raises(KeyboardInterrupt):
            one.crawl(llama(BASE), llama("acme/less", downloads=1))
    assert one.state() == "stopped"
    report = one.crawl()
    assert report.resumed
    assert "acme/less: README.md" in one.files()
    assert (one.held(BASE), one.held("acme/less")) == ({"README.md"}, {"README.md"})


def test_claims_follow_from_what_was_fetched(one: Crawled) -> None:
    merge = "models:\n  - model: m/One\n  - model: m/Two\nmerge_method: slerp\n"
    moe = "base_model: m/Three\nexperts:\n- source_model: https://hf.co/m/Four\n"
    texts = {"mergekit_config.yml": merge, "mergekit_moe_config.yml": moe}
    one.crawl(llama(BASE, {"README.md": CARD, **texts}))
    one.home.build()
    merged = {p for c, r, p, _ in one.home.edges() if (c, r) == (BASE, "merge")}
    assert merged >= {"m/One", "m/Two", "m/Three", "https://hf.co/m/Four"}
    assert ("https://hf.co/m/Four", "renamed", "m/Four", "declared") in one.home.edges()
