"""Which files of a record that name parents could not be read, and why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.evidence.card import MAX_FRONT_MATTER
from graph.evidence.json_text import MAX_JSON
from graph.evidence.record import read
from graph.evidence.unread import unread


def of(files: dict[str, str], **fields: Any) -> list[tuple[str, str]]:
    return list(unread(read({"id": "acme/Child", "files": files, **fields}, lambda _: None)))


READABLE = {
    "README.md": "---\nbase_model: b/Base\n---\nText.",
    "mergekit_config.yml": "a: &a {model: b/Base}\nmodels: [*a]\n---\nbase_model: b/Other\n",
    "adapter_config.json": '{"base_model_name_or_path": "b/Base", "scale": NaN}',
    "config.json": "{}",
    "LICENSE": "---\n\t- no YAML\n---\n",
}


def test_nothing_is_said_of_what_was_read_or_is_not_there() -> None:
    assert of(READABLE) == []
    assert of({}) == []
    assert of({"README.md": "No front matter."}) == []


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("README.md", "---\nbase_model: b/Base\ntags:\n\t- x\n---\n", "not YAML"),
        ("README.md", "---\na: &a [*a]\n---\n", "alias within"),
        ("README.md", f"---\na: {'x' * (MAX_FRONT_MATTER + 100)}\n---\n", "too long"),
        ("mergekit_config.yml", "models: [", "not YAML"),
        ("mergekit_moe_config.yml", "- a", "no mapping"),
        ("pipeline.yaml", "steps: {", "not YAML"),
        ("adapter_config.json", "{'base': 1}", "no JSON"),
        ("adapter_config.json", "[" * 100_000, "no JSON"),
        ("config.json", "[]", "no JSON object"),
        ("config.json", '"' + "x" * MAX_JSON + '"', "are read"),
    ],
)
def test_a_file_that_could_not_be_read_is_told_with_why(name: str, text: str, why: str) -> None:
    ((told, reason),) = of({**READABLE, name: text})
    assert told == name
    assert why in reason


def test_a_card_that_the_hub_has_read_is_read() -> None:
    card = {"README.md": "---\n\t- x\n---\n"}
    assert of(card, cardData={"base_model": "b/Base"}) == []
    assert of(card) != []


def test_a_base_model_that_says_nothing_is_no_secret() -> None:
    values: list[object] = [None, "", "None", "n/a", "[More Information Needed]", [], {}]
    for value in values:
        assert of({}, cardData={"base_model": value}) == []


@pytest.mark.parametrize("value", [{"size": 3}, [[["b/Base"]]], "x" * 300, ["b/Base", "a\0b"]])
def test_a_base_model_that_is_no_reference_is_told(value: object) -> None:
    ((name, reason),) = of({}, cardData={"base_model": value})
    assert name == "README.md"
    assert "base_model" in reason


@given(st.text(max_size=300))
def test_any_text_is_read_or_told_of(text: str) -> None:
    for name in READABLE:
        assert all(told == name for told, _ in of({name: text}))


def test_a_recipe_is_no_front_matter() -> None:
    told = of({"mergekit_config.yml": "models:\n- model: a/b\n  x: [\n"})
    assert told == [
        ("mergekit_config.yml", "it is not YAML: did not find expected node content (line 4)")
    ]
