"""Signals of small files, and of what the Hub itself reads off them: adapter_config.json,
mergekit_config.yml, config.json."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.model import Claim, Evidence, Strength
from graph.evidence.record import read
from graph.evidence.signal import Signal
from graph.evidence.signals import adapter_config, config_name, mergekit


def claims(signal: Signal, name: str, text: str, **fields: Any) -> list[Claim]:
    told = {"id": "acme/Child-7B", "files": {name: text}, **fields}
    return list(signal.claims(read(told, lambda _: None)))


def adapter(value: object, **fields: Any) -> list[str]:
    text = orjson.dumps({"base_model_name_or_path": value}).decode()
    return [c.parent for c in claims(adapter_config.SIGNAL, "adapter_config.json", text, **fields)]


def test_an_adapters_base_is_declared() -> None:
    text = '{"base_model_name_or_path": "meta-llama/Llama-3.1-8B"}'
    (claim,) = claims(adapter_config.SIGNAL, "adapter_config.json", text)
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


def told_by_hub(peft: object, **fields: Any) -> list[Claim]:
    told = {"id": "acme/Child-7B", "sha": "b" * 40, "config": {"peft": peft}, **fields}
    return list(adapter_config.claims(read(told, lambda _: None)))


def test_an_adapters_base_is_read_where_the_hub_tells_it() -> None:
    (claim,) = told_by_hub({"base_model_name_or_path": "b/Base", "task_type": "CAUSAL_LM"})
    assert (claim.parent, claim.relation.value) == ("b/Base", "adapter")
    assert claim.evidence == Evidence(
        "acme/Child-7B", "config.peft: base_model_name_or_path", "b/Base", "b" * 40
    )


def test_the_hubs_word_on_a_base_goes_before_a_file_of_another_revision() -> None:
    files = {"adapter_config.json": '{"base_model_name_or_path": "old/Base"}'}
    (claim,) = told_by_hub({"base_model_name_or_path": "b/Base"}, files=files)
    assert claim.parent == "b/Base"
    (claim,) = told_by_hub({"task_type": "CAUSAL_LM"}, files=files)
    assert (claim.parent, claim.evidence.field.partition(":")[0]) == (
        "old/Base", "adapter_config.json",
    )  # fmt: skip


def test_a_file_says_of_which_revision_it_is() -> None:
    told = {"id": "a/b", "sha": "b" * 40, "files": {"adapter_config.json": _CONFIG}}
    record = replace(
        read(told, lambda _: None), read_at={"adapter_config.json": ("a" * 40, "c" * 40)}
    )
    (claim,) = adapter_config.claims(record)
    assert claim.evidence.revision == "a" * 40


def test_a_base_that_the_hub_tells_and_a_tag_names_is_no_second_edge() -> None:
    tags = ["base_model:b/Base", "base_model:adapter:b/Base"]
    assert told_by_hub({"base_model_name_or_path": "b/base"}, tags=tags) == []


@pytest.mark.parametrize(
    "peft", [None, 3, [], "b/Base", {}, {"base_model_name_or_path": None},
             {"base_model_name_or_path": ["b/Base"]}, {"base_model_name_or_path": "x" * 300}],
)  # fmt: skip
def test_a_peft_that_is_none_claims_nothing(peft: object) -> None:
    assert told_by_hub(peft) == []


_CONFIG = '{"base_model_name_or_path": "b/Base"}'
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
    found = claims(mergekit.SIGNAL, name, text, **fields)
    assert {c.relation.value for c in found} <= {"merge"}
    return [c.parent for c in found]


def test_a_merge_names_models_slices_and_base_once_each() -> None:
    named = ["b/Base", "a/One", "a/Two", "acme/lora", "a/Three"]
    assert merged(MERGE) == named
    assert merged(MERGE, "mergekit_config.yaml") == named


def test_a_recipe_that_a_card_shows_is_stated_where_the_card_declares_no_parent() -> None:
    shown = f"# Child\n\n```yaml\n{MERGE}merge_method: slerp\n```\n"
    found = claims(mergekit.SIGNAL, "README.md", shown)
    assert [c.parent for c in found] == ["b/Base", "a/One", "a/Two", "acme/lora", "a/Three"]
    assert {(c.relation.value, c.strength) for c in found} == {("merge", Strength.STATED)}
    assert found[0].evidence.line == 4
    assert merged(f"---\nbase_model: b/Base\n---\n{shown}", "README.md") == []
    assert merged(f"```yaml\n{MERGE}```\n", "README.md") == []  # no method: any YAML
    assert merged(shown, "README.md", id="acme/Child-7B-GGUF") == []  # the original's


def test_a_merges_parent_that_card_and_tags_name_is_not_said_again() -> None:
    card = {"base_model": ["b/Base", "a/One"]}
    assert merged(MERGE, cardData=card) == ["a/Two", "acme/lora", "a/Three"]


@pytest.mark.parametrize(
    "text",
    ["", "3", "- a", "models: x", "models: [1, {model: 3}]", "slices: [{sources: {}}]",
     "a: &b [*b]", "a: " + "[" * 90, "models:\n  - {model: acme/Child-7B}", "[", "base_model:"],
)  # fmt: skip
def test_a_merge_file_that_says_nothing_claims_nothing(text: str) -> None:
    assert merged(text) == []


def loaded(value: object, **fields: Any) -> list[Claim]:
    text = orjson.dumps({"_name_or_path": value}).decode()
    return claims(config_name.SIGNAL, "config.json", text, **fields)


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
        (adapter_config.SIGNAL, "adapter_config.json"),
        (mergekit.SIGNAL, "mergekit_config.yml"),
        (config_name.SIGNAL, "config.json"),
    ):
        claims(signal, name, text)


def wrapped(config: dict[str, Any]) -> list[tuple[str, str, float]]:
    found = claims(config_name.SIGNAL, "config.json", orjson.dumps(config).decode())
    assert {c.strength for c in found} <= {Strength.INFERRED}
    return [(c.parent, c.evidence.field, round(c.confidence, 3)) for c in found]


INSTRUCT = "meta-llama/Llama-3.1-8B-Instruct"


@pytest.mark.parametrize(
    "field",
    ["text_model_id", "llm_model_name", "llm_name", "llm_path", "language_model_name_or_path",
     "pretrained_llm_path", "base_model_name_or_path", "lang_encoder_path", "llama_path"],
)  # fmt: skip
def test_a_model_that_hears_or_sees_names_its_language_model_in_a_field(field: str) -> None:
    told = {field: INSTRUCT, "audio_model_id": "openai/whisper-large-v3", "text_model_type": "x/y"}
    assert wrapped(told) == [(INSTRUCT, f"config.json: {field}", 0.85)]


@pytest.mark.parametrize("part", ["text_config", "llm_config", "language_config", "decoder"])
def test_a_language_model_within_names_itself_in_its_part_of_the_config(part: str) -> None:
    told = {part: {"_name_or_path": INSTRUCT, "hidden_size": 4096}}
    assert wrapped(told) == [(INSTRUCT, f"config.json: {part}._name_or_path", 0.85)]


def test_what_a_model_hears_or_sees_with_is_no_parent() -> None:
    tower = {"_name_or_path": "openai/clip-vit-large-patch14"}
    parts = dict.fromkeys(("vision_config", "audio_config", "encoder"), tower)
    fields = ("mm_vision_tower", "audio_model_id", "speech_encoder", "tokenizer_name", "language")
    assert wrapped({**parts, **dict.fromkeys(fields, "openai/whisper-large-v3")}) == []


def test_several_fields_that_mean_one_repository_are_one_claim_and_a_path_is_less_sure() -> None:
    told = {"_name_or_path": "/data/Llama-3.1-8B-Instruct", "text_model_id": INSTRUCT}
    assert wrapped(told) == [(INSTRUCT, "config.json: text_model_id", 0.85)]
    assert wrapped({"_name_or_path": "/data/Llama-3.1-8B-Instruct"})[0][2] < 0.85
    assert wrapped({"_name_or_path": f"https://huggingface.co/{INSTRUCT}"})[0][0] == INSTRUCT


def test_a_config_that_python_wrote_with_nan_is_read() -> None:
    text = '{"_name_or_path": "b/Base-7B", "scale": NaN, "most": Infinity}'
    assert [c.parent for c in claims(config_name.SIGNAL, "config.json", text)] == ["b/Base-7B"]
