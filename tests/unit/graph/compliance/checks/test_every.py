"""Every check against every licence and relation, and what holds of all of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue import licences as library
from graph.catalogue.model import Artifact, Finding, Outcome, Strength
from graph.compliance.checks import CHECKS
from graph.compliance.judge import judge
from graph.compliance.policies import PROFILES
from tests.inherited_licences import inherited
from tests.tools.holding import CLAUSES, LONG, holding

LICENCES = sorted(library.load().licences)
RELATIONS = ["finetune", "adapter", "merge", "quantized", "mirror", "renamed", None]
NOTICE = "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms"
TEXTS = [
    "", "A model.", "Built with Llama", NOTICE, CLAUSES, "Apache License",
    "See https://llama.meta.com/llama3/license", f"---\nlicense: mit\n---\n{CLAUSES}",
]  # fmt: skip
NAMES = ["README.md", "LICENSE", "NOTICE", "USE_POLICY.md", "model.safetensors", "config.json"]
FACTS = [
    holding(listed=None, licences=None),
    holding(listed=None),
    holding(),
    holding({"README.md": "A model."}, licences=("mit",)),
    holding(dict.fromkeys(NAMES, CLAUSES), licences=("llama3.1", "mit")),
    holding(listed=NAMES, name="datasets/acme/Data"),
]


def told(licence: str, relation: str | None, strength: Strength, outputs: bool) -> list[Finding]:
    steps = () if relation is None else (relation,)
    arrives = inherited(licence, *steps, strength=strength, outputs=outputs)
    return [
        finding
        for one, rivals, policies in product(FACTS, (False, True), PROFILES.values())
        for finding in judge(one, [arrives], licensor=False, rivals=rivals, policies=policies)
    ]


@pytest.mark.parametrize("licence", LICENCES)
@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("outputs", [False, True], ids=["weights", "outputs"])
def test_every_check_speaks_of_every_licence(
    licence: str, relation: str | None, outputs: bool
) -> None:
    imposed = library.load().licences[licence].obligations
    for strength in Strength:
        for finding in told(licence, relation, strength, outputs):
            assert finding.check in CHECKS
            assert finding.outcome in Outcome
            assert finding.message.endswith(".")
            if finding.outcome in (Outcome.FAILED, Outcome.REVIEW):
                assert all((finding.quote, finding.section, finding.evidence, finding.remedy))
            if finding.check not in imposed or strength is Strength.INFERRED:
                assert finding.outcome is not Outcome.FAILED
            if outputs:
                assert finding.outcome is not Outcome.FAILED


@st.composite
def artifacts(draw: st.DrawFn) -> Artifact:
    files = draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(TEXTS), max_size=4))
    listed = draw(st.none() | st.sets(st.sampled_from(NAMES)))
    licences = draw(st.none() | st.sets(st.sampled_from(["mit", "llama3.1", "other"])).map(tuple))
    return holding(files, listed=listed and sorted(listed - set(files)), licences=licences)


def outcomes(one: Artifact, licence: str, relation: str, profile: str) -> dict[str, Outcome]:
    found = judge(one, [inherited(licence, relation)], licensor=False, policies=PROFILES[profile])
    return {finding.check: finding.outcome for finding in found}


CASES = (
    artifacts(),
    st.sampled_from(LICENCES),
    st.sampled_from([r for r in RELATIONS if r]),
    st.sampled_from(sorted(PROFILES)),
)
EXAMPLES = settings(max_examples=5_000 if LONG else 150)


@given(*CASES, st.sampled_from(NAMES), st.sampled_from(TEXTS))
@EXAMPLES
def test_a_further_fact_never_turns_failed_into_unknown(
    one: Artifact, licence: str, relation: str, profile: str, name: str, text: str
) -> None:
    before = outcomes(one, licence, relation, profile)
    known = [name, *(one.siblings or ()), *one.files]
    more = [
        replace(one, files={**one.files, name: one.files.get(name, text)}),
        replace(one, siblings=one.siblings or tuple(sorted(set(known) - {name} | set(one.files)))),
        replace(one, licences=one.licences if one.licences is not None else ("mit",)),
    ]
    for richer in more:
        after = outcomes(richer, licence, relation, profile)
        for check, outcome in before.items():
            assert not (outcome is Outcome.FAILED and after[check] is Outcome.UNKNOWN)


@given(*CASES)
@EXAMPLES
def test_judging_is_the_same_again_and_for_files_in_any_order(
    one: Artifact, licence: str, relation: str, profile: str
) -> None:
    again = replace(one, files=dict(reversed(one.files.items())))
    if one.siblings is not None:
        again = replace(again, siblings=tuple(reversed(one.siblings)))
    first = outcomes(one, licence, relation, profile)
    assert (
        first
        == outcomes(one, licence, relation, profile)
        == outcomes(again, licence, relation, profile)
    )


@given(*CASES)
@EXAMPLES
def test_profiles_are_ordered_where_facts_are_judged(
    one: Artifact, licence: str, relation: str, profile: str
) -> None:
    del profile
    by = {name: outcomes(one, licence, relation, name) for name in PROFILES}
    for check in CHECKS:
        assert by["strict"][check].rank <= by["default"][check].rank
        assert by["default"][check].rank <= by["lenient"][check].rank
