"""A model's name as a grammar: family, version, size, and what a family's word speaks of."""

from __future__ import annotations

import pytest

from graph.evidence.features.grammar import size_of, words


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Llama-3.1-8B-Instruct", "llama-3.1"),
        ("Meta-Llama-3-8B", "llama-3"),
        ("llama-3-1-8b", "llama-3.1"),
        ("llama31-8b-x", "llama-3.1"),
        ("Llama_3_2_3B", "llama-3.2"),
        ("llama3.2-1b", "llama-3.2"),
        ("Llama-3_3-Nemotron-Super-49B", "llama-3.3"),
        ("llama4-scout", "llama-4"),
        ("LLaMA-2-7B-32K", "llama-2"),
        ("codellama-13b", "code-llama"),
        ("L3-8B-Stheno-v3.2", "llama-3"),
        ("L3.1-70B", "llama-3.1"),
        ("L3.3-MS-Nevoria", "llama-3.3"),
        ("llama-7b", "llama"),
        ("llama-8b", "llama"),
        ("Llama-30B", "llama"),
        ("socraticLlama8B", "llama"),
        ("DeepSeek-R1-Distill-Llama-8B", "llama"),
        ("Hermes-3-Llama-3.1-8B", "llama-3.1"),
        ("unlearn_tofu_Llama-3.2-1B-Instruct_forget10", "llama-3.2"),
    ],
)
def test_a_llama_word_speaks_of_the_weights(name: str, family: str) -> None:
    assert [w.family for w in words(name) if w.llama and w.role == "weights"] == [family]


@pytest.mark.parametrize(
    "name",
    [
        "gpt-oss-20b_as_llama-3.3-70b",
        "Qwen2.5-1.5B-from-Llama-3.3-70B",
        "Qwen3.8-27B-ik-llama-GGUF",
        "TinyLlama-1.1B-Chat",
        "open_llama_7b",
        "smol_llama-220M",
        "phi-3-llamafied",
        "gemma-2b-llama.cpp",
        "mistral-ollama",
    ],
)
def test_a_teacher_a_runtime_or_another_line_is_not_the_weights(name: str) -> None:
    assert not [w for w in words(name) if w.llama and w.role == "weights"]


@pytest.mark.parametrize(
    ("name", "rival"),
    [
        ("Qwen2.5-7B", "qwen-2.5"),
        ("rufalcon3-3b-it", "falcon-3"),
        ("ThinkPhi1.1", "phi"),
        ("gemma-3-4b-it", "gemma-3"),
        ("capsd-marin-8b-base", "marin"),
    ],
)
def test_a_rivals_word_is_known(name: str, rival: str) -> None:
    assert rival in [w.family for w in words(name)]


@pytest.mark.parametrize("name", ["graphics", "sophia-chat", "seed42-best", "evolving-moe-acc"])
def test_a_short_word_within_another_is_none(name: str) -> None:
    assert not words(name)


@pytest.mark.parametrize(
    ("name", "size"),
    [("Llama-3.1-8B", 8), ("Llama_3_2_3B", 3), ("x-1.5b", 1.5), ("llama-160m", 0.16), ("x", None)],
)
def test_the_size_is_read_in_billions(name: str, size: float | None) -> None:
    assert size_of(name) == size
