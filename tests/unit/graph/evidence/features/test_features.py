"""Features of records without a parent, and what they come to together."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.evidence import classify, features
from graph.evidence.inference import (
    Feature,
    confidence,
    version,
    weights,
    with_authors,
)
from graph.evidence.record import HubRecord, read

THIRD = ("llama-3", "llama-3.1", "llama-3.2", "llama-3.3")
LATER = THIRD[1:]


def record(name: str, **told: Any) -> HubRecord:
    return read({"id": f"acme/{name}", "tags": [], **told}, lambda _line: None)


def kinds(name: str, **told: Any) -> set[str]:
    return {feature.kind for feature in features.of_record(record(name, **told))}


def sure(name: str, **told: Any) -> float:
    """Return the confidence for a repository whose author publishes nothing else."""
    made = classify.of_record(record(name, **told))
    assert made is not None
    nobody, nothing = np.array([-1]), np.zeros(1, np.int8)
    return float(confidence(with_authors(np.array([made.odds]), nobody, nothing))[0])


def test_names_licences_tags_and_totals_are_clues() -> None:
    assert "name-llama-version" in kinds("Llama-3.1-8B-x")
    assert "licence-llama" in kinds("x", tags=["license:llama3"])
    assert "tag-type-llama" in kinds("x", tags=["llama"])
    assert "tag-type-rival" in kinds("x", tags=["qwen2"])
    assert "total-llama-exact" in kinds("x", safetensors={"total": 8_030_261_248})
    assert "total-toy" in kinds("x", safetensors={"total": 2_617_216})
    assert "total-other" in kinds("x", safetensors={"total": 4_500_000_000})
    config = {"architectures": ["LlamaForCausalLM"], "hidden_size": 1}
    assert "architecture-llama" in kinds("x", config=config)


def families(name: str, kind: str, **told: Any) -> list[tuple[str, ...]]:
    return [c.families for c in features.of_record(record(name, **told)) if c.kind == kind]


def test_bytes_that_lists_do_not_give_say_nothing() -> None:
    told = {"tags": ["peft", "llama"], "siblings": [{"rfilename": "adapter_model.safetensors"}]}
    for used in (0, 737_000_000, 16_060_522_496):
        assert kinds("x", **told, usedStorage=used) == kinds("x", **told)


def test_a_ggufs_total_with_rope_factors_tells_the_version() -> None:
    for total, kind, told in (
        (8_030_261_312, "total-llama-rope", ("llama-3.1",)),
        (1_235_814_432, "total-llama-rope", ("llama-3.2",)),
        (8_030_261_248, "total-llama-exact", ("llama-3", "llama-3.1")),
    ):
        assert families("x", kind, gguf={"total": total}) == [told]
        assert "total-llama" not in kinds("x", gguf={"total": total})


def test_a_total_near_a_llamas_and_one_far_from_all_speak_against_it() -> None:
    assert "total-near" in kinds("x", safetensors={"total": 8_036_552_704})
    assert "total-toy" in kinds("x", tags=["gguf"], gguf={"total": 64_819_008})
    assert "total-other" not in kinds("x", tags=["gptq"], safetensors={"total": 1_990_000_000})
    assert "total-other" not in kinds("x", tags=["lora"], gguf={"total": 20_971_520})


def test_llamas_tag_on_an_adapter_is_a_clue_of_its_own() -> None:
    tags = ["llama", "unsloth", "trl", "transformers"]
    assert {"tag-type-llama-adapter", "tag-adapter"} <= kinds("lora_model", tags=tags)
    whole = kinds("x", tags=tags, safetensors={"total": 8_030_261_248})
    assert not {"tag-type-llama-adapter", "tag-adapter"} & whole


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/cache/hub/models--meta-llama--Llama-3.1-8B/snapshots/" + "a" * 40, "base-llama-version"),
        ("C:\\models\\llama-8b\\", "base-llama"),
        ("./out/DeepSeek-R1-Distill-Llama-8B", "base-llama-version"),
        ("./out/acme-Distill-Llama-8B", "base-llama"),
        ("/mnt/Qwen2.5-7B", "base-rival"),
        ("/workspace/final", None),
        ("/", None),
        (7, None),
    ],
)
def test_an_adapters_base_is_read_by_its_last_name(path: object, kind: str | None) -> None:
    found = kinds("x", config={"peft": {"base_model_name_or_path": path}})
    assert {k for k in found if k.startswith("base-")} == ({kind} if kind else set())


def test_a_configs_file_does_not_hide_what_the_list_gave() -> None:
    config = {"peft": {"base_model_name_or_path": "/mnt/llama-3-8b"}}
    files = {"config.json": '{"architectures": ["LlamaForCausalLM"]}'}
    assert {"base-llama-version", "architecture-llama"} <= kinds("x", config=config, files=files)


@pytest.mark.parametrize(
    ("tokenizer", "said"),
    [
        ({"bos_token": "<|begin_of_text|>"}, THIRD),
        ({"bos_token": {"content": "<|begin_of_text|>"}}, THIRD),
        ({"chat_template": "<|start_header_id|>x<|eot_id|>"}, THIRD),
        (
            {"chat_template": [{"template": "<|start_header_id|><|eot_id|><|python_tag|>"}]},
            LATER,
        ),
        ({"chat_template": "<|header_start|>user<|header_end|>"}, ("llama-4",)),
        ({"bos_token": "<s>", "chat_template": 3}, None),
    ],
)
def test_a_tokenizers_own_tokens_are_a_clue(
    tokenizer: dict[str, Any], said: tuple[str, ...] | None
) -> None:
    for told in ({"config": {"tokenizer_config": tokenizer}}, {"gguf": tokenizer}):
        assert families("x", "tokenizer-llama", **told) == ([said] if said else [])


def test_weight_files_named_after_the_base_are_clues() -> None:
    def of(name: str, *files: str) -> set[str]:
        found = kinds(name, siblings=[{"rfilename": f} for f in files])
        return {kind for kind in found if kind.startswith("file-")}

    assert of("english", "gguf/Llama-3.2-1B-Instruct.Q4_K_M.gguf") == {"file-llama-version"}
    assert of("english", "qwen2.5-7b.Q4_K_M.gguf") == {"file-rival"}
    assert of("Llama-3.2-1B-x", "Llama-3.2-1B-x.gguf") == set()
    assert of("english", "Llama-3.2.md", "model.safetensors") == set()


def test_a_repository_without_weights_is_told_by_its_files_else_by_its_tags() -> None:
    assert "empty" in kinds("x", siblings=[{"rfilename": "README.md"}])
    assert "empty" not in kinds("x", siblings=[{"rfilename": "a/model-00001-of-2.safetensors"}])
    assert "empty" in kinds("x", tags=["license:llama3", "region:us"])
    assert "empty" not in kinds("x", tags=["license:llama3"])
    assert "empty" not in kinds("x", tags=["gguf", "region:us"])
    assert "empty" not in kinds("x", library_name="transformers")


def test_a_ggufs_architecture_counts_for_less_where_it_is_many_makers() -> None:
    assert "gguf-llama" in kinds("x", gguf={"architecture": "llama"})
    assert "architecture-rival" in kinds("x", gguf={"architecture": "qwen2"})
    assert "architecture-llama-own" in kinds("x", gguf={"architecture": "llama4"})


@pytest.mark.parametrize("name", ["LLaMa_3.2_3B_x", "LLaMA-3.2-3B", "llama_3.2_3b"])
def test_llamas_word_is_read_however_it_is_spelt(name: str) -> None:
    assert families(name, "name-llama-version") == [("llama-3.2",)]


def test_a_size_stands_next_to_the_word_as_well() -> None:
    assert "size-llama" in kinds("socraticLlama8B")


def test_a_runtimes_word_is_no_other_line() -> None:
    assert kinds("sipa-ollama", tags=["gguf"]) == {"name-runtime"}


def test_newer_configs_write_rope_parameters() -> None:
    shape = {
        "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
        "num_key_value_heads": 8, "vocab_size": 128_256, "architectures": ["LlamaForCausalLM"],
    }  # fmt: skip
    rope = {"rope_type": "llama3", "factor": 8.0}
    for told in ({"rope_scaling": rope}, {"rope_parameters": rope}):
        files = {"config.json": json.dumps({**shape, **told})}
        found = [
            c
            for c in features.of_record(record("x", files=files))
            if c.kind == "dimensions-llama-own"
        ]
        assert [c.families for c in found] == [("llama-3.1",)]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Llama-3.1-8B-Support", {}),
        ("L3-8B-Something", {"config": {"architectures": ["LlamaForCausalLM"]}}),
        ("support-8b", {"tags": ["llama", "unsloth", "license:llama3.1"]}),
        ("english", {"tags": ["llama"], "safetensors": {"total": 8_030_261_248}}),
    ],
)
def test_llamas_are_found(name: str, told: dict[str, Any]) -> None:
    assert sure(name, **told) >= 0.7


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Qwen2.5-7B-Support", {"tags": ["qwen2"]}),
        ("support", {}),
        ("llama-64-2L", {"tags": ["llama"], "safetensors": {"total": 226_496}}),
        ("Qwen2.5-1.5B-from-Llama-3.3-70B", {"tags": ["qwen2"]}),
        ("gpt-oss-20b_as_llama-3.3-70b", {"tags": ["gpt_oss"]}),
        ("Qwen3.8-27B-ik-llama-GGUF", {}),
    ],
)
def test_others_are_left_alone(name: str, told: dict[str, Any]) -> None:
    assert sure(name, **told) < 0.7


def test_a_version_is_given_where_one_stands_out() -> None:
    said = [Feature("name-llama-version", "id", "", ("llama-3.1",))]
    assert version(said, None, weights())[0] == "llama-3.1"


def test_an_unsure_version_is_said_to_be_unsure() -> None:
    said = [Feature("total-llama-exact", "", "", ("llama-3", "llama-3.1"))]
    assert version(said, None, weights())[0] == "llama-3.x"
    assert version([], None, weights())[0] == "llama"


def test_a_version_that_was_not_out_is_ruled_out() -> None:
    said = [Feature("total-llama-exact", "", "", ("llama-3", "llama-3.1"))]
    assert version(said, date(2024, 5, 1), weights())[0] == "llama-3"


NAMED = Feature("name-llama-version", "id", "", ("llama-3.3",))
OLD_NAME = Feature("name-llama-version", "id", "", ("llama-3",))


@pytest.mark.parametrize(
    ("told", "family"),
    [
        ([NAMED, Feature("tag-word-version", "", "", ("llama-3",))], "llama-3.3"),
        ([NAMED, Feature("licence-llama", "", "", ("llama-3",))], "llama-3.3"),
        ([OLD_NAME, Feature("licence-llama", "", "", ("llama-3.1",))], "llama-3.1"),
        ([OLD_NAME, Feature("tag-word-version", "", "", ("llama-3",))], "llama-3"),
        ([OLD_NAME, Feature("licence-llama", "", "", ("llama-2",))], "llama-3"),
    ],
)
def test_a_version_with_its_minor_number_goes_before_one_without(
    told: list[Feature], family: str
) -> None:
    assert version(told, None, weights())[0] == family


@pytest.mark.parametrize("name", ["CodeLlama-70b-Python", "OpenMath-CodeLlama-70b", "CodeLlama-3b"])
def test_a_version_in_the_name_holds_at_any_size(name: str) -> None:
    made = classify.of_record(record(name))
    assert made is not None
    assert made.family == "code-llama"


def test_a_version_in_the_name_was_out() -> None:
    made = classify.of_record(record("Llama-2-13b-hf", createdAt="2023-07-01T00:00:00.000Z"))
    assert made is not None
    assert made.family == "llama-2"


@pytest.mark.parametrize("name", ["llama-7b", "LLaMA-13b-GPTQ", "x-llama-7b-lora", "vicuna-13B"])
@pytest.mark.parametrize("day", ["2023-04-01", "2023-08-20", "2026-01-01"])
def test_the_bare_word_beside_a_size_of_its_first_is_no_llama_2(name: str, day: str) -> None:
    made = classify.of_record(record(name, createdAt=f"{day}T00:00:00.000Z", tags=["llama"]))
    assert made is not None
    assert made.family in ("llama-1", "llama")


TINY = {"architectures": ["LlamaForCausalLM"], "hidden_size": 256, "num_hidden_layers": 4,
        "num_attention_heads": 16, "num_key_value_heads": 8, "vocab_size": 32000}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("llama3_from_nothing", {"files": {"config.json": json.dumps(TINY)}}),
        ("llama-68m", {}),
        ("llama-160m-chat", {"tags": ["llama"]}),
        ("llama-x", {"tags": ["llama"], "safetensors": {"total": 68_000_000}}),
        ("tinystories-8L-llama3", {"tags": ["llama"]}),
        ("llama-3-scratch", {}),
        ("tiny-random-LlamaForCausalLM", {"tags": ["llama"]}),
    ],
)
def test_a_toy_in_llamas_shape_is_none(name: str, told: dict[str, Any]) -> None:
    assert sure(name, **told) < 0.7


@pytest.mark.parametrize(
    "name",
    ["Llama-3.2-1B-100M-tokens", "oopere-pruned60-llama-1b", "llama-3-8b-continued-pretraining",
     "MiniCPM-Llama3-V-2_5", "Llama-3.1-DeepSeek-8B-x", "Mantis-8B-siglip-llama3",
     "Skywork-o1-Open-Llama-3.1-8B", "Llama-3.1-Minitron-4B-Width-Base"],
)  # fmt: skip
def test_a_size_or_a_word_beside_does_not_hide_a_llama(name: str) -> None:
    assert sure(name) >= 0.7


@pytest.mark.parametrize("name", ["4x3B-Llama-3.2-MoE", "L3-2x8B-x", "Llama-3-4x8B"])
def test_a_frame_of_experts_is_no_rival_beside_a_llamas_name(name: str) -> None:
    told = {"tags": ["mixtral", "moe"], "config": {"architectures": ["MixtralForCausalLM"]}}
    assert not {"tag-type-rival", "architecture-rival"} & kinds(name, **told)
    assert {"tag-type-rival", "architecture-rival"} <= kinds("acme-8x7B", **told)


@pytest.mark.parametrize(
    "name",
    ["Gemma-2-Llama-Swallow-9b", "Yi-34B-Chat-Llama", "internlm2-7b-llama", "Llama-Phi-3",
     "Mistral-7B-Llama-3-8B", "Llama-3-Mistral-7B"],
)  # fmt: skip
def test_a_rival_with_a_number_of_its_own_makes_the_bare_word_unsure(name: str) -> None:
    assert sure(name) < 0.7


def test_the_hubs_floor_is_no_day_of_creation() -> None:
    for said in ([], [Feature("total-llama-exact", "", "", ("llama-3", "llama-3.1"))]):
        assert version(said, date(2022, 3, 2), weights()) == version(said, None, weights())


def test_what_an_authors_others_declare_counts_for_more_than_guesses_on_them() -> None:
    author, odds = np.zeros(4, np.int64), np.array([0.0, 5.0, 5.0, 5.0])
    classified = with_authors(odds, author, np.zeros(4, np.int8))
    known = with_authors(odds, author, np.array([0, 1, 1, 1], np.int8))
    rival = with_authors(odds, author, np.array([0, -1, -1, -1], np.int8))
    assert known[0] > classified[0] > rival[0]


def test_an_authors_other_models_move_the_odds_both_ways() -> None:
    author, unknown = np.array([0, 0, 0, 1, 1, 1]), np.zeros(6, np.int8)
    odds = np.array([0.0, 5.0, 5.0, 0.0, -5.0, -5.0])
    moved = with_authors(odds, author, unknown)
    alone = with_authors(odds, np.full(6, -1), unknown)
    assert moved[0] > alone[0]
    assert moved[3] < alone[3]


@given(st.text(max_size=80), st.lists(st.text(max_size=30), max_size=8))
def test_no_name_and_no_tag_breaks_the_clues(name: str, tags: list[str]) -> None:
    raw = {"id": "acme/x", "tags": tags}
    made = read(raw, lambda _line: None)
    assert classify.of_record(made) is not None
    classify.of_id(f"acme/{name}")


@pytest.mark.shared
def test_no_pitfall_of_the_roster_is_taken_for_llama(shared: Path) -> None:
    told = json.loads((shared / "licences" / "roster.json").read_text("utf-8"))["pitfalls"]
    named = [p["id"] for p in told if p.get("derived_from_meta") is False]
    plain = [n.replace("*", "x").split("{")[0].split(",")[0] for n in named]
    assert len(plain) >= 5
    wrong = []
    for name in plain:
        made = classify.of_id(name)
        if made is not None and confidence(np.array([made.odds]))[0] >= 0.7:
            wrong.append(name)
    assert wrong == []
