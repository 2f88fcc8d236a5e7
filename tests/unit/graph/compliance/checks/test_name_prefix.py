"""The name clause, branch by branch, against the policies of the licence data's ambiguities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.model import Strength
from graph.compliance.checks.name_prefix import begins_with
from tests.inherited_licences import artifact, found, inherited, outcome

CHECK = "name-prefix"


def of(
    name: str, licence: str, *relations: str, parents: tuple[str, ...] = ("meta-llama/Base",)
) -> str:
    return outcome(
        CHECK, artifact(name), inherited(licence, *relations, child=name, parents=parents)
    )


@pytest.mark.parametrize(
    ("name", "required", "begins"),
    [
        ("Llama-3-8B", "Llama 3", True),
        ("Llama 3 8B", "Llama 3", True),
        ("llama3-law", "Llama 3", True),
        ("LLaMA3-x", "Llama 3", True),
        ("LLAMA_3.x", "Llama 3", True),
        ("Llama-3.1-8B", "Llama 3", True),
        ("Llama---3", "Llama 3", True),
        ("Llama-30B-x", "Llama 3", False),
        ("Llama-33", "Llama 3", False),
        ("Llama-8B-3", "Llama 3", False),
        ("Llama-Legal-8B", "Llama 3", False),
        ("Meta-Llama-3-8B", "Llama 3", False),
        ("L3-8B-Stheno", "Llama 3", False),
        ("Llama", "Llama", True),
        ("Llama-30B-x", "Llama", True),
        ("Llamazing-8B", "Llama", True),
        ("llama_tuned", "Llama", True),
        ("Meta-Llama-3.1-8B", "Llama", False),
        ("My-Llama", "Llama", False),
        ("Lama-8B", "Llama", False),
        ("", "Llama", False),
    ],
)
def test_a_name_begins_with_the_words_whatever_their_case_and_separators(
    name: str, required: str, begins: bool
) -> None:
    assert begins_with(name, required) is begins


@pytest.mark.parametrize(
    ("licence", "name", "expected"),
    [
        ("llama3", "acme/Llama-3-Law", "passed"),
        ("llama3", "acme/LLaMA3-x", "passed"),
        ("llama3", "acme/Llama-3.1-8B", "passed"),
        ("llama3", "acme/Llama-30B-x", "failed"),
        ("llama3", "acme/Llama-Legal-8B", "failed"),
        ("llama3", "acme/Meta-Llama-3-8B-Foo", "failed"),
        ("llama3.1", "acme/Llama-Legal-8B", "passed"),
        ("llama3.1", "acme/Llamazing-8B", "passed"),
        ("llama3.1", "acme/llama-3.1-tulu", "passed"),
        ("llama3.1", "acme/Meta-Llama-3.1-8B-Foo", "failed"),
        ("llama3.1", "acme/Support-Llama-3.1-8B", "failed"),
        ("llama3.2", "acme/Bravo-3B", "failed"),
        ("llama3.3", "acme/Bravo-70B", "failed"),
        ("llama4", "acme/Bravo-Scout", "failed"),
        ("llama4", "llama-labs/Bravo-Scout", "failed"),
        ("llama2", "acme/Bravo-7B", "not-applicable"),
        ("llama1", "acme/Bravo-7B", "not-applicable"),
        ("codellama", "acme/Bravo-7B", "not-applicable"),
    ],
)
def test_a_fine_tune_bears_the_word_of_its_licence(licence: str, name: str, expected: str) -> None:
    assert of(name, licence, "finetune") == expected


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("Llama-3-Law", ""),
        ("llama-3-law", "its case or separators differ"),
        ("Llama3-Law", "its case or separators differ"),
    ],
)
def test_other_case_and_separators_pass_with_a_note(name: str, note: str) -> None:
    (finding,) = found(CHECK, artifact(f"acme/{name}"), inherited("llama3", "finetune"))
    assert finding.outcome == "passed"
    assert (note in finding.message) if note else finding.message.endswith('"Llama 3".')


def test_a_word_that_runs_on_passes_with_a_note() -> None:
    (finding,) = found(CHECK, artifact("acme/Llamazing-8B"), inherited("llama3.1", "finetune"))
    assert finding.message == (
        'The name "Llamazing-8B" begins with "Llama"; the word runs on into another, which is '
        "noted only."
    )


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        (("finetune",), "failed"),
        (("merge",), "failed"),
        (("merge", "merge"), "failed"),
        (("adapter",), "review"),
        (("mirror",), "not-applicable"),
        (("renamed",), "not-applicable"),
        ((), "not-applicable"),
        (("finetune", "mirror"), "not-applicable"),
        (("finetune", "adapter"), "review"),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, tuple) else None,
)
def test_without_the_word_the_relation_decides(relations: tuple[str, ...], expected: str) -> None:
    assert of("acme/Bravo-8B", "llama3.1", *relations) == expected


def test_relations_to_several_parents_count_as_the_strictest() -> None:
    parents = ("a/Llama-A", "b/Llama-B")
    assert of("acme/Bravo-8B", "llama3.1", "adapter", "finetune", parents=parents) == "failed"


@pytest.mark.parametrize(
    ("name", "parent", "expected"),
    [
        ("q/L31-8B-GGUF", "meta-llama/Llama-3.1-8B", "review"),
        ("q/L31-8B-GGUF", "meta-llama/Meta-Llama-3.1-8B", "review"),
        ("q/L31-8B-GGUF", "acme/llama_x", "review"),
        ("q/Meta-Llama-3.1-8B-GGUF", "meta-llama/Meta-Llama-3.1-8B", "not-applicable"),
        ("q/Hermes-9-Llama-3.1-8B-GGUF", "acme/Hermes-9-Llama-3.1-8B", "not-applicable"),
        ("q/Other-GGUF", "acme/Hermes-9-Llama-3.1-8B", "not-applicable"),
        ("q/Llama-3.1-8B-GGUF", "meta-llama/Llama-3.1-8B", "passed"),
    ],
    ids=["dropped", "dropped-old-name", "dropped-lower-case", "metas-old-name", "had-dropped",
         "had-dropped-renamed", "kept"],
)  # fmt: skip
def test_a_quantised_copy_is_for_review_only_where_it_dropped_the_word(
    name: str, parent: str, expected: str
) -> None:
    assert of(name, "llama3.1", "quantized", parents=(parent,)) == expected


def test_a_quantised_copy_may_bear_any_of_its_parents_names() -> None:
    parents = ("meta-llama/Llama-3.1-8B", "meta-llama/Meta-Llama-3.1-8B")
    assert (
        of("q/meta-llama-3.1-8b-AWQ", "llama3.1", "quantized", parents=parents) == "not-applicable"
    )


def test_a_fine_tune_under_its_parents_own_name_may_be_a_copy() -> None:
    name, parent = "acme/meta-llama-3-8b", "meta-llama/Meta-Llama-3-8B"
    assert of(name, "llama3", "finetune", parents=(parent,)) == "review"


def test_a_merge_of_llama_2_and_3_owes_what_llama_3_asks() -> None:
    both = (inherited("llama2", "merge"), inherited("llama3", "merge"))
    assert outcome(CHECK, artifact("llama-labs/Fusion-13B"), *both) == "failed"
    assert outcome(CHECK, artifact("acme/Llama-2-Fusion"), *both) == "failed"
    assert outcome(CHECK, artifact("acme/Llama-3-Fusion"), *both) == "passed"


def test_a_merge_of_llama_3_and_3_1_owes_the_stricter_word() -> None:
    both = (inherited("llama3", "merge"), inherited("llama3.1", "merge"))
    findings = found(CHECK, artifact("acme/Llama-Fusion-8B"), *both)
    assert [(f.licence, f.outcome.value) for f in findings] == [
        ("llama3", "failed"), ("llama3.1", "passed"),
    ]  # fmt: skip


def test_the_licensor_owes_nothing_whatever_its_name() -> None:
    one = artifact("meta-llama/Prompt-Guard-86M")
    for relations in ((), ("finetune",)):
        assert (
            outcome(CHECK, one, inherited("llama3.1", *relations), licensor=True)
            == "not-applicable"
        )


def test_a_data_set_owes_no_name() -> None:
    told = inherited("llama3.1", "finetune")
    assert outcome(CHECK, artifact("datasets/acme/Bravo"), told) == "not-applicable"
    assert outcome(CHECK, artifact("datasets/acme/Bravo"), inherited("llama3.1", outputs=True)) == (
        "not-applicable"
    )


@pytest.mark.parametrize(
    ("licence", "name", "expected"),
    [
        ("llama3.1", "acme/qwen-tutor", "review"),
        ("llama3.1", "acme/Llama-tutor", "passed"),
        ("llama3", "acme/qwen-tutor", "not-applicable"),
        ("llama2", "acme/qwen-tutor", "not-applicable"),
    ],
)
def test_a_model_trained_on_outputs_is_never_failed(licence: str, name: str, expected: str) -> None:
    assert outcome(CHECK, artifact(name), inherited(licence, outputs=True)) == expected


def test_a_finding_carries_clause_evidence_path_and_remedy() -> None:
    told = inherited("llama3", "finetune")
    (finding,) = found(CHECK, artifact("acme/Bravo"), told)
    assert finding.section == "1.b.i last sentence"
    assert finding.quote is not None
    assert 'include "Llama 3" at the beginning' in finding.quote
    assert finding.remedy == (
        'Give the repository a name that begins with "Llama 3", such as "Llama-3-Bravo".'
    )
    (evidence,) = finding.evidence
    assert (evidence.repository, evidence.field, evidence.value, evidence.revision) == (
        "acme/Bravo", "id", "Bravo", "f00",
    )  # fmt: skip
    assert (finding.path, finding.strength) == (told.path, Strength.DECLARED)


@given(st.from_regex(r"[A-Za-z0-9._\-]{1,40}", fullmatch=True))
def test_the_remedys_name_passes(name: str) -> None:
    for licence in ("llama3", "llama3.1"):
        (finding,) = found(CHECK, artifact(f"acme/{name}"), inherited(licence, "merge"))
        if finding.outcome != "passed":
            better = finding.remedy.split('"')[3]
            assert of(f"acme/{better}", licence, "merge") == "passed"
