"""Use policy, users, the European Union, non-commercial use: what a repository cannot show."""

from __future__ import annotations

from datetime import date

import pytest

from graph.catalogue.model import Derivation, Relation, Strength
from graph.compliance.checks.user_threshold import month_before
from tests.inherited_licences import found, inherited, outcome
from tests.tools.holding import holding

VERSIONS = ["llama2", "codellama", "llama3", "llama3.1", "llama3.2", "llama3.3", "llama4"]


@pytest.mark.parametrize("licence", VERSIONS)
@pytest.mark.parametrize("check", ["use-policy", "user-threshold"])
def test_they_are_information(check: str, licence: str) -> None:
    told = inherited(licence, "finetune")
    assert outcome(check, holding(), told) == "info"
    assert outcome(check, holding(), told, licensor=True) == "not-applicable"
    assert outcome(check, holding(name="datasets/a/b"), told) == "not-applicable"
    assert outcome(check, holding(), inherited(licence, outputs=True)) == "not-applicable"
    assert outcome(check, holding(), inherited("llama1", "finetune")) == "not-applicable"


@pytest.mark.parametrize("name", ["USE_POLICY.md", "use_policy.txt", "Acceptable-Use-Policy.md"])
def test_a_use_policy_that_is_seen_is_noted(name: str) -> None:
    (one,) = found("use-policy", holding(listed=[name]), inherited("llama3.1", "merge"))
    assert name in one.message
    assert one.evidence[0].field == name


@pytest.mark.parametrize(
    ("licence", "when"),
    [("llama2", "2023-07-18, for June 2023"), ("codellama", "2023-07-18, for June 2023"),
     ("llama3", "2024-04-18, for March 2024"), ("llama3.1", "2024-07-23, for June 2024"),
     ("llama3.2", "2024-09-25, for August 2024"), ("llama3.3", "2024-12-06, for November 2024"),
     ("llama4", "2025-04-05, for March 2025")],
)  # fmt: skip
def test_users_are_counted_once(licence: str, when: str) -> None:
    (one,) = found("user-threshold", holding(), inherited(licence, "finetune"))
    assert f"once, on {when};" in one.message


def test_the_month_before_january_is_december() -> None:
    assert month_before(date(2025, 1, 31)) == "December 2024"
    assert month_before(date(2024, 3, 1)) == "February 2024"


@pytest.mark.parametrize(
    ("licence", "parent", "expected"),
    [
        ("llama3.2", "meta-llama/Llama-3.2-11B-Vision", "info"),
        ("llama3.2", "meta-llama/Llama-Guard-3-11B-Vision", "info"),
        ("llama3.2", "meta-llama/Llama-3.2-3B", "not-applicable"),
        ("llama3.3", "meta-llama/Llama-3.3-70B-Instruct", "not-applicable"),
        ("llama4", "meta-llama/Llama-4-Scout-17B-16E", "info"),
        ("llama4", "meta-llama/Llama-Prompt-Guard-2-86M", "not-applicable"),
        ("llama3.1", "meta-llama/Llama-3.2-11B-Vision", "not-applicable"),
    ],
)
def test_a_multimodal_model_on_the_path_is_information(
    licence: str, parent: str, expected: str
) -> None:
    told = inherited(licence, "finetune", parents=(parent,))
    assert outcome("eu-multimodal", holding(), told) == expected


def test_the_last_parent_of_a_longer_path_counts() -> None:
    first = inherited("llama3.2", "quantized", parents=("acme/Vision-Tuned",))
    last = Derivation(
        "acme/Vision-Tuned",
        "meta-llama/Llama-3.2-90B-Vision",
        Relation.FINETUNE,
        Strength.DECLARED,
    )
    told = first._replace(path=(*first.path, last))
    (one,) = found("eu-multimodal", holding(), told)
    assert one.outcome == "info"
    assert one.message.startswith("meta-llama/Llama-3.2-90B-Vision is a multimodal model")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (("apache-2.0",), "review"), (("mit",), "review"), (("llama2",), "review"),
        (("gemma",), "review"), (("llama1", "mit"), "review"), (("cc-by-nc-4.0", "mit"), "review"),
        (("llama1",), "passed"), (("cc-by-nc-4.0",), "passed"), (("cc-by-nc-sa-4.0",), "passed"),
        (("cc-by-nd-4.0",), "info"), (("other",), "info"), ((), "info"), (("my own",), "info"),
        (None, "unknown"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("outputs", [False, True])
@pytest.mark.parametrize("name", ["acme/Child", "datasets/acme/alpaca"])
def test_a_tag_that_allows_commercial_use_is_for_review(
    tags: tuple[str, ...] | None, expected: str, outputs: bool, name: str
) -> None:
    told = inherited("llama1", *(() if outputs else ("finetune",)), outputs=outputs)
    assert outcome("non-commercial", holding(name=name, licences=tags), told) == expected


def test_the_licensor_and_later_versions_are_not_bound_to_it() -> None:
    one = holding(licences=("mit",))
    told = inherited("llama1", "finetune")
    assert outcome("non-commercial", one, told, licensor=True) == "not-applicable"
    assert outcome("non-commercial", one, inherited("llama2", "finetune")) == "not-applicable"
