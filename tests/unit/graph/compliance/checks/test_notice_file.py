"""The attribution notice, branch by branch."""

from __future__ import annotations

import pytest

from graph.catalogue import licences
from tests.inherited_licences import found, inherited, outcome
from tests.tools.holding import CLAUSES, holding

CHECK = "notice-file"
NOTICE = (
    "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, "
    "Inc. All Rights Reserved."
)
OLDER = NOTICE.replace("3.1", "3.2")


def of(files: dict[str, str], *listed: str, known: bool = True, relation: str = "finetune") -> str:
    one = holding(files, listed=listed if known else None)
    return outcome(CHECK, one, inherited("llama3.1", relation))


@pytest.mark.parametrize(
    "name", ["NOTICE", "Notice", "notice", "Notice.txt", "notice.md", "NOTICE.TXT", "sub/Notice"]
)
@pytest.mark.parametrize("known", [True, False])
def test_a_notice_file_passes_whatever_its_name(name: str, known: bool) -> None:
    assert of({name: NOTICE}, known=known) == "passed"


@pytest.mark.parametrize(
    "text",
    [
        NOTICE.replace("©", "(c)"), NOTICE.replace("©", "(C)"), NOTICE.replace("©", "漏"),
        NOTICE.replace("©", "Â©"), NOTICE.replace("©", "&copy;"), NOTICE.upper(), NOTICE[:-1],
        f"{NOTICE}\n\n", f"“{NOTICE}”", NOTICE.replace(" ", "\n"), NOTICE.replace(" ", "\u00a0"),
        f"> **{NOTICE}**", f"My own notice.\n\n{NOTICE}\n", f"{CLAUSES}\n{NOTICE}",
    ],
)  # fmt: skip
def test_typography_does_not_count(text: str) -> None:
    assert of({"NOTICE": text}) == "passed"


@pytest.mark.parametrize("licence", sorted(licences.load().licences))
def test_each_licences_own_words_pass(licence: str) -> None:
    words = licences.load().licences[licence].obligations[CHECK].required or ""
    one = holding({"NOTICE": words})
    assert outcome(CHECK, one, inherited(licence, "finetune")) == "passed"


@pytest.mark.parametrize(
    ("files", "listed", "known", "expected"),
    [
        ({"README.md": NOTICE}, (), True, "passed"),
        ({"LICENSE": f"x\n{NOTICE}"}, (), False, "passed"),
        ({"LICENSE": CLAUSES}, (), True, "review"),
        ({"README.md": f"---\nextra_gated_prompt: {CLAUSES}\n---\n"}, (), True, "review"),
        ({"NOTICE": OLDER}, (), True, "review"),
        ({"NOTICE": OLDER}, (), False, "review"),
        ({"NOTICE": OLDER, "README.md": NOTICE}, (), True, "passed"),
        ({"NOTICE": NOTICE.replace("©", "© 2024")}, (), True, "review"),
        ({"NOTICE": "Copyright Acme"}, (), True, "review"),
        ({"README.md": "x"}, (), True, "review"),
        ({"README.md": "x"}, (), False, "unknown"),
        ({"README.md": "x"}, ("NOTICE",), True, "unknown"),
        ({}, ("README.md",), True, "unknown"),
        ({}, (), False, "unknown"),
        ({}, (), True, "review"),
        ({"config.json": NOTICE}, (), True, "review"),
    ],
)
def test_what_was_read_decides(
    files: dict[str, str], listed: tuple[str, ...], known: bool, expected: str
) -> None:
    assert of(files, *listed, known=known) == expected


def test_another_file_is_noted_and_other_words_are_shown() -> None:
    (elsewhere,) = found(CHECK, holding({"README.md": NOTICE}), inherited("llama3.1", "merge"))
    assert "README.md, which is not a Notice file" in elsewhere.message
    (other,) = found(CHECK, holding({"Notice": OLDER}), inherited("llama3.1", "merge"))
    assert OLDER in other.message
    assert NOTICE in other.remedy


@pytest.mark.parametrize("relation", ["finetune", "merge", "quantized", "mirror", "adapter"])
def test_absence_is_never_failed(relation: str) -> None:
    assert of({"README.md": "x"}, relation=relation) == "review"


def test_outputs_data_sets_and_the_licensor_owe_none() -> None:
    told = inherited("llama3.1", "finetune")
    assert outcome(CHECK, holding(name="datasets/a/b"), told) == "not-applicable"
    assert outcome(CHECK, holding(), inherited("llama3.1", outputs=True)) == "not-applicable"
    assert outcome(CHECK, holding(), told, licensor=True) == "not-applicable"
