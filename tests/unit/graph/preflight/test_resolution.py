"""What of a planned model nobody could resolve, what is guessed, and what the first line says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from api.schemas.preflight import PreflightResult
from graph.catalogue.model import Outcome
from graph.preflight import Answer, Asked, NoBase, judge, plan
from graph.preflight.gate import key
from tests.home import LLAMA, Home, gone, model

NOW = datetime(2026, 11, 25, tzinfo=UTC)
QWEN = "Qwen/Qwen2.5-7B"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    one = Home(tmp_path_factory.mktemp("register"))
    one.take(
        model(LLAMA, licence="llama3.1"),
        model(QWEN, licence="apache-2.0"),
        model("acme/Llama-Tuned", f"finetune:{LLAMA}", licence="llama3.1"),
        model("acme/born-here", licence="mit"),
        model("acme/from-path", "finetune:/root/checkpoints/step-1"),
        model("someone/llama-3.1-8b-unhinged"),
        model("acme/went"),
        {"id": "acme/read", "kind": "dataset", "files": {"README.md": "Written by people."}},
        {"id": "acme/bare", "kind": "dataset", "siblings": ["data.parquet"]},
        {"id": "acme/shut", "kind": "dataset", "tags": ["license:mit"]},
    )
    one.take(gone("acme/went"))
    one.build()
    yield one
    one.close()


def answer(home: Home, *bases: str, name: str = "support", **more: Any) -> Answer:
    return judge(plan(Asked(name, bases, **more), NOW), home.store, home.read_model)


def in_folder(home: Home, name: str = "support", **files: str) -> Answer:
    texts = {file.replace("_md", ".md").replace("_json", ".json").replace("_yml", ".yml"): text
             for file, text in files.items()}  # fmt: skip
    return answer(home, name=name, files=texts, siblings=(*texts, "model.safetensors"))


@pytest.mark.parametrize(
    ("base", "words"),
    [
        ("nobody/thing", "not in the register"),
        ("/workspace/checkpoints/step-100", "no id on the Hub"),
        ("acme/from-path", "comes from what nobody here has read"),
        ("acme/went", "went from the Hub"),
    ],
)
def test_a_base_that_nobody_can_resolve_is_the_first_thing_said(
    home: Home, base: str, words: str
) -> None:
    answered = answer(home, base, licence="mit")
    (one,) = answered.unresolved
    assert one.reference == base
    assert words in one.why
    assert answered.verdict.startswith(f"The base {base} ")
    assert answered.outcome is Outcome.UNKNOWN
    assert not answered.stops(Outcome.FAILED)
    assert answered.stops(Outcome.UNKNOWN)
    assert "stands in the way" not in answered.verdict
    shown = PreflightResult.of(answered)
    assert shown.suggested_name == "support"  # nothing is known to ask for another
    assert shown.duties == []


@pytest.mark.parametrize(
    "base", [LLAMA, QWEN, "acme/Llama-Tuned", "acme/born-here", "ACME/born-here"]
)
def test_a_base_that_is_known_leaves_nothing_open(home: Home, base: str) -> None:
    answered = answer(home, base, name="Llama-x", licence="llama3.1")
    assert answered.unresolved == ()
    assert "register" not in answered.verdict


@pytest.mark.parametrize(
    "base",
    ["nobody/llama-3.1-8b-x", "someone/llama-3.1-8b-unhinged", "/nfs/models/Meta-Llama-3.1-8B/",
     "llama3.1:8b"],
)  # fmt: skip
def test_a_base_that_is_guessed_is_said_first_and_fails_nobody(home: Home, base: str) -> None:
    answered = answer(home, base, licence="mit")
    assert [one.reference for one in answered.guessed] == [base]
    assert answered.verdict.startswith(f"The base {base} ")
    assert "llama-3" in answered.verdict.partition(":")[0] or "llama" in answered.verdict
    assert answered.outcome in (Outcome.REVIEW, Outcome.UNKNOWN)
    assert answered.failed == []


def test_a_name_of_another_maker_is_a_guess_too(home: Home) -> None:
    answered = answer(home, "nobody/gemma-2-9b-it-tuned", licence="mit")
    assert answered.unresolved == ()
    assert [one.reference for one in answered.guessed] == ["nobody/gemma-2-9b-it-tuned"]
    assert answered.outcome is Outcome.UNKNOWN


def test_one_that_fails_and_one_that_is_not_known_are_both_in_the_first_line(home: Home) -> None:
    answered = answer(home, LLAMA, "nobody/thing", licence="mit")
    assert answered.verdict.startswith("2 duties are failed: name-prefix, licence-tag. The base ")
    assert "nobody/thing" in answered.verdict
    assert answered.outcome is Outcome.FAILED


def test_a_long_list_is_cut_in_the_first_line_and_whole_beside_it(home: Home) -> None:
    bases = [f"nobody/thing-{number}" for number in range(9)]
    answered = answer(home, *bases, licence="mit")
    assert len(answered.unresolved) == 9
    assert "6 more are not known" in answered.verdict
    assert len(answered.verdict) < 600


@pytest.mark.parametrize(
    ("data", "words"),
    [("no/where", "not in the register"), ("acme/shut", "was not read")],
)
def test_a_data_set_that_was_never_read_is_said(home: Home, data: str, words: str) -> None:
    answered = answer(home, QWEN, datasets=(data,), licence="apache-2.0")
    (one,) = answered.unresolved
    assert one.reference == f"datasets/{data}"
    assert words in one.why
    assert answered.verdict == one.why.removesuffix(".")
    assert answered.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("data", ["acme/read", "acme/bare"])
def test_a_data_set_that_was_read_leaves_nothing_open(home: Home, data: str) -> None:
    answered = answer(home, QWEN, datasets=(data,), licence="apache-2.0")
    assert answered.verdict == "Nothing stands in the way"


@pytest.mark.parametrize(
    "files",
    [
        {"README_md": "---\nbase_model: nobody/thing\n---\n"},
        {"adapter_config_json": json.dumps({"base_model_name_or_path": "nobody/thing"})},
        {"mergekit_config_yml": "models: [{model: nobody/thing}]"},
    ],
)
def test_bases_in_files_are_looked_at_as_those_that_are_given(
    home: Home, files: dict[str, str]
) -> None:
    answered = in_folder(home, **files)
    assert [one.reference for one in answered.unresolved] == ["nobody/thing"]
    assert answered.outcome is Outcome.UNKNOWN


def test_a_file_that_cannot_be_read_is_said(home: Home) -> None:
    broken = "---\nbase_model: [\n---\n"
    with pytest.raises(NoBase, match=r"README\.md"):
        in_folder(home, README_md=broken)
    answered = answer(home, LLAMA, name="Llama-x", files={"README.md": broken}, licence="llama3.1")
    assert [one.reference for one in answered.unresolved] == ["README.md"]
    assert answered.verdict.startswith("What README.md names is not known")
    listed = answer(home, LLAMA, name="Llama-x", siblings=("mergekit_config.yml",))
    assert [one.reference for one in listed.unresolved] == ["mergekit_config.yml"]


def test_a_path_in_an_adapters_file_is_the_base_that_its_card_names(home: Home) -> None:
    answered = in_folder(
        home,
        name="Llama-x",
        README_md=f"---\nbase_model: {LLAMA}\nlicense: llama3.1\n---\n",
        adapter_config_json=json.dumps({"base_model_name_or_path": "/workspace/base"}),
    )
    assert answered.unresolved == answered.guessed == ()
    assert {edge.relation.value for edge in answered.parents} == {"adapter"}


def test_no_path_is_suggested_for_a_card(home: Home) -> None:
    shown = PreflightResult.of(answer(home, "/workspace/base", LLAMA, licence="mit"))
    assert "/workspace" not in shown.card
    assert LLAMA in shown.card


def test_a_baseline_holds_what_was_not_known_then(home: Home) -> None:
    first = answer(home, "nobody/thing", licence="mit")
    before = {key(f): f.outcome for f in first.findings}
    before[first.plan.id, "unresolved-reference", "nobody/thing"] = Outcome.UNKNOWN
    assert not first.against(before).stops(Outcome.UNKNOWN)
    other = answer(home, "nobody/else", licence="mit")
    assert other.against(before).stops(Outcome.UNKNOWN)


def test_where_the_version_is_not_told_that_stands_in_the_first_line_too(home: Home) -> None:
    answered = answer(home, "nobody/my-llama-tune", licence="mit")
    open_ = {f.check for f in answered.findings if f.outcome is Outcome.UNKNOWN and f.section}
    assert all(check in answered.verdict for check in open_)
    lost = answer(home, "nobody/thing", licence="mit")
    assert {finding.outcome for finding in lost.findings} == {Outcome.UNKNOWN}
    assert lost.verdict == lost.unresolved[0].why.removesuffix(".")
