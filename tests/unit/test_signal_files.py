"""Signals of small files: adapter_config.json, mergekit_config.yml, config.json."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.record import read
from crawler.signals import Signal, adapter_config, config_name, mergekit
from graph.model import Claim, Strength


def claims(signal: Signal, name: str, text: str, **fields: Any) -> list[Claim]:
    told = {"id": "acme/Child-7B", "files": {name: text}, **fields}
    return list(signal(read(told, lambda _: None)))


def adapter(value: object, **fields: Any) -> list[str]:
    text = orjson.dumps({"base_model_name_or_path": value}).decode()
    return [c.parent for c in claims(adapter_config.claims, "adapter_config.json", text, **fields)]


def test_an_adapters_base_is_declared() -> None:
    text = '{"base_model_name_or_path": "meta-llama/Llama-3.1-8B"}'
    (claim,) = claims(adapter_config.claims, "adapter_config.json", text)
    assert (claim.parent, claim.relation.value) == ("meta-llama/Llama-3.1-8B", "adapter")
    assert claim.strength is Strength.DECLARED


def test_a_base_that_tag_or_card_names_is_no_second_edge() -> None:
    assert adapter("b/Base", tags=["base_model:b/Base"]) == []
    assert adapter("b/base", cardData={"base_model": "b/Base"}) == []
    assert adapter("b/Base", cardData={"base_model": "c/Other"}) == ["b/Base"]


def test_a_cache_path_stays_as_it_was_written() -> None:
    path = "/cache/models--meta-llama--Llama-3.1-8B/snapshots/0e9e"
    assert adapter(path) == [path]


@pytest.mark.parametrize("value", [None, 3, [], {}, "", " ", "a\x00b", "x" * 300, "acme/Child-7B"])
def test_a_base_that_is_no_reference_claims_nothing(value: object) -> None:
    assert adapter(value) == []


MERGE = """
base_model: b/Base
models:
  - model: a/One
    parameters: {weight: 0.5}
  - model: a/Two+acme/lora
slices:
  - sources:
      - model: a/Three
        layer_range: [0, 16]
      - model: a/One
        layer_range: [16, 32]
"""


def merged(text: str, name: str = "mergekit_config.yml", **fields: Any) -> list[str]:
    found = claims(mergekit.claims, name, text, **fields)
    assert {c.relation.value for c in found} <= {"merge"}
    return [c.parent for c in found]


def test_a_merge_names_models_slices_and_base_once_each() -> None:
    assert merged(MERGE) == ["b/Base", "a/One", "a/Two", "a/Three"]
    assert merged(MERGE, "mergekit_config.yaml") == ["b/Base", "a/One", "a/Two", "a/Three"]


def test_a_merges_parent_that_card_and_tags_name_is_not_said_again() -> None:
    card = {"base_model": ["b/Base", "a/One"]}
    assert merged(MERGE, cardData=card) == ["a/Two", "a/Three"]


@pytest.mark.parametrize(
    "text",
    ["", "3", "- a", "models: x", "models: [1, {model: 3}]", "slices: [{sources: {}}]",
     "a: &b [*b]", "a: " + "[" * 90, "models:\n  - {model: acme/Child-7B}", "[", "base_model:"],
)  # fmt: skip
def test_a_merge_file_that_says_nothing_claims_nothing(text: str) -> None:
    assert merged(text) == []


def loaded(value: object, **fields: Any) -> list[Claim]:
    text = orjson.dumps({"_name_or_path": value}).decode()
    return claims(config_name.claims, "config.json", text, **fields)


def test_what_a_config_was_loaded_from_is_inferred() -> None:
    (claim,) = loaded("mistralai/Mistral-7B-v0.1")
    assert (claim.parent, claim.relation.value) == ("mistralai/Mistral-7B-v0.1", "finetune")
    assert (claim.strength, claim.confidence) == (Strength.INFERRED, 0.85)


def test_a_cache_path_in_a_config_stands_for_its_repository() -> None:
    path = "/root/.cache/models--meta-llama--Llama-3.1-8B/snapshots/0e9e"
    assert [c.parent for c in loaded(path)] == ["meta-llama/Llama-3.1-8B"]


@pytest.mark.parametrize(
    "value",
    [None, 3, "", ".", "./out", "/home/me/model", "output/checkpoint-500", "results/sft", "model",
     "acme/Child-7B", "ACME/child-7b", "a/b/c", "C:\\models\\x", "x" * 300],
)  # fmt: skip
def test_a_folder_or_the_model_itself_tells_nothing(value: object) -> None:
    assert loaded(value) == []


@given(st.text(max_size=500))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for signal, name in (
        (adapter_config.claims, "adapter_config.json"),
        (mergekit.claims, "mergekit_config.yml"),
        (config_name.claims, "config.json"),
    ):
        claims(signal, name, text)
