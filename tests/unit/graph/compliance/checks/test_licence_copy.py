"""The copy of the Agreement: where it stands, what it is, and what was not read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.catalogue.model import Finding, Outcome
from graph.compliance.judge import judge
from graph.compliance.policies import PROFILES
from tests.inherited_licences import artifact, found, inherited, outcome
from tests.tools.holding import holding

CHECK = "licence-copy"
CARD = {"README.md": "---\nlicense: llama3.1\n---\nA model.\n"}
POINTER = "See Meta's license at https://llama.meta.com/llama3_1/license"
PARAPHRASE = """The licence of Llama 3.1 is royalty-free. Give a copy of this agreement with the
Llama Materials, show Built with Llama, and follow the Acceptable Use Policy."""


def of(files: dict[str, str], *listed: str, relation: str = "finetune", known: bool = True) -> str:
    one = holding(files, listed=listed if known else None)
    return outcome(CHECK, one, inherited("llama3.1", relation))


def finding(files: dict[str, str], licence: str, relation: str, parents: str = "m/B") -> Finding:
    one = holding(files)
    (found_,) = found(CHECK, one, inherited(licence, relation, parents=(parents,)))
    return found_


def text(shared: Path, version: str) -> str:
    return (shared / "licences" / "texts" / f"{version}_LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("files", "listed", "known", "expected"),
    [
        (CARD, (), True, "failed"),
        (CARD, ("model.safetensors", "config.json"), True, "failed"),
        (CARD, ("LICENSE",), True, "unknown"),
        (CARD, ("original/LICENCE.txt",), True, "unknown"),
        (CARD, ("COPYING",), True, "unknown"),
        (CARD, ("Notice",), True, "unknown"),
        (CARD, ("docs/terms.md",), True, "unknown"),
        (CARD, ("third_party_license",), True, "unknown"),
        (CARD, (), False, "unknown"),
        ({}, (), True, "failed"),
        ({}, ("README.md",), True, "unknown"),
        ({}, (), False, "unknown"),
        (CARD | {"LICENSE": "Apache License, Version 2.0"}, (), True, "failed"),
        (CARD | {"LICENSE": "Apache License, Version 2.0"}, (), False, "unknown"),
        (CARD | {"LICENSE": "LLAMA 3.1 COMMUNITY LICENSE AGREEMENT"}, (), True, "failed"),
        (CARD | {"LICENSE": POINTER}, (), True, "review"),
        (CARD | {"LICENSE": POINTER}, (), False, "review"),
        (CARD | {"LICENSE": POINTER}, ("COPYING",), True, "review"),
        ({"README.md": POINTER}, (), True, "review"),
        ({"README.md": POINTER}, (), False, "unknown"),
        ({"README.md": POINTER}, ("LICENSE",), True, "unknown"),
        (CARD | {"LICENSE": PARAPHRASE}, (), True, "review"),
        (CARD | {"LICENSE": PARAPHRASE}, (), False, "review"),
        ({"README.md": PARAPHRASE}, (), False, "unknown"),
        (CARD | {"LICENSE": "x" * 300_000}, (), True, "unknown"),
    ],
)
def test_without_a_copy_what_was_read_decides(
    files: dict[str, str], listed: tuple[str, ...], known: bool, expected: str
) -> None:
    assert of(files, *listed, known=known) == expected


@pytest.mark.parametrize(
    ("relation", "expected"),
    [("finetune", "failed"), ("merge", "failed"), ("quantized", "failed"), ("mirror", "failed"),
     ("adapter", "review")],
)  # fmt: skip
def test_the_relation_decides_whether_weights_are_handed_on(relation: str, expected: str) -> None:
    assert of(CARD, relation=relation) == expected


@pytest.mark.shared
@pytest.mark.parametrize("name", ["LICENSE", "LICENSE.txt", "Llama-License", "docs/terms.md", "x"])
@pytest.mark.parametrize("known", [True, False])
def test_any_file_may_hold_it(shared: Path, name: str, known: bool) -> None:
    assert of({name: text(shared, "llama3.1")}, known=known) == "passed"


@pytest.mark.shared
def test_the_card_may_hold_it_in_its_front_matter_or_below(shared: Path) -> None:
    whole = text(shared, "llama3.1")
    indented = "".join(f"  {line}\n" for line in whole.splitlines())
    front = f"---\nlicense: llama3.1\nextra_gated_prompt: >-\n{indented}---\nA model.\n"
    assert of({"README.md": front}) == "passed"
    assert of({"README.md": f"# Model\n\n{whole}"}) == "passed"
    (one,) = found(CHECK, holding({"README.md": front}), inherited("llama3.1", "finetune"))
    assert one.evidence[0].field == "README.md: extra_gated_prompt"


@pytest.mark.shared
def test_an_altered_copy_is_for_review_and_its_difference_is_shown(shared: Path) -> None:
    whole = text(shared, "llama3.1").replace("State of California", "State of Utopia")
    one = finding({"LICENSE": whole}, "llama3.1", "finetune")
    assert one.outcome is Outcome.REVIEW
    assert "1 of 42 sentences are not there (in 7)" in one.message
    assert "utopia" in one.message
    assert "utopia" in one.evidence[0].value


@pytest.mark.shared
def test_another_versions_text_is_named(shared: Path) -> None:
    files = CARD | {"LICENSE": text(shared, "llama3")}
    one = finding(files, "llama3.1", "finetune")
    assert one.outcome is Outcome.FAILED
    assert "holds the Meta Llama 3 Community License Agreement and not the Llama 3.1" in one.message
    assert of(files, known=False) == "review"


@pytest.mark.shared
def test_each_arriving_licence_has_its_own_copy(shared: Path) -> None:
    both = (inherited("llama3", "merge"), inherited("llama3.1", "merge"))
    one = holding(CARD | {"LICENSE": text(shared, "llama3.1")})
    assert [f.outcome.value for f in found(CHECK, one, *both)] == ["failed", "passed"]
    with_both = holding({"LICENSE": text(shared, "llama3"), "L.md": text(shared, "llama3.1")})
    assert outcome(CHECK, with_both, *both) == "passed"


@pytest.mark.parametrize(
    ("licence", "binds"),
    [("llama3", "what uses"), ("llama3.1", "what contains"), ("llama4", "what contains"),
     ("llama2", "works derived from")],
)  # fmt: skip
def test_an_adapters_finding_says_what_the_clause_binds(licence: str, binds: str) -> None:
    one = finding(CARD, licence, "adapter")
    assert one.outcome is Outcome.REVIEW
    assert one.message.endswith(
        f"An adapter may hold no Llama Materials; the clause binds {binds} them."
    )


def test_a_link_in_the_licence_field_alone_is_for_review() -> None:
    one = replace(holding(CARD), licence_link="https://llama.meta.com/llama3_1/license")
    assert outcome(CHECK, one, inherited("llama3.1", "finetune")) == "review"
    here = replace(holding(CARD), licence_link="LICENSE")
    assert outcome(CHECK, here, inherited("llama3.1", "finetune")) == "failed"


@pytest.mark.parametrize("licence", ["llama1", "llama2", "codellama", "llama3", "llama3.3"])
def test_data_sets_outputs_and_the_licensor_owe_none(licence: str) -> None:
    told = inherited(licence, "finetune")
    assert outcome(CHECK, artifact("datasets/acme/D"), told) == "not-applicable"
    assert outcome(CHECK, holding(CARD), inherited(licence, outputs=True)) == "not-applicable"
    assert outcome(CHECK, holding(CARD), told, licensor=True) == "not-applicable"


@pytest.mark.shared
def test_profiles_are_stricter_and_milder(shared: Path) -> None:
    whole = text(shared, "llama3.1").replace("State of California", "State of Utopia")
    cases = {"altered": {"LICENSE": whole}, "link": {"LICENSE": POINTER}}
    for files in cases.values():
        for name, expected in (("strict", {"failed"}), ("lenient", {"info", "review"})):
            arrived, policies = [inherited("llama3.1", "merge")], PROFILES[name]
            told = judge(holding(files), arrived, licensor=False, policies=policies)
            assert {f.outcome.value for f in told if f.check == CHECK} <= expected
