"""The display on the card, branch by branch."""

from __future__ import annotations

import pytest

from tests.inherited_licences import found, inherited, outcome
from tests.tools.holding import CLAUSES, holding

CHECK = "built-with"


def of(card: str, licence: str = "llama3.1", relation: str = "finetune") -> str:
    return outcome(CHECK, holding({"README.md": card}), inherited(licence, relation))


@pytest.mark.parametrize(
    ("card", "licence", "expected"),
    [
        ("Built with Llama", "llama3.1", "passed"),
        ("## BUILT WITH LLAMA", "llama3.2", "passed"),
        ("**Built with [Llama](https://llama.com)**.", "llama3.3", "passed"),
        ("<b>Built with</b> <a href='x'>Llama</a>", "llama4", "passed"),
        ("Built\u00a0with Llama!", "llama4", "passed"),
        ("[![Built with Llama](badge.svg)](x)", "llama3.1", "passed"),
        ("Built-with-Llama", "llama3.1", "passed"),
        ("Built with Meta-Llama-3", "llama3", "passed"),
        ("BuiltWithLlama", "llama3.1", "review"),
        ("Built with Llama 3.1", "llama3.1", "passed"),
        ("Built with Meta Llama 3", "llama3", "passed"),
        ("built with meta llama3", "llama3", "passed"),
        ("Built with Llama", "llama3", "review"),
        ("Built with Llama 3", "llama3", "review"),
        ("Built with Meta Llama 3", "llama3.1", "review"),
        ("Built with Meta Llama 3.1", "llama3", "review"),
        ("Built with llamas", "llama3.1", "review"),
        ("Rebuilt with Llama", "llama3.1", "review"),
        ("A model.", "llama3.1", "review"),
        ("", "llama3.1", "review"),
        ("---\ntags:\n- built with llama\n---\nA model", "llama3.1", "review"),
        ("A model.", "llama2", "not-applicable"),
        ("A model.", "llama1", "not-applicable"),
        ("A model.", "codellama", "not-applicable"),
        (CLAUSES, "llama3.1", "review"),
        (f"{CLAUSES}\n\nBuilt with Llama\n", "llama3.1", "passed"),
    ],
)
def test_the_card_shows_the_words(card: str, licence: str, expected: str) -> None:
    assert of(card, licence) == expected


@pytest.mark.parametrize(
    ("card", "licence", "both"),
    [
        ("Built with Llama", "llama3", ('"Built with Llama"', '"Built with Meta Llama 3"')),
        ("Built with Meta Llama 3", "llama3.1", ('"Built with Meta Llama 3"', "Built with Llama")),
        ("Improved using Llama", "llama3.1", ('"Improved using Llama"', '"Built with Llama"')),
    ],
)
def test_other_words_are_named_beside_those_asked_for(
    card: str, licence: str, both: tuple[str, str]
) -> None:
    (one,) = found(CHECK, holding({"README.md": card}), inherited(licence, "finetune"))
    assert one.outcome == "review"
    assert all(words in one.message for words in both)


def test_a_card_that_was_not_fetched_is_unknown() -> None:
    told = inherited("llama3.1", "finetune")
    assert outcome(CHECK, holding(listed=None), told) == "unknown"
    assert outcome(CHECK, holding(listed=["README.md"]), told) == "unknown"
    assert outcome(CHECK, holding(), told) == "review"
    assert outcome(CHECK, holding({"readme.md": "Built with Llama"}), told) == "passed"


def test_another_file_that_says_it_is_named() -> None:
    one = holding({"README.md": "A model.", "NOTICE": "Built with Llama"})
    (finding,) = found(CHECK, one, inherited("llama3.1", "finetune"))
    assert finding.outcome == "review"
    assert "NOTICE does" in finding.message


@pytest.mark.parametrize(("licence", "binds"), [("llama3", "uses"), ("llama3.1", "contains")])
def test_an_adapter_is_for_review_at_the_most(licence: str, binds: str) -> None:
    (one,) = found(CHECK, holding({"README.md": "x"}), inherited(licence, "adapter"))
    assert one.outcome == "review"
    assert f"the clause binds what {binds} them" in one.message


def test_outputs_data_sets_and_the_licensor_owe_none() -> None:
    told = inherited("llama3.1", "finetune")
    assert outcome(CHECK, holding(name="datasets/a/b"), told) == "not-applicable"
    assert outcome(CHECK, holding(), inherited("llama3.1", outputs=True)) == "not-applicable"
    assert outcome(CHECK, holding(), told, licensor=True) == "not-applicable"
