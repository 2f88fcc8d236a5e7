"""A planned model is judged as a build judges the same record: relation, families, findings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.catalogue.model import HUB_RELATIONS, Finding, Outcome, Strength, worst
from graph.preflight import Answer, Asked, NoBase, judge, plan
from tests.home import LLAMA, Home, model

NOW = datetime(2026, 11, 25, tzinfo=UTC)
QWEN, TUNED, READ = "Qwen/Qwen2.5-7B", "acme/Llama-Tuned", "acme/read"
REGISTER = [
    model(LLAMA, licence="llama3.1"),
    model(QWEN, licence="apache-2.0"),
    model(TUNED, f"finetune:{LLAMA}", licence="llama3.1"),
    model("someone/llama-3.1-8b-unhinged"),
    model("someone/child", "finetune:someone/llama-3.1-8b-unhinged"),
    model("lost/from-nowhere", "finetune:/root/checkpoints/step-1"),
    model(READ),
    {"id": "acme/talk", "kind": "dataset", "tags": ["synthetic"],
     "files": {"README.md": f"Generated with {LLAMA}."}},
    {"id": "acme/shut", "kind": "dataset", "tags": ["license:mit"]},
]  # fmt: skip
BASES = (
    *(LLAMA, QWEN, TUNED, READ, "someone/llama-3.1-8b-unhinged", "someone/child"),
    *("lost/from-nowhere", "nobody/llama-3.1-8b-x", "void/thing", "ACME/llama-tuned"),
    *("meta-llama/Meta-Llama-3.1-8B", "meta-llama/llama-3.1-8b", "unsloth/Meta-Llama-3.1-8B"),
    *("https://huggingface.co/acme/Llama-Tuned/tree/main", "/root/checkpoints/step-1"),
    *("/nfs/models/Meta-Llama-3.1-8B/", "llama3.1:8b", "Meta Llama 3.1 8B Instruct"),
)
NAMES = ("Llama-Support", "support-8b", "Llama-3.1-8B-support-GGUF", "support-AWQ", "Qwen-mix",
         "Meta-Llama-3.1-8B-x", "Llama-3-8B-Instruct")  # fmt: skip
FILES = st.fixed_dictionaries(
    {},
    optional={
        "README.md": st.sampled_from(BASES).map(
            lambda base: (
                f"---\nbase_model: {json.dumps(base)}\nlicense: mit\n---\nBuilt with Llama\n"
            )
        )
        | st.just(f"A fine-tuned version of [Llama]({'https://huggingface.co/' + LLAMA}).\n"),
        "adapter_config.json": st.sampled_from(BASES).map(
            lambda base: json.dumps({"base_model_name_or_path": base})
        )
        | st.just("{"),
        "mergekit_config.yml": st.lists(st.sampled_from(BASES), min_size=1, max_size=3).map(
            lambda bases: json.dumps({"models": [{"model": one} for one in bases]})
        )
        | st.just("models: ["),
        "config.json": st.sampled_from(BASES).map(lambda base: json.dumps({"_name_or_path": base})),
        "LICENSE": st.just("MIT License"),
    },
)
PLANS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "bases": st.lists(st.sampled_from(BASES), max_size=3, unique=True).map(tuple),
        "datasets": st.lists(
            st.sampled_from(["acme/talk", "acme/shut", "no/where"]), max_size=2, unique=True
        ).map(tuple),
        "relation": st.sampled_from(["", *sorted(HUB_RELATIONS)]),
        "licence": st.sampled_from(["", "mit", "llama3.1", "other"]),
        "files": FILES,
    }
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    one = Home(tmp_path_factory.mktemp("register"))
    one.take(*REGISTER)
    one.build()
    yield one
    one.close()


def asked(number: int, told: dict[str, Any]) -> Asked:
    """Return one plan with an owner of its own: what else an author publishes moves a guess."""
    files = told["files"]
    more = {**told, "name": f"owner{number}/{told['name']}"}
    return Asked(**more, from_scratch=False, siblings=(*files, "model.safetensors"))


def judged(home: Home, plans: list[Asked]) -> list[Answer]:
    found = []
    for one in plans:
        try:
            found.append(judge(plan(one, NOW), home.store, home.read_model))
        except NoBase:
            assert not one.bases
    return found


def line(answer: Answer) -> dict[str, Any]:
    """Return a plan's record as the Hub would tell it."""
    record = answer.plan.record
    told = {"id": record.id, "siblings": record.siblings, "files": dict(record.files)}
    card = {} if record.card is None else {"cardData": record.card}
    return {**told, **card, "createdAt": NOW.isoformat()}


def said(findings: Any) -> set[tuple[str, str | None, Outcome, Strength | None]]:
    return {(f.check, f.licence, f.outcome, f.strength) for f in findings if applies(f)}


def applies(finding: Finding) -> bool:
    """A build keeps no finding of a duty that does not apply."""
    return finding.outcome is not Outcome.NOT_APPLICABLE


def path_ends(findings: Any) -> set[tuple[str, tuple[str, ...]]]:
    return {(f.check, tuple(step.parent for step in f.path)) for f in findings if applies(f)}


PHASES = [Phase.generate]  # a build for each step of shrinking would take minutes
CALM = settings(
    deadline=None,
    derandomize=True,
    phases=PHASES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@settings(CALM, max_examples=12)
@given(told=st.lists(PLANS, min_size=4, max_size=24))
def test_a_plan_is_judged_as_its_record_will_be(
    home: Home, tmp_path_factory: pytest.TempPathFactory, told: list[dict[str, Any]]
) -> None:
    answers = judged(home, [asked(number, one) for number, one in enumerate(told)])
    later = Home(Path(tmp_path_factory.mktemp("later")))
    later.take(*REGISTER, *map(line, answers))
    later.build()
    edges = later.edges()
    for answer in answers:
        stored = later.read_model.artifact(answer.plan.id)
        assert stored is not None
        assert {(e.child, e.relation, e.parent, e.strength.word) for e in answer.parents} == {
            edge for edge in edges if edge[0] == answer.plan.id
        }
        assert [(m.family, m.strength) for m in answer.memberships] == [
            (m.family, m.strength) for m in stored.memberships
        ]
        for mine, theirs in zip(answer.memberships, stored.memberships, strict=True):
            assert mine.confidence == pytest.approx(theirs.confidence, abs=0.002)
        assert said(answer.findings) == said(stored.findings)
        assert path_ends(answer.findings) == path_ends(stored.findings)
        known = not (answer.unresolved or answer.guessed)
        assert answer.outcome == worst([stored.outcome, *([] if known else [Outcome.UNKNOWN])])
    later.close()


@settings(CALM, max_examples=150)
@given(told=PLANS)
def test_what_is_only_guessed_or_not_known_fails_nobody(home: Home, told: dict[str, Any]) -> None:
    for answer in judged(home, [asked(0, told)]):
        for finding in answer.findings:
            if finding.outcome is Outcome.FAILED:
                assert finding.strength is not None
                assert finding.strength > Strength.INFERRED
        firm = {m.family for m in answer.memberships if m.strength > Strength.INFERRED}
        if not firm:
            assert answer.outcome is not Outcome.FAILED
        if answer.unresolved or answer.guessed:
            first = (*answer.unresolved, *answer.guessed)[0]
            assert first.reference in answer.verdict or first.reference.startswith("datasets/")
            assert "Nothing stands in the way" not in answer.verdict
            assert answer.stops(Outcome.UNKNOWN)
