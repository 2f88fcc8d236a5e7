"""A card's front matter: what is read of it, what is refused, and that neither takes long."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.evidence.card import (
    MAX_DEPTH,
    MAX_EVENTS,
    MAX_FRONT_MATTER,
    CardError,
    documents,
    front_matter,
    mapping,
    split,
)

TOO_MANY = "the front matter has too many entries"
YAML_BITS = st.sampled_from(
    ["- ", ": ", "? ", "{", "}", "[", "]", "\n", "  ", "&a ", "*a", "!!int ", "!!bool ", "!!float ",
     "!!timestamp ", "!!set ", "!!binary ", "<<: ", "|", ">", "'", '"', "#", "%", "@", "x",
     "1", "1:2", "\t", "---", "...", "\r", "0x", ".inf", "~", "license: mit\n"]
)  # fmt: skip


def card(text: str) -> str:
    return f"---\n{text}\n---\nThe body.\n"


def refusal(text: str) -> str:
    with pytest.raises(CardError) as refused:
        front_matter(card(text))
    return str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "---\nlicense: mit\n---\nBody",
        "---\r\nlicense: mit\r\n---\r\nBody",
        "\ufeff---\nlicense: mit\n---",
        "\n\n---  \nlicense: mit\n---\t\nBody\n---\n",
    ],
    ids=["plain", "crlf", "bom", "blanks"],
)
def test_front_matter_is_read_whatever_ends_its_lines(text: str) -> None:
    assert front_matter(text) == {"license": "mit"}


@pytest.mark.parametrize("text", ["", "# Title", "---\nno end", "text\n---\na: 1\n---\n", "------"])
def test_a_card_without_front_matter_has_none(text: str) -> None:
    assert front_matter(text) is None
    assert split(text) == ("", text)


@pytest.mark.parametrize("text", ["", "# only a comment", "~"])
def test_empty_front_matter_counts_as_none(text: str) -> None:
    assert front_matter(card(text)) is None


def test_the_body_is_what_follows() -> None:
    assert split("---\na: 1\n---\nThe body.")[1].strip() == "The body."


@pytest.mark.parametrize("text", ["- a\n- b", "just text", "3", "[a, b]"])
def test_yaml_that_is_no_mapping_is_refused(text: str) -> None:
    assert refusal(text) == "the front matter is no mapping"


def test_yaml_that_is_broken_is_refused_with_its_line() -> None:
    assert refusal("a: 1\nb: [1, 2") == (
        "the front matter is not YAML: did not find expected ',' or ']' (line 4)"
    )
    assert "(line 3)" in refusal("a: 1\nb: c: d")


def test_an_alias_is_read_as_what_it_stands_for() -> None:
    told = front_matter(card("a: &base {model: x/y}\nb: [*base, *base]\nc: {<<: *base, z: 1}"))
    assert told == {
        "a": {"model": "x/y"},
        "b": [{"model": "x/y"}, {"model": "x/y"}],
        "c": {"model": "x/y", "z": 1},
    }


@pytest.mark.parametrize("use", ["[*b{n}, *b{n}]", "{{<<: [*b{n}, *b{n}], x: *b{n}}}"])
def test_aliases_that_stand_for_gigabytes_are_refused_at_once(use: str) -> None:
    lines = [f"b{n + 1}: &b{n + 1} {use.format(n=n)}" for n in range(30)]
    began = time.process_time()
    assert refusal("\n".join(["b0: &b0 {y: z}", *lines])) == TOO_MANY
    assert refusal(f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 20)}]") == TOO_MANY
    assert time.process_time() - began < 0.5


def test_aliases_that_nest_too_deeply_are_refused() -> None:
    lines = [f"b{n + 1}: &b{n + 1} [*b{n}]" for n in range(MAX_DEPTH)]
    assert refusal("\n".join(["b0: &b0 x", *lines])) == "the front matter is nested too deeply"


def test_an_alias_within_what_it_stands_for_is_refused() -> None:
    assert "alias within" in refusal("a: &a [*a]")
    assert "alias within" in refusal("a: &a {b: {c: *a}}")
    assert "undefined alias" in refusal("a: *b")


def test_a_text_of_several_documents_is_read_document_by_document() -> None:
    assert documents("---\na: 1\n---\n# nothing\n---\nb: 2\n...\n") == [{"a": 1}, {"b": 2}]
    with pytest.raises(CardError, match="several documents"):
        mapping("a: 1\n---\nb: 2\n")


@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "- " * 5000, "? " * 5000])
def test_deep_nesting_is_refused(text: str) -> None:
    assert refusal(text) == "the front matter is nested too deeply"


def test_nesting_up_to_the_limit_is_read() -> None:
    depth = MAX_DEPTH - 1
    assert front_matter(card("a: " + "[" * depth + "]" * depth)) is not None
    assert refusal("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH)


def test_too_many_entries_are_refused() -> None:
    assert refusal("a: [" + "x," * MAX_EVENTS + "]") == TOO_MANY


def test_a_front_matter_longer_than_the_limit_is_refused() -> None:
    assert refusal("a: " + "x" * (MAX_FRONT_MATTER + 100)) == "the front matter is too long"
    assert front_matter("---\n" + "x" * (MAX_FRONT_MATTER + 100)) is None  # it never ends


@pytest.mark.parametrize(
    "text",
    ["!!int ''", "!!bool maybe", "!!float ''", "!!timestamp never", "!!int 0b", "=", "!!x y"],
)
def test_a_value_that_is_none_is_refused(text: str) -> None:
    assert refusal(f"a: {text}").startswith("the front matter ")


def test_nothing_is_made_of_a_python_tag() -> None:
    assert "could not determine a constructor" in refusal("a: !!python/object/apply:os.getcwd []")


def test_dates_stay_text_and_so_do_numbers_that_no_machine_holds() -> None:
    told = front_matter(card(f"day: 2024-05-01\nbig: {'9' * 400}\nversion: 3\n1: one"))
    assert told == {"day": "2024-05-01", "big": "9" * 400, "version": 3, "1": "one"}


def test_whatever_is_read_can_be_written_as_json() -> None:
    told = front_matter(card("a: {1: x, ~: y}\nb: !!set {p, q}\nc: !!omap [k: v]\nd: .inf"))
    assert told is not None
    assert told["a"] == {"1": "x", "None": "y"}
    assert sorted(told["b"]) == ["p", "q"]
    orjson.dumps(told)


@given(st.text() | st.lists(YAML_BITS | st.text(max_size=3)).map("".join))
def test_any_text_gives_a_mapping_or_none_or_an_error(text: str) -> None:
    for whole in (text, card(text)):
        told = outcome(whole)
        assert told is None or isinstance(told, dict | str)
        orjson.dumps(told, default=str)


def outcome(whole: str) -> dict[str, Any] | str | None:
    """Return what is read of a card, or the one line that says why nothing is."""
    try:
        return front_matter(whole)
    except CardError as error:
        (line,) = str(error).splitlines()
        return line


@pytest.mark.parametrize(
    "bit", ["1:", "9", "[", "- ", "a: 1\n", "\n---\n ", "'", '"', "&a ", " ", "\t"]
)
def test_the_longest_card_of_any_kind_takes_well_under_a_second(bit: str) -> None:
    text = f"---\na: {bit * (MAX_FRONT_MATTER // len(bit) - 10)}1\n---\n"
    began = time.process_time()
    with suppress(CardError):
        front_matter(text)
    assert time.process_time() - began < 2


def test_a_front_matter_that_does_not_end_is_told_from_a_rule() -> None:
    with pytest.raises(CardError, match="does not end"):
        front_matter("---\nlicense: mit\nbase_model: a/b\n# Title\n")
    assert front_matter("---\nNote: what follows is prose.\n") is None
    assert front_matter("---\n\n# Title\n") is None
