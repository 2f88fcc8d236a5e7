"""Whose files are asked for, which, in what order, and within how many requests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.files import stage as fetch
from crawler.files.queue import fetch_queue
from crawler.files.stage import Left
from crawler.files.wanted import may_be_asked, plain_name, wanted
from crawler.hub.hub import MAX_FILE
from graph.evidence.record import read
from tests.home import LLAMA, Record
from tests.hub_replica import Rules
from tests.recorded.front import Front
from tests.recorded.texts import BASE, CARD, Stage, llama, staged


@pytest.fixture
def stage(tmp_path: Path, front: Front, url: str) -> Iterator[Stage]:
    with staged(tmp_path, front, url) as opened:
        yield opened


def stranger(repo: str, **more: object) -> Record:
    listed = [{"rfilename": "README.md"}]
    return {"id": repo, "tags": [], "files": {"README.md": "x"}, "siblings": listed, **more}


COUNTED = ("config.json", "adapter_config.json", "config.yaml", "params.json", "hyperparams.yaml",
           "meta.yaml", "model-Q4.gguf", "LICENSE.json", "original/params.json",
           "LICENSE/config.yaml", "license.GGUF")  # fmt: skip


def test_a_crawl_raises_no_count_of_downloads(stage: Stage) -> None:
    allowed = ["LICENSE", "README.md", "mergekit_config.yml", "mergekit_moe_config.yml"]
    texts = dict.fromkeys((*COUNTED, *allowed), "x")
    card = {"base_model": LLAMA, "datasets": ["d/Used"]}
    tags = [f"base_model:{LLAMA}", "dataset:d/Used"]
    data = {**stranger("d/Used"), "kind": "dataset", "tags": ["license:llama3.1"]}
    stage.read_lists(llama(BASE, texts, cardData=card, tags=tags), data)
    assert stage.fetch() == Left(0, None, "")
    assert stage.asked() == [f"{BASE}: {name}" for name in allowed]
    assert not stage.replica.downloads
    stage.hub.file(BASE, "config.json")
    assert stage.replica.downloads == {BASE: 1}  # so the replica would have told


def test_nothing_that_counts_is_asked_for_even_if_it_was_held() -> None:
    record = read({"id": "a/b"}, lambda _line: None)
    assert not any(may_be_asked(record, name) for name in COUNTED)
    assert may_be_asked(record, "LICENSE")
    data = read({"id": "a/b", "kind": "dataset"}, lambda _line: None)
    assert not may_be_asked(data, "LICENSE")


def test_the_most_downloaded_come_first_and_the_next_run_takes_the_rest(stage: Stage) -> None:
    downloads = {"a": 5, "b": 500, "c": None, "d": 50}
    stage.read_lists(*(llama(f"acme/{name}", downloads=n) for name, n in downloads.items()))
    left = stage.fetch(2)
    assert stage.asked() == ["acme/b: README.md", "acme/d: README.md"]
    assert left == Left(2, None, "the 2 requests for files are used up")
    assert (stage.total.files, stage.total.files_left) == (2, 2)
    assert stage.fetch(2) == Left(0, None, "")
    assert stage.asked() == ["acme/a: README.md", "acme/c: README.md"]


def test_of_equal_downloads_what_a_finding_waits_for_comes_first(stage: Stage) -> None:
    names = [f"acme/Llama-{name}" for name in "abc"]
    stage.read_lists(*(llama(name) for name in names))
    stage.home.build()
    open_findings = "select a.id from findings f join artifacts a using (key) where closed is null"
    assert {row[0] for row in stage.home.rows(open_findings)} >= {*names}
    keep = "(select key from artifacts where id = 'acme/Llama-b')"
    with stage.home.engine.begin() as connection:
        connection.exec_driver_sql(
            f"update findings set outcome = 'passed' where key <> {keep}"  # noqa: S608 (ours)
        )
    assert [item.id for item in fetch_queue(stage.home.engine, authorised=False)] == [
        "acme/Llama-b", "acme/Llama-a", "acme/Llama-c",
    ]  # fmt: skip


def test_a_repository_may_be_read_in_two_runs(stage: Stage) -> None:
    stage.read_lists(llama(BASE, {"README.md": CARD, "LICENSE": "x", "NOTICE": "y"}))
    assert stage.fetch(2).repositories == 1
    assert stage.held(BASE) == {"README.md", "LICENSE"}
    assert stage.fetch(2).repositories == 0
    assert stage.asked() == [f"{BASE}: NOTICE"]
    assert stage.held(BASE) == {"README.md", "LICENSE", "NOTICE"}


def test_without_requests_all_is_left_but_what_needs_none(stage: Stage) -> None:
    stage.read_lists(llama(BASE), llama("acme/Bare", {}, downloads=99))
    assert stage.fetch(0).repositories == 1
    assert stage.replica.count() == 0
    assert stage.answers("acme/Bare") == ("done", {})


def test_nothing_is_asked_for_after_the_moment_to_stop(stage: Stage) -> None:
    stage.read_lists(llama(BASE))
    past = datetime.now(UTC) - timedelta(seconds=1)
    assert stage.fetch(until=past) == Left(1, past, "the time to the next crawl is over")
    assert stage.replica.count() == 0


def test_only_llamas_models_are_read(stage: Stage) -> None:
    data = {**stranger("d/Data"), "kind": "dataset", "tags": ["license:llama3.1"]}
    stage.read_lists(llama(BASE), data, stranger("z/Other"))
    stage.fetch()
    assert stage.asked() == [f"{BASE}: README.md"]


def test_members_of_the_last_build_are_in_scope(stage: Stage) -> None:
    stage.read_lists(stranger("acme/Llama-3.1-8B-Tales"))
    stage.home.build()
    assert stage.home.rows("select family from members") == [("llama-3.1",)]
    stage.fetch()
    assert stage.asked() == ["acme/Llama-3.1-8B-Tales: README.md"]


def test_disabled_repositories_are_not_asked_for_files(stage: Stage) -> None:
    stage.read_lists(llama(BASE, disabled=True))
    assert stage.fetch() == Left(0, None, "")
    assert stage.replica.count() == 0
    stage.home.build()
    assert stage.seen(BASE, "built-with")[0] == "unknown"


def test_what_is_gated_stays_unknown_and_is_not_asked_again(stage: Stage) -> None:
    texts = {"README.md": CARD, "LICENSE": "x", "NOTICE": "y", "a.md": "z"}
    stage.read_lists(llama(BASE, texts, gated="manual"))
    assert stage.fetch() == Left(0, None, "")
    assert stage.asked() == [f"{BASE}: LICENSE", f"{BASE}: README.md"]  # the rest is as closed
    assert stage.answers(BASE) == ("gated", dict.fromkeys(texts, "gated"))
    stage.home.build()
    assert stage.seen(BASE, "built-with")[0] == "unknown"
    stage.fetch()
    assert stage.asked() == []


def test_what_was_gated_is_asked_for_once_there_is_a_token(stage: Stage) -> None:
    stage.read_lists(llama(BASE, gated="manual"))
    stage.fetch()
    stage.ask_as("hf_x")
    stage.fetch()
    assert stage.asked() == [f"{BASE}: README.md"]
    stage.fetch()
    assert stage.asked() == []


def test_the_card_of_a_gated_repository_may_be_open(stage: Stage) -> None:
    stage.replica.rules = Rules(gated_readme_open=True)
    stage.read_lists(llama(BASE, {"README.md": CARD, "LICENSE": "x"}, gated="auto"))
    stage.fetch()
    assert (stage.held(BASE), stage.answers(BASE)[0]) == ({"README.md"}, "gated")


def test_a_listed_file_that_is_missing_is_asked_for_once(stage: Stage) -> None:
    record = llama(BASE)
    record["siblings"] = [{"rfilename": "README.md"}, {"rfilename": "LICENSE"}]
    stage.home.take({k: v for k, v in record.items() if k != "files"})
    del record["siblings"]  # the list that was taken is older than the repository
    stage.read_lists(record)
    stage.fetch()
    assert stage.asked() == [f"{BASE}: LICENSE", f"{BASE}: README.md"]
    stage.fetch()
    assert (stage.asked(), stage.held(BASE)) == ([], {"README.md"})


def test_without_a_list_the_repository_is_asked_and_then_the_usual_names_once(
    stage: Stage,
) -> None:
    record = llama(BASE)
    del record["siblings"]
    stage.replica.rules = Rules(list_refuses=("siblings",), one_refuses=("siblings",))
    stage.read_lists(record)
    stage.fetch()
    assert stage.replica.count(f"/api/models/{BASE}") in (1, 2)  # once more without what is refused
    assert set(stage.asked()) >= {f"{BASE}: README.md", f"{BASE}: LICENSE"}
    assert not [name for name in stage.asked() if name.endswith(".json")]
    assert stage.held(BASE) == {"README.md"}
    stage.home.build()
    assert stage.seen(BASE, "licence-copy")[0] == "unknown"
    stage.fetch()
    assert stage.replica.count() == 0


def test_a_list_that_only_the_repository_tells_is_kept(stage: Stage) -> None:
    stage.replica.rules = Rules(list_refuses=("siblings",))
    stage.read_lists(llama(BASE, {"README.md": CARD, "docs/LICENSE": "x"}))
    assert stage.record(BASE).siblings is None
    stage.fetch()
    assert stage.held(BASE) == {"README.md", "docs/LICENSE"}
    before = stage.record(BASE)
    stage.read_lists()
    assert stage.record(BASE) == before
    stage.fetch()
    assert stage.replica.count() == 0


def test_large_files_and_those_that_are_no_text_are_not_held_nor_asked_again(stage: Stage) -> None:
    texts = {"LICENSE": "x" * (MAX_FILE + 1), "NOTICE": "a\0b", "README.md": CARD}
    stage.read_lists(llama(BASE, texts))
    stage.fetch()
    assert stage.held(BASE) == {"README.md"}
    stage.fetch()
    assert stage.asked() == []


def test_what_came_in_is_shown_every_so_often_and_at_the_end(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.read_lists(*(llama(f"acme/m{n}") for n in range(3)))
    stage.fetch()
    assert stage.inherited_licences == 1
    stage.fetch()
    assert stage.inherited_licences == 1  # nothing came
    monkeypatch.setattr(fetch, "ARRIVALS", 0.0)
    monkeypatch.setattr(fetch, "GROUP", 1)
    stage.read_lists(*(llama(f"acme/n{n}") for n in range(3)))
    stage.fetch()
    assert stage.inherited_licences == 1 + 3


HOSTILE = ("../LICENSE", "a/../LICENSE", "/LICENSE", "LICENSE\n", "a//LICENSE", "..", "./NOTICE",
           "LICENSE\x7f", "NOTICE\\..\\x", "LICENSE\u2028", "LICENSE/" + "x" * 300)  # fmt: skip


def test_hostile_names_are_never_asked_for(stage: Stage) -> None:
    assert not any(map(plain_name, HOSTILE))
    record = llama(BASE)
    record["siblings"] += [{"rfilename": name} for name in HOSTILE]
    record["siblings"] += [{"rfilename": f"LICENSE-{n}?x=#y%2e"} for n in range(3)]
    stage.read_lists(record)
    stage.fetch(4)
    paths = [path for path in stage.replica.requests if "/resolve/" in path]
    assert all("%3Fx%3D%23y%252e" in path for path in paths if "LICENSE-" in path)
    assert {name for name in stage.asked() if "README" not in name} <= {
        f"{BASE}: LICENSE-{n}?x=#y%2e" for n in range(3)
    }


def test_the_most_telling_files_come_first_and_not_too_many() -> None:
    names = ["docs/a.md", "original/LICENSE", "config.json", "use_policy.md", "Notice.txt",
             "COPYING", "LICENCE.txt", "README.md", "LICENSE.pdf", "tokenizer.json",
             "mergekit_config.yml", "mergekit-moe-config.yaml"]  # fmt: skip
    record = read({"id": "a/b", "siblings": names}, lambda _line: None)
    assert wanted(record) == [
        "README.md", "COPYING", "LICENCE.txt", "Notice.txt", "use_policy.md",
        "mergekit-moe-config.yaml", "mergekit_config.yml", "docs/a.md", "original/LICENSE",
    ]  # fmt: skip
    many = read({"id": "a/b", "siblings": [f"{n}.md" for n in range(99)]}, lambda _line: None)
    assert len(wanted(many)) == 12
