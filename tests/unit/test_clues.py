"""Clues of records without a parent, and what they come to together."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import clues, guess
from crawler.record import HubRecord, read
from graph.inference import LLAMA, LLAMA_3, Clue, confidence, version, weights, with_authors


def record(name: str, **told: Any) -> HubRecord:
    return read({"id": f"acme/{name}", "tags": [], **told}, lambda _line: None)


def kinds(name: str, **told: Any) -> set[str]:
    return {clue.kind for clue in clues.of_record(record(name, **told))}


def sure(name: str, **told: Any) -> float:
    """Return the confidence for a repository whose author publishes nothing else."""
    made = guess.of_record(record(name, **told))
    assert made is not None
    nobody, nothing = np.array([-1]), np.zeros(1, np.int8)
    return float(confidence(with_authors(np.array([made.odds]), nobody, nothing))[0])


def test_names_licences_tags_totals_and_bytes_are_clues() -> None:
    assert "name-llama-version" in kinds("Llama-3.1-8B-x")
    assert "licence-llama" in kinds("x", tags=["license:llama3"])
    assert "tag-type-llama" in kinds("x", tags=["llama"])
    assert "tag-type-rival" in kinds("x", tags=["qwen2"])
    assert "total-llama-exact" in kinds("x", safetensors={"total": 8_030_261_248})
    assert "total-other" in kinds("x", safetensors={"total": 2_617_216})
    config = {"architectures": ["LlamaForCausalLM"], "hidden_size": 1}
    assert "architecture-llama" in kinds("x", config=config)


def test_an_adapters_bytes_give_its_base_away() -> None:
    # rank 64 on all matrices of an 8B in 4 bytes, 448 tensor headers, and Llama 3's tokenizer
    used = 64 * 2_621_440 * 4 + 448 * 134 + 17_209_920 + 5_841
    assert "storage-llama" in kinds("x", tags=["peft"], usedStorage=used)
    assert "storage-llama" not in kinds("x", tags=["peft"], usedStorage=500_000_001)
    assert "storage-llama" not in kinds("x", usedStorage=used)


def test_newer_configs_write_rope_parameters() -> None:
    shape = {
        "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
        "num_key_value_heads": 8, "vocab_size": 128_256, "architectures": ["LlamaForCausalLM"],
    }  # fmt: skip
    rope = {"rope_type": "llama3", "factor": 8.0}
    for told in ({"rope_scaling": rope}, {"rope_parameters": rope}):
        files = {"config.json": json.dumps({**shape, **told})}
        found = [
            c for c in clues.of_record(record("x", files=files)) if c.kind == "dimensions-llama-3"
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
    said = [Clue("name-llama-version", "id", "", ("llama-3.1",))]
    assert version(said, None, weights())[0] == "llama-3.1"


def test_an_unsure_version_is_said_to_be_unsure() -> None:
    said = [Clue("total-llama-exact", "", "", ("llama-3", "llama-3.1"))]
    assert version(said, None, weights())[0] == LLAMA_3
    assert version([], None, weights())[0] == LLAMA


def test_a_version_that_was_not_out_is_ruled_out() -> None:
    said = [Clue("total-llama-exact", "", "", ("llama-3", "llama-3.1"))]
    assert version(said, date(2024, 5, 1), weights())[0] == "llama-3"


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
    assert guess.of_record(made) is not None
    guess.of_id(f"acme/{name}")


@pytest.mark.shared
def test_no_pitfall_of_the_roster_is_taken_for_llama(shared: Path) -> None:
    told = json.loads((shared / "licences" / "roster.json").read_text("utf-8"))["pitfalls"]
    named = [p["id"] for p in told if p.get("derived_from_meta") is False]
    plain = [n.replace("*", "x").split("{")[0].split(",")[0] for n in named]
    assert len(plain) >= 5
    wrong = []
    for name in plain:
        made = guess.of_id(name)
        if made is not None and confidence(np.array([made.odds]))[0] >= 0.7:
            wrong.append(name)
    assert wrong == []
