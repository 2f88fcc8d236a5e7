"""Texts against the licences: copies, altered copies, paraphrases and links told apart."""

from __future__ import annotations

import gzip
import json
import re
import textwrap
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graph.compliance import texts
from graph.compliance.normalise import LOOKED_AT, mark, sentences, unescaped, words
from graph.compliance.texts import ALTERED_FROM, ANCHORS, Likeness, TextMatch, compare, load
from tests.tools import fingerprint_licences
from tests.tools.holding import CLAUSES

VERSIONS = ["llama2", "llama3", "llama3.1", "llama3.2", "llama3.3", "llama4"]
PARAPHRASE = """You may use Llama 3.1 free of charge. The licence is royalty-free. If you hand on
the Llama Materials, give a copy of this agreement and show Built with Llama. Above 700 million
users ask Meta. Follow the Acceptable Use Policy."""


def text_of(shared: Path, version: str) -> str:
    return (shared / "licences" / "texts" / f"{version}_LICENSE.txt").read_text("utf-8")


def found(text: str, version: str = "llama3.1") -> Likeness:
    return compare(text, version).likeness


def wrapped(text: str) -> str:
    return "\n\n".join(
        textwrap.fill(part, 61, break_long_words=False) for part in text.split("\n\n")
    )


def typed(text: str) -> str:
    return text.translate(str.maketrans("“”’", '""\'')).replace(" ", "\u00a0", 40)


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


def bold(text: str) -> str:
    return re.sub(r"^(\d)\. ([A-Z][\w ]+)\.", r"**\1\\. \2**.", text, flags=re.MULTILINE)


def web(text: str) -> str:
    return "".join(f"<p>{part}</p>\n" for part in text.replace("“", "&quot;").split("\n\n"))


def card(text: str) -> str:
    return f"# My model\n\nSome words on it.\n\n{text}\n\n## Evaluation\nIt is good.\n"


def mojibake(text: str) -> str:
    return text.encode().decode("cp1252", "replace")


@pytest.mark.shared
@pytest.mark.parametrize("version", VERSIONS)
def test_a_licences_own_text_is_an_exact_copy(shared: Path, version: str) -> None:
    match = compare(text_of(shared, version), version)
    assert (match.likeness, match.missing, match.share) == (Likeness.EXACT, 0, 1.0)
    assert match.is_copy


@pytest.mark.shared
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "form", [wrapped, typed, str.upper, quoted, bold, web, card, mojibake, str.strip]
)
def test_another_form_is_still_a_copy(shared: Path, version: str, form: object) -> None:
    assert callable(form)
    assert compare(form(text_of(shared, version)), version).is_copy


@pytest.mark.shared
@pytest.mark.parametrize("version", VERSIONS)
def test_another_versions_text_is_told_by_name(shared: Path, version: str) -> None:
    for other in VERSIONS:
        match = compare(text_of(shared, other), version)
        if other != version:
            assert (match.likeness, match.other) == (Likeness.OTHER_VERSION, other)


@pytest.mark.shared
def test_code_llama_points_to_llama_2_and_has_its_terms(shared: Path) -> None:
    assert compare(text_of(shared, "llama2"), "codellama").likeness is Likeness.EXACT
    assert compare(text_of(shared, "codellama"), "codellama").likeness is Likeness.POINTER


@pytest.mark.shared
def test_llama_3s_agreement_without_its_use_policy_is_a_copy(shared: Path) -> None:
    text = text_of(shared, "llama3")
    alone = fingerprint_licences.agreement(text)
    assert len(alone) < len(text)
    assert found(alone, "llama3") is Likeness.AGREEMENT_ONLY
    assert found(f"A heading\n\n{alone}", "llama3") is Likeness.AGREEMENT_ONLY


@pytest.mark.shared
def test_a_use_policy_alone_is_no_copy(shared: Path) -> None:
    for version in VERSIONS:
        policy = (shared / "licences" / "texts" / f"{version}_USE_POLICY.md").read_text("utf-8")
        assert not compare(policy, version).is_copy
        assert compare(f"{text_of(shared, version)}\n\n{policy}", version).is_copy


@pytest.mark.shared
def test_both_versions_in_one_file_are_copies_of_both(shared: Path) -> None:
    both = text_of(shared, "llama3.1") + "\n\n" + text_of(shared, "llama3.2")
    assert compare(both, "llama3.1").is_copy
    assert compare(both, "llama3.2").is_copy


def altered(shared: Path, old: str, new: str) -> TextMatch:
    text = text_of(shared, "llama3.1")
    assert old in text
    return compare(text.replace(old, new), "llama3.1")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("old", "new", "sections", "absent", "shown"),
    [
        ("prominently display “Built with Llama”", "display nothing", ("1.b.i",),
         ("built-with",), "display nothing"),
        ("State of California", "State of Utopia", ("7",), (), "utopia"),
        ("greater than 700 million", "greater than 7 million", ("2",), ("user-threshold",), "7"),
        ("2. Additional", "No sale is allowed. 2. Additional", (), (), "no sale is allowed"),
    ],
    ids=["duty", "court", "number", "added"],
)  # fmt: skip
def test_an_altered_copy_shows_what_differs(
    shared: Path, old: str, new: str, sections: tuple[str, ...], absent: tuple[str, ...], shown: str
) -> None:
    match = altered(shared, old, new)
    assert match.likeness is Likeness.ALTERED
    assert match.sections == sections
    assert set(absent) <= set(match.absent)
    assert any(shown in sentence for sentence in match.altered)


@pytest.mark.shared
def test_a_section_left_out_is_counted(shared: Path) -> None:
    text = text_of(shared, "llama3.1")
    cut = text[: text.index("7. Governing Law")] + ""
    match = compare(cut, "llama3.1")
    assert (match.likeness, match.sections, match.extra) == (Likeness.ALTERED, ("7",), 0)
    assert match.missing >= 2


@pytest.mark.shared
def test_a_copy_with_another_versions_numbers_is_no_copy(shared: Path) -> None:
    text = text_of(shared, "llama3.1").replace("Llama 3.1", "Llama 3.9")
    assert found(text) in (Likeness.ALTERED, Likeness.OTHER_VERSION)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Likeness.NONE),
        ("Apache License, Version 2.0", Likeness.NONE),
        ("LLAMA 3.1 COMMUNITY LICENSE AGREEMENT", Likeness.NONE),
        ("Llama is a good model.", Likeness.NONE),
        ("See Meta's license at https://llama.meta.com/llama3_1/license", Likeness.POINTER),
        ("See Meta's license at https://ai.meta.com/x", Likeness.POINTER),
        ("https://huggingface.co/meta-llama/Llama-3.1-8B", Likeness.NONE),
        ("https://github.com/meta-llama/x/blob/main/LICENSE", Likeness.POINTER),
        (PARAPHRASE, Likeness.PARAPHRASE),
    ],
)
def test_what_is_no_copy_is_told_apart(text: str, expected: Likeness) -> None:
    assert found(text) is expected


def test_a_licence_without_a_known_text_has_no_copy() -> None:
    assert compare("Llama " * 50, "gemma").likeness is Likeness.NONE


@pytest.mark.shared
def test_the_front_matters_quoted_strings_are_read(shared: Path) -> None:
    text = text_of(shared, "llama3.1")
    for style in ('"', "'", "|", ">", None):
        front = yaml.dump({"license": "llama3.1", "extra_gated_prompt": text}, default_style=style)
        assert compare(unescaped(front), "llama3.1").is_copy, style


@pytest.mark.shared
def test_the_fingerprints_are_those_of_the_texts(shared: Path, tmp_path: Path) -> None:
    fingerprint_licences.main(shared / "licences", tmp_path / "texts.toml")
    assert (tmp_path / "texts.toml").read_text() == fingerprint_licences.TARGET.read_text()


@pytest.mark.shared
def test_a_text_without_an_anchor_holds_too_little_to_be_an_altered_copy(shared: Path) -> None:
    told = json.loads((shared / "licences" / "clauses.json").read_text("utf-8"))["licences"]
    for one in told:
        if one["id"] not in load() or "same_terms_as" in one:
            continue
        text = fingerprint_licences.agreement(
            (shared / "licences" / one["text"]).read_text("utf-8")
        )
        held = load()[one["id"]].marks
        without = [s for s in sentences(text) if not any(word in s for word in ANCHORS)]
        assert sum(mark(s) in held for s in without) / len(held) < ALTERED_FROM, one["id"]


@pytest.mark.shared
def test_looking_for_anchors_first_changes_nothing(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with gzip.open(shared / "hub" / "cards.jsonl.gz") as lines:
        cards = [json.loads(line)["readme"] for line in lines]
    quick = [compare.__wrapped__(card, "llama3.1").likeness for card in cards]
    monkeypatch.setattr(texts, "ANCHORS", ("",))
    assert quick == [compare.__wrapped__(card, "llama3.1").likeness for card in cards]


def test_no_sentence_of_a_licence_stands_in_the_fingerprints() -> None:
    told = fingerprint_licences.TARGET.read_text().split("\n\n", 1)[1]
    assert max(len(word) for word in re.findall(r"[g-z ]+", told)) < 24
    assert all(len(one.marks) > 20 for one in load().values())


def test_short_sentences_do_not_count_and_long_ones_are_marked() -> None:
    assert sentences("a. One two. One two three. i. It is so!") == ("one two three", "it is so")
    assert len(mark("one two three")) == 8


@given(st.text(max_size=300))
def test_folding_is_stable_and_knows_no_case(text: str) -> None:
    assert words(words(text)) == words(text)
    if text.isascii():
        assert words(text.upper()) == words(text.lower())


@pytest.mark.parametrize(
    "piece",
    [". a", "](", "](a", "<a ", "-\n", "&quot;", "\n \n", '"a" means. ', "“é”", "llama. ", '"a a',
     "https://x ", "\\u12", "a b c d. ", CLAUSES],
)  # fmt: skip
def test_a_megabyte_is_compared_in_bounded_time(piece: str) -> None:
    text = f"llama {piece * (1_000_000 // len(piece))}"
    began = time.process_time()
    compare(text, "llama3.1")
    assert time.process_time() - began < 1.0  # 50 ms are measured; a quadratic one takes minutes
    assert len(text) > LOOKED_AT


def test_a_heading_of_markdown_is_no_part_of_the_sentence_beneath() -> None:
    told = (
        "## 1. License Rights and Redistribution\na. Grant of Rights is given to you.\n"
        "# 2 Next\nMore of it."
    )
    assert sentences(told) == (
        "license rights and redistribution",
        "grant of rights is given to you",
        "more of it",
    )
