"""A planned model, judged by a small register's knowledge of its parents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.schemas.preflight import PreflightResult
from graph.catalogue.model import Outcome, Relation, worst
from graph.preflight import Answer, Plan, PlanRefused, ancestry, judge, relation_of
from graph.preflight.answer import key
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


def answer(home: Home, plan: Plan) -> Answer:
    above = ancestry(home.store, (*plan.bases, *plan.dataset_ids), 1000)

    def members(artifact_id: str) -> Any:
        stored = home.read_model.artifact(artifact_id)
        return stored.memberships if stored else ()

    return judge(plan, above, members)


def said(answered: Answer, check: str) -> str:
    return worst([f.outcome for f in answered.findings if f.check == check]).value


@pytest.mark.parametrize("base", [LLAMA, "acme/Llama-Tuned", "meta-llama/Meta-Llama-3.1-8B"])
def test_a_fine_tune_without_the_word_is_failed_and_a_name_is_given(home: Home, base: str) -> None:
    answered = answer(home, Plan("acme/support-8b", (base,), licences=("mit",)))
    assert answered.failed == ["name-prefix", "licence-tag"]
    assert answered.verdict == "2 duties are failed: name-prefix, licence-tag"
    shown = PreflightResult.of(answered)
    assert shown.suggested_name == "acme/Llama-support-8b"
    assert shown.duties[0].paste == "acme/Llama-support-8b"
    assert yaml.safe_load(shown.card)["license"] == "llama3.1"


def test_what_is_suggested_stands_in_nobodys_way(home: Home) -> None:
    first = PreflightResult.of(answer(home, Plan("support", (LLAMA,), licences=("mit",))))
    words = {duty.check: duty.paste for duty in first.duties}
    card = f"---\n{first.card}---\n{words['built-with']}\n"
    files = {"README.md": card, "NOTICE": words["notice-file"]}
    again = answer(
        home,
        Plan(
            first.suggested_name,
            (LLAMA,),
            licences=(yaml.safe_load(first.card)["license"],),
            files=files,
            siblings=(*files, "model.safetensors"),
        ),
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
    plan = Plan("mix", (LLAMA, OLD_LLAMA), relation=Relation.MERGE)
    shown = PreflightResult.of(answer(home, plan))
    assert shown.suggested_name == "Llama-3-mix"
    assert {d.licence for d in shown.duties} == {"llama3", "llama3.1"}


def test_a_merge_with_a_rival_is_in_both_families(home: Home) -> None:
    answered = answer(home, Plan("mix", (LLAMA, QWEN), relation=Relation.MERGE))
    assert {m.family for m in answered.memberships} == {"llama-3.1", "qwen-2.5"}
    assert "name-prefix" in answered.failed


def test_a_quantised_copy_that_drops_the_word_is_for_review(home: Home) -> None:
    dropped = answer(home, Plan("q4", (LLAMA,), relation=Relation.QUANTIZED))
    kept = answer(home, Plan("Llama-3.1-8B-q4", (LLAMA,), relation=Relation.QUANTIZED))
    assert (said(dropped, "name-prefix"), said(kept, "name-prefix")) == ("review", "passed")


def test_data_that_llama_generated_reach_the_name_and_no_more(home: Home) -> None:
    answered = answer(home, Plan("qwen-talk", (QWEN,), ("acme/talk",), licences=("apache-2.0",)))
    assert said(answered, "name-prefix") == "review"
    assert said(answered, "licence-tag") == "not-applicable"
    assert answered.failed == []
    assert answered.verdict.startswith("Nothing stands in the way; for review: name-prefix")


def test_a_base_that_nobody_knows_is_read_by_its_name_and_said(home: Home) -> None:
    answered = answer(home, Plan("support", ("nobody/llama-3.1-8b-x",), licences=("mit",)))
    assert answered.unknown_bases == ("nobody/llama-3.1-8b-x",)
    assert said(answered, "name-prefix") == "review"
    assert "llama-3.1" in answered.notes[0]
    assert answered.failed == []


def test_a_base_whose_name_tells_nothing_leaves_all_open(home: Home) -> None:
    answered = answer(home, Plan("support", ("nobody/thing",), ("nobody/data",)))
    assert {f.outcome for f in answered.findings} == {Outcome.NOT_APPLICABLE}
    assert len(answered.notes) == 2
    assert answered.verdict.startswith("Nothing stands in the way, as far as is known")


@pytest.mark.parametrize("base", [CLASSIFIED, "someone/child"])
def test_a_family_that_a_build_guessed_is_as_sure_here(home: Home, base: str) -> None:
    stored = home.read_model.artifact(base)
    assert stored is not None
    assert [m.family for m in stored.memberships] == ["llama-3.1"]
    answered = answer(home, Plan("support", (base,), licences=("mit",)))
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
    answered = answer(home, Plan("acme/support", (LLAMA,), licences=("mit",)))
    assert stored is not None
    assert {f.check: f.outcome for f in stored.findings} == {
        f.check: f.outcome for f in answered.findings
    }
    later.close()


def test_what_a_baseline_holds_fails_no_more(home: Home) -> None:
    answered = answer(home, Plan("support", (LLAMA,), licences=("mit",)))
    tag = next(f for f in answered.findings if f.check == "licence-tag")
    left = answered.against([key(tag)])
    assert left.failed == ["name-prefix"]
    assert left.known == ["licence-tag"]
    assert answered.against([*map(key, answered.findings)]).failed == []


@pytest.mark.parametrize(
    "name", ["", " ", "a\nb", "a/b/c", "/a", "a/", "datasets/a", "x" * 257, "a\u2028b"]
)
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(PlanRefused):
        Plan(name)


def test_a_relation_that_a_model_cannot_have_is_refused() -> None:
    for relation in (Relation.TRAINED_ON, Relation.GENERATED_BY, Relation.RENAMED):
        with pytest.raises(PlanRefused):
            Plan("a", relation=relation)


def test_a_relation_that_is_not_told_is_read_off_files_and_number() -> None:
    assert relation_of(["a"]) is Relation.FINETUNE
    assert relation_of(["a", "b"]) is Relation.MERGE
    assert relation_of(["a", "b"], ["adapter_config.json"]) is Relation.ADAPTER
