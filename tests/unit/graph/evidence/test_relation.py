"""The relation of an untyped base_model, in the order of its policy."""

from __future__ import annotations

from typing import Any

import pytest

from graph.catalogue.model import Relation
from graph.evidence.record import HubRecord, read
from graph.evidence.relation import typed, untyped

ADAPTER, MERGEKIT = "adapter_config.json", "mergekit_config.yml"


def record(name: str = "Child", *files: str, **card: Any) -> HubRecord:
    told = {"id": f"acme/{name}", "siblings": list(files), "cardData": card}
    return read(told, lambda line: None)


def relation(one: HubRecord, parents: int = 1) -> tuple[str, str]:
    found, how = untyped(one, parents)
    return found.value, how


def test_the_cards_word_counts_before_everything_else() -> None:
    one = record("Child-GGUF", ADAPTER, MERGEKIT, "x.gguf", base_model_relation=" Finetune ")
    assert relation(one, 3) == ("finetune", "card base_model_relation")


@pytest.mark.parametrize("word", ["distill", "", 3, None, ["merge"], "mirror", "renamed"])
def test_a_word_that_is_not_the_hubs_is_passed_over(word: object) -> None:
    assert relation(record(base_model_relation=word)) == ("finetune", "nothing else told")


def test_adapter_files_count_before_a_merge_and_a_name() -> None:
    one = record("Child-GGUF", ADAPTER, MERGEKIT, "x.gguf")
    assert relation(one, 2) == ("adapter", "file adapter_config.json")


def test_a_mergekit_file_counts_before_quantised_files() -> None:
    for name in (MERGEKIT, "mergekit_config.yaml", "mergekit_moe_config.yml"):
        assert relation(record("Child-GGUF", name, "x.gguf")) == ("merge", f"file {name}")


def test_several_parents_count_before_quantised_files() -> None:
    assert relation(record("Child-GGUF", "x.gguf"), 2) == ("merge", "2 parents")


@pytest.mark.parametrize("name", ["m.gguf", "sub/m.Q4_K_M.GGUF", "m.ggml", "quantize_config.json"])
def test_quantised_files_count_before_the_name(name: str) -> None:
    assert relation(record("Child", name)) == ("quantized", "files")


def test_files_whose_text_is_known_count_as_files() -> None:
    one = read({"id": "acme/Child", "files": {ADAPTER: "{}"}}, lambda line: None)
    assert relation(one)[0] == "adapter"


@pytest.mark.parametrize(
    "name",
    ["X-GGUF", "X-awq", "X_gptq_model", "X-exl2", "X-bnb-4bit", "X-4bits", "X-8-bit", "X-int4",
     "X-fp8", "X-Q4_K_M", "X-IQ3_XS", "X.i1-GGUF", "X-NVFP4", "X-w4a16", "X-MXFP4"],
)  # fmt: skip
def test_a_name_that_says_quantised_is_believed(name: str) -> None:
    found, how = relation(record(name))
    assert found == "quantized"
    assert how.startswith("name (")


@pytest.mark.parametrize(
    "name", ["Llama-3-8B", "Child", "Ggufy", "Awqward", "X-8B-it", "int", "X-fp16", "X-Q", "X-bf16"]
)
def test_a_name_that_does_not_is_a_fine_tune(name: str) -> None:
    assert relation(record(name)) == ("finetune", "nothing else told")


def test_a_typed_reference_is_split_at_the_hubs_words_alone() -> None:
    assert typed("quantized:a/b") == (Relation.QUANTIZED, "a/b")
    assert typed("merge:merge:a/b") == (Relation.MERGE, "merge:a/b")
    assert typed("mirror:a/b") is None
    assert typed("a/b") is None
