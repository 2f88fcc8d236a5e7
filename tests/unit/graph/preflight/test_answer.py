"""A planned model, judged by a small register's knowledge of its parents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.schemas.preflight import PreflightResult
from graph.catalogue.model import worst
from graph.preflight import Answer, Asked, NoBase, PlanRefused, judge, plan
from graph.preflight.gate import key
from tests.home import LLAMA, Home, model

OLD_LLAMA = "meta-llama/Meta-Llama-3-8B"
CLASSIFIED = "someone/llama-3.1-8b-unhinged"  # in the register, with no parent told
QWEN = "Qwen/Qwen2.5-7B"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    one = Home(tmp_path_factory.mktemp("release"))
    told = {"cardData": {"source_datasets": []}, "files": {"README.md": "Generated with " + LLAMA}}
    one.take(
        model(LLAMA, licence="llama3.1"),
        model("acme/Llama-Tuned", f"finetune:{LLAMA}", licence="llama3.1"),
        model(QWEN, licence="apache-2.0"),
        model(CLASSIFIED),
        model("someone/child", f"finetune:{CLASSIFIED}"),
        {"id": "acme/talk", "kind": "dataset", "tags": ["synthetic"], **told},
    )
    one.build()
    yield one
    one.close()


NOW = datetime(2026, 11, 25, tzinfo=UTC)


def answer(home: Home, name: str, *bases: str, **more: Any) -> Answer:
    asked = Asked(name, bases, from_scratch=not bases and not more.get("files"), **more)
    return judge(plan(asked, NOW), home.store, home.read_model)


def said(answered: Answer, check: str) -> str:
    return worst([f.outcome for f in answered.findings if f.check == check]).value


@pytest.mark.parametrize("base", [LLAMA, "acme/Llama-Tuned", "meta-llama/Meta-Llama-3.1-8B"])
def test_a_fine_tune_without_the_word_is_failed_and_a_name_is_given(home: Home, base: str) -> None:
    answered = answer(home, "acme/support-8b", base, licence="mit")
    assert answered.failed == ["name-prefix", "licence-tag"]
    assert answered.verdict == "2 duties are failed: name-prefix, licence-tag"
    shown = PreflightResult.of(answered)
    assert shown.suggested_name == "acme/Llama-support-8b"
    assert shown.duties[0].paste == "acme/Llama-support-8b"
    assert yaml.safe_load(shown.card)["license"] == "llama3.1"


def test_what_is_suggested_stands_in_nobodys_way(home: Home) -> None:
    first = PreflightResult.of(answer(home, "support", LLAMA, licence="mit"))
    words = {duty.check: duty.paste for duty in first.duties}
    card = f"---\n{first.card}---\n{words['built-with']}\n"
    files = {"README.md": card, "NOTICE": words["notice-file"]}
    again = answer(
        home,
        first.suggested_name,
        LLAMA,
        licence=yaml.safe_load(first.card)["license"],
        files=files,
        siblings=(*files, "model.safetensors"),
    )
    outcomes = {check: said(again, check) for check in words}
    assert {c for c, o in outcomes.items() if o == "passed"} == {
        "name-prefix",
        "licence-tag",
        "built-with",
        "notice-file",
    }
    assert again.failed == ["licence-copy"]  # its text is the licensor's to give


def test_a_name_does_for_every_licence_that_arrives(home: Home) -> None:
    shown = PreflightResult.of(answer(home, "mix", LLAMA, OLD_LLAMA))
    assert shown.suggested_name == "Llama-3-mix"
    assert {d.licence for d in shown.duties} == {"llama3", "llama3.1"}


def test_a_merge_with_a_rival_is_in_both_families(home: Home) -> None:
    answered = answer(home, "mix", LLAMA, QWEN)
    assert {m.family for m in answered.memberships} == {"llama-3.1", "qwen-2.5"}
    assert "name-prefix" in answered.failed


def test_a_quantised_copy_that_drops_the_word_is_for_review(home: Home) -> None:
    dropped = answer(home, "q4", LLAMA, relation="quantized")
    kept = answer(home, "Llama-3.1-8B-q4", LLAMA, relation="quantized")
    assert (said(dropped, "name-prefix"), said(kept, "name-prefix")) == ("review", "passed")


def test_data_that_llama_generated_reach_the_name_and_no_more(home: Home) -> None:
    answered = answer(home, "qwen-talk", QWEN, datasets=("acme/talk",), licence="apache-2.0")
    assert said(answered, "name-prefix") == "review"
    assert said(answered, "licence-tag") == "not-applicable"
    assert answered.failed == []
    assert answered.verdict.startswith("Nothing is failed; for review: name-prefix")


@pytest.mark.parametrize("base", [CLASSIFIED, "someone/child"])
def test_a_family_that_a_build_guessed_is_as_sure_here(home: Home, base: str) -> None:
    stored = home.read_model.artifact(base)
    assert stored is not None
    assert [m.family for m in stored.memberships] == ["llama-3.1"]
    answered = answer(home, "support", base, licence="mit")
    assert [(m.family, m.strength) for m in answered.memberships] == [
        (m.family, m.strength) for m in stored.memberships
    ]
    assert answered.memberships[0].confidence == pytest.approx(stored.memberships[0].confidence)
    assert answered.failed == []


def test_a_planned_model_is_judged_as_it_will_be_on_the_hub(home: Home, tmp_path: Path) -> None:
    later = Home(tmp_path)
    fresh = model("acme/support", f"finetune:{LLAMA}", licence="mit")
    later.take(model(LLAMA, licence="llama3.1"), fresh)
    later.build()
    stored = later.read_model.artifact("acme/support")
    answered = answer(home, "acme/support", LLAMA, licence="mit")
    assert stored is not None
    assert {f.check: f.outcome for f in stored.findings} == {
        f.check: f.outcome for f in answered.findings
    }
    later.close()


def test_what_a_baseline_holds_fails_no_more(home: Home) -> None:
    answered = answer(home, "support", LLAMA, licence="mit")
    tag = next(f for f in answered.findings if f.check == "licence-tag")
    left = answered.against({key(tag): tag.outcome})
    assert left.failed == ["name-prefix"]
    assert left.known == ["licence-tag"]
    assert answered.against({key(f): f.outcome for f in answered.findings}).failed == []


@pytest.mark.parametrize(
    "name", ["", " ", "a\nb", "a/b/c", "/a", "a/", "datasets/a", "x" * 257, "a\u2028b"]
)
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(PlanRefused):
        Asked(name)


@pytest.mark.parametrize("relation", ["trained_on", "generated_by", "renamed", "cousin"])
def test_a_relation_that_a_model_cannot_have_is_refused(relation: str) -> None:
    with pytest.raises(PlanRefused, match="finetune"):
        Asked("a", ("b",), relation=relation)


def test_no_base_is_refused_unless_it_is_from_scratch(home: Home) -> None:
    with pytest.raises(NoBase, match="from scratch"):
        plan(Asked("a"), NOW)
    with pytest.raises(PlanRefused, match="has no base"):
        Asked("a", (LLAMA,), from_scratch=True)
    card = {"README.md": f"---\nbase_model: {LLAMA}\n---\n"}
    with pytest.raises(PlanRefused, match=LLAMA):
        plan(Asked("a", from_scratch=True, files=card), NOW)
    assert answer(home, "born-here").verdict == "Nothing stands in the way"
