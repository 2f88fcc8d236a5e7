"""Texts over revisions: what is held stands until the new one is read, and says of when it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.ingest.stored import blob_id
from tests.home import Record
from tests.hub_replica import Rules
from tests.recorded.front import Front
from tests.recorded.texts import BASE, BUILT, CARD, A, B, Stage, llama, staged

NOTICE = (
    "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. "
    "All Rights Reserved."
)
OLD = {"README.md": BUILT, "NOTICE": NOTICE}
PATHS = f"/api/models/{BASE}/paths-info"


@pytest.fixture
def stage(tmp_path: Path, front: Front, url: str) -> Iterator[Stage]:
    with staged(tmp_path, front, url) as opened:
        yield opened


def test_a_commit_to_the_card_leaves_the_notice_as_it_is(stage: Stage) -> None:
    stage.read_lists(llama(BASE, OLD, sha=A))
    stage.fetch()
    stage.home.build()
    assert stage.seen(BASE, "built-with") == ("passed", {A})
    assert stage.seen(BASE, "notice-file") == ("passed", {A})

    stage.read_lists(llama(BASE, {**OLD, "README.md": CARD}, sha=B))
    stage.home.build()
    assert stage.artifact(BASE).revision == B
    assert stage.seen(BASE, "built-with") == ("passed", {A})
    assert stage.seen(BASE, "notice-file") == ("passed", {A})

    stage.fetch()
    assert stage.asked() == [f"{BASE}: README.md"]
    assert (stage.replica.count(PATHS), stage.total.files) == (1, 1)
    stage.home.build()
    assert stage.seen(BASE, "built-with")[0] != "passed"
    assert stage.seen(BASE, "built-with")[1] == {B}
    assert stage.seen(BASE, "notice-file") == ("passed", {B})


def test_a_commit_that_touches_no_text_costs_one_request(stage: Stage) -> None:
    stage.read_lists(llama(BASE, OLD, sha=A))
    stage.fetch()
    stage.read_lists(llama(BASE, OLD, sha=B))
    assert stage.fetch().repositories == 0
    assert (stage.asked(), stage.replica.count(PATHS), stage.replica.count()) == ([], 1, 1)
    told = stage.record(BASE)
    assert dict(told.files) == OLD
    assert dict(told.read_at) == {name: (B, blob_id(text)) for name, text in OLD.items()}
    assert stage.fetch().repositories == 0
    assert stage.replica.count() == 0


def test_a_revision_told_by_its_time_alone_is_fetched_by_what_is_newest(stage: Stage) -> None:
    stage.read_lists(llama(BASE, OLD))
    stage.fetch()
    stage.read_lists(
        llama(BASE, {**OLD, "README.md": CARD}, lastModified="2025-03-01T00:00:00.000Z")
    )
    stage.fetch()
    assert stage.replica.count(f"/{BASE}/resolve/main/") == 1
    assert stage.record(BASE).files["README.md"] == CARD


def test_a_file_that_is_gone_is_dropped_and_a_new_one_fetched(stage: Stage) -> None:
    stage.read_lists(llama(BASE, OLD, sha=A))
    stage.fetch()
    stage.read_lists(llama(BASE, {"README.md": BUILT, "LICENSE": "x"}, sha=B))
    assert stage.held(BASE) == {"README.md"}
    stage.fetch()
    assert stage.asked() == [f"{BASE}: LICENSE"]
    assert stage.held(BASE) == {"README.md", "LICENSE"}


def test_without_a_list_a_file_that_is_gone_is_dropped_too(stage: Stage) -> None:
    old, new = llama(BASE, OLD, sha=A), llama(BASE, {"README.md": BUILT}, sha=B)
    stage.read_lists(old)
    stage.fetch()
    stage.replica.rules = Rules(
        list_refuses=("siblings",), one_refuses=("siblings",), refusal_names_options=True
    )
    stage.read_lists(new)
    assert stage.held(BASE) == {"README.md", "NOTICE"}  # nobody knows yet
    stage.fetch()
    assert f"{BASE}: README.md" not in stage.asked()
    assert stage.held(BASE) == {"README.md"}


@pytest.mark.parametrize("rule", ["404", "missing oid"])
def test_where_the_hub_tells_no_ids_all_is_fetched_again(stage: Stage, rule: str) -> None:
    stage.read_lists(llama(BASE, OLD, sha=A))
    stage.fetch()
    stage.replica.rules = Rules(paths_info=rule)  # type: ignore[arg-type] # a parameter
    stage.read_lists(llama(BASE, OLD, sha=B))
    stage.fetch()
    assert stage.asked() == [f"{BASE}: NOTICE", f"{BASE}: README.md"]
    assert {at for at, _ in stage.record(BASE).read_at.values()} == {B}


def test_a_text_stands_as_of_its_revision_where_the_new_one_is_closed(stage: Stage) -> None:
    stage.read_lists(llama(BASE, OLD, sha=A))
    stage.fetch()
    stage.read_lists(llama(BASE, {**OLD, "README.md": CARD}, sha=B, gated="manual"))
    assert stage.fetch().repositories == 0
    assert stage.asked() == [f"{BASE}: README.md"]
    assert stage.artifact(BASE).revision_of("README.md") == A
    assert stage.artifact(BASE).revision_of("NOTICE") == B  # its id says that it is the same
    assert stage.answers(BASE) == ("gated", {"README.md": "gated"})


def test_a_text_that_is_none_any_more_is_not_held(stage: Stage) -> None:
    stage.read_lists(llama(BASE, OLD, sha=A))
    stage.fetch()
    stage.read_lists(llama(BASE, {**OLD, "NOTICE": "a\0b"}, sha=B))
    stage.fetch()
    assert stage.held(BASE) == {"README.md"}


def test_a_configuration_from_an_import_is_never_fetched(stage: Stage) -> None:
    files = {"README.md": CARD, "config.json": "{}"}
    stage.home.take(llama(BASE, files, sha=A))
    stage.read_lists(llama(BASE, {**files, "config.json": "{ }"}, sha=B))
    assert stage.fetch().repositories == 0
    assert (stage.asked(), stage.replica.count(PATHS)) == ([], 1)
    told = stage.artifact(BASE)
    assert (told.revision_of("README.md"), told.revision_of("config.json")) == (B, A)


def test_a_card_that_only_its_file_tells_follows_the_file(stage: Stage) -> None:
    def untold(licence: str, sha: str) -> Record:
        text = f"---\nlicense: other\nlicense_name: {licence}\n---\n"
        record = llama(BASE, {"README.md": text}, sha=sha)
        del record["cardData"]
        return record

    stage.read_lists(untold("one", A))
    stage.fetch()
    assert (stage.record(BASE).card or {})["license_name"] == "one"
    stage.read_lists(untold("two", B))
    stage.fetch()
    assert (stage.record(BASE).card or {})["license_name"] == "two"


def test_another_repository_of_the_same_name_keeps_no_text(stage: Stage) -> None:
    stage.home.take(llama(BASE, OLD, sha=A, _id="1" * 24))
    new = llama(BASE, {"README.md": CARD}, sha=A, _id="2" * 24)
    stage.read_lists(new)
    assert stage.held(BASE) == set()
    stage.fetch()
    assert stage.record(BASE).files == {"README.md": CARD}
