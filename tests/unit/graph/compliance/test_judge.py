"""The judge: one finding per check and arriving licence, the same whatever the order."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue import licences
from graph.catalogue.model import Artifact, Finding, Outcome, Strength, worst
from graph.compliance.checks import CHECKS
from graph.compliance.judge import complete, judge
from graph.compliance.verdict_cache import VerdictCache
from tests.inherited_licences import artifact, inherited

LICENCES = sorted(licences.load().licences)
ARRIVALS = st.lists(
    st.builds(
        lambda licence, relations, strength, outputs: inherited(
            licence, *relations, strength=strength, outputs=outputs
        ),
        st.sampled_from([*LICENCES, "apache-2.0"]),
        st.lists(
            st.sampled_from(["finetune", "adapter", "merge", "quantized", "mirror"]), max_size=2
        ),
        st.sampled_from(Strength),
        st.booleans(),
    ),
    max_size=4,
    unique_by=lambda a: (a.licence, a.trigger),
)
TAGS = st.none() | st.lists(
    st.sampled_from(
        [*LICENCES, "mit", "apache-2.0", "other", "unknown", "gemma", "cc-by-nc-4.0", "x"]
    ),
    max_size=3,
    unique=True,
).map(tuple)
NAMED = st.builds(
    artifact,
    st.sampled_from(
        [
            "acme/Llama-3-x",
            "acme/Bravo",
            "acme/Meta-Llama-3",
            "acme/Meta-Llama-3.1-8B-Instruct-GGUF",
            "acme/Bravo-AWQ",
            "datasets/acme/Data",
            "meta-llama/Foo",
        ]
    ),
    TAGS,
    st.sampled_from([None, "2024-05-01", "2025-06-01"]),
)
ARTIFACTS = st.builds(
    replace,
    NAMED,
    weights=st.booleans(),
    unread=st.sampled_from([(), (("README.md", "the front matter is not YAML"),)]),
    siblings=st.sampled_from([None, ("README.md", "x.gguf"), ("adapter_config.json",)]),
    files=st.sampled_from([{}, {"README.md": "Built with LLaMA-Factory"}]),
    licence_link=st.sampled_from([None, "https://ai.meta.com/llama/license"]),
)


def test_every_check_speaks_of_every_arriving_licence_in_order() -> None:
    told = [inherited("llama3.1", "merge"), inherited("llama2", "merge")]
    findings = judge(artifact(), told, licensor=False)
    assert [(f.check, f.licence) for f in findings] == [
        (check, licence) for check in CHECKS for licence in ("llama2", "llama3.1")
    ]


def test_licences_that_are_not_judged_are_passed_over() -> None:
    assert judge(artifact(), [inherited("apache-2.0", "merge")], licensor=False) == []


def test_where_nothing_arrives_nothing_is_found_and_every_check_can_be_named() -> None:
    assert judge(artifact(), [], licensor=False) == []
    findings = complete("acme/Child", [])
    assert [f.check for f in findings] == list(CHECKS)
    assert {f.outcome for f in findings} == {Outcome.NOT_APPLICABLE}


def test_a_duty_that_a_licence_lacks_does_not_apply_and_quotes_nothing() -> None:
    findings = judge(artifact(), [inherited("llama2", "finetune")], licensor=False)
    (finding,) = [f for f in findings if f.check == "name-prefix"]
    assert (finding.outcome, finding.section, finding.quote) == (Outcome.NOT_APPLICABLE, None, None)


def test_duties_that_are_not_judged_yet_say_unknown_and_where_they_stand() -> None:
    findings = judge(artifact(), [inherited("llama3.1", "finetune")], licensor=False)
    (finding,) = [f for f in findings if f.check == "notice-file"]
    assert (finding.outcome, finding.section) == (Outcome.UNKNOWN, "1.b.iii")
    (own,) = [
        f
        for f in judge(artifact(), [inherited("llama3.1")], licensor=True)
        if f.check == "notice-file"
    ]
    assert own.outcome is Outcome.NOT_APPLICABLE


def test_an_inferred_lineage_turns_failed_into_review_and_says_so() -> None:
    one = artifact("acme/Bravo", ("mit",))
    sure = judge(one, [inherited("llama3.1", "finetune")], licensor=False)
    inferred = judge(
        one, [inherited("llama3.1", "finetune", strength=Strength.INFERRED)], licensor=False
    )
    failed = {f.check for f in sure if f.outcome is Outcome.FAILED}
    assert failed == {"name-prefix", "licence-tag"}
    for finding in inferred:
        if finding.check in failed:
            assert finding.outcome is Outcome.REVIEW
            assert finding.message.endswith("The lineage is inferred, so this is for review.")


def test_a_stated_lineage_may_fail() -> None:
    told = inherited("llama3.1", "finetune", strength=Strength.STATED)
    assert outcomes(artifact("acme/Bravo", ("mit",)), [told])["name-prefix"] is Outcome.FAILED


@pytest.mark.parametrize(
    ("some", "expected"),
    [("passed failed", "failed"), ("review unknown", "review"), ("info unknown", "unknown"),
     ("passed info", "info"), ("not-applicable passed", "passed"), ("", "not-applicable")],
)  # fmt: skip
def test_the_worst_outcome_counts(some: str, expected: str) -> None:
    assert worst([Outcome(word) for word in some.split()]).value == expected


def outcomes(one: Artifact, told: list[Any]) -> dict[str, Outcome]:
    return {f.check: f.outcome for f in judge(one, told, licensor=False)}


@given(ARTIFACTS, ARRIVALS, st.booleans(), st.booleans())
def test_an_inferred_lineage_fails_nobody(
    one: Artifact, told: list[Any], licensor: bool, rivals: bool
) -> None:
    weak = [a._replace(strength=Strength.INFERRED) for a in told]
    findings = judge(one, weak, licensor=licensor, rivals=rivals)
    assert Outcome.FAILED not in {f.outcome for f in findings}


@given(ARTIFACTS, ARRIVALS, st.booleans(), st.booleans())
def test_judging_is_the_same_again_and_in_any_order_of_arrivals(
    one: Artifact, told: list[Any], licensor: bool, rivals: bool
) -> None:
    first = judge(one, told, licensor=licensor, rivals=rivals)
    for order in permutations(told):
        assert judge(one, order, licensor=licensor, rivals=rivals) == first


@given(ARTIFACTS, ARRIVALS, st.booleans(), st.booleans())
def test_what_is_found_is_whole(
    one: Artifact, told: list[Any], licensor: bool, rivals: bool
) -> None:
    for finding in judge(one, told, licensor=licensor, rivals=rivals):
        assert finding.message.endswith(".")
        if finding.outcome in (Outcome.FAILED, Outcome.REVIEW):
            assert _carries_its_reasons(finding)


def _carries_its_reasons(finding: Finding) -> bool:
    return all((finding.section, finding.quote, finding.evidence, finding.remedy, finding.strength))


HOLDINGS = [
    replace(
        artifact(name, tags, created, licence_name=named, licence_link=link),
        files=files,
        siblings=listed,
        revision=name,
    )
    for name, tags, created, named, link, files, listed in product(
        ("acme/Llama-3-x", "acme/Bravo", "datasets/acme/Data"),
        (None, ("mit",), ("llama3",), ("other",)),
        ("2024-08-01", "2025-06-01"),
        (None, "own-terms"),
        (None, "https://llama.meta.com/llama3/license"),
        ({}, {"README.md": "Built with Llama"}),
        (None, ("README.md",)),
    )
]


@pytest.mark.parametrize("licence", LICENCES)
def test_verdicts_kept_from_others_change_nothing(licence: str) -> None:
    cache = VerdictCache()
    ways = [
        ([inherited(licence, *relations, strength=strength, outputs=outputs), *beside], rivals)
        for relations in (("finetune",), ("adapter",), ())
        for strength in (Strength.DECLARED, Strength.INFERRED)
        for outputs, rivals in ((False, False), (False, True), (True, True))
        for beside in ([], [inherited("llama3.3", "merge")])
    ]
    for (told, rivals), one, licensor in product(ways, HOLDINGS[::7], (False, True)):
        alone = judge(one, told, licensor=licensor, rivals=rivals)
        assert judge(one, told, licensor=licensor, rivals=rivals, cache=cache) == alone


@pytest.mark.parametrize("one", HOLDINGS[::5] + HOLDINGS[1::7])
def test_verdicts_kept_from_any_other_change_nothing(one: Artifact) -> None:
    cache, told = VerdictCache(), [inherited("llama3.1", "finetune")]
    for other in HOLDINGS:
        judge(other, told, licensor=False, cache=cache)
    assert judge(one, told, licensor=False, cache=cache) == judge(one, told, licensor=False)


def test_verdicts_are_kept_where_nothing_was_fetched() -> None:
    cache, told = VerdictCache(), [inherited("llama3.1", "finetune")]
    for name in ("acme/Bravo", "acme/Charlie"):
        findings = judge(artifact(name, ("mit",)), told, licensor=False, cache=cache)
        assert {e.repository for f in findings for e in f.evidence} == {name}


@given(ARTIFACTS, ARRIVALS, st.booleans())
def test_without_the_whole_only_what_does_not_apply_is_left_out(
    one: Artifact, told: list[Any], licensor: bool
) -> None:
    whole = judge(one, told, licensor=licensor)
    assert judge(one, told, licensor=licensor, whole=False) == [
        finding for finding in whole if finding.outcome is not Outcome.NOT_APPLICABLE
    ]


@given(ARTIFACTS, ARRIVALS)
def test_the_licensor_is_never_failed_or_reviewed(one: Artifact, told: list[Any]) -> None:
    findings = judge(one, told, licensor=True)
    assert {f.outcome for f in findings} <= {Outcome.NOT_APPLICABLE, Outcome.PASSED}
