"""Quantised copies whose lineage is only inferred: under Meta's own name nothing was made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import cases
from tests.golden.test_own import one


def said(name: str, folder: Path, *files: str, licence: str | None = "llama3.1") -> str:
    listed = [{"rfilename": file} for file in ("README.md", *files)]
    record = one(name=f"acme/{name}", licence=licence, siblings=listed)
    golden = cases.Golden("", record["id"], [record], {}, "inferred")
    judged = cases.judged(golden, folder)
    assert cases.disagreements(golden, judged) == {}  # nothing is failed
    return cases.outcome_of(judged.stored, "name-prefix").value


@pytest.mark.parametrize(
    "name",
    [
        "Meta-Llama-3.1-8B-Instruct-GGUF", "meta-llama-3.1-8b-instruct-q4_k_m-gguf",
        "Meta-Llama-3.1-8B-Instruct-AWQ-INT4", "Meta-Llama-3.1-70B-Instruct-GPTQ-4bit-128g",
        "Meta-Llama-3.1-8B-Instruct-exl2-6_0", "Meta-Llama-3.1-70B-Instruct-2.65bpw-h6-exl2",
        "Meta-Llama-3.1-8B-Instruct-MLX-4bit", "Meta-Llama-3.1-8B-Instruct-bnb-4bit",
        "meta-llama_Meta-Llama-3.1-8B-AWQ", "Meta-Llama-3.1-8B-Instruct-quantized.w8a8",
        "Meta-Llama-3.1-405B-Instruct-FP8-dynamic", "Meta-Llama-3.1-8B-Instruct-i1-GGUF",
    ],
)  # fmt: skip
def test_under_metas_own_name_no_name_is_owed(name: str, tmp_path: Path) -> None:
    assert said(name, tmp_path) == "not-applicable"


def test_files_tell_a_copy_as_well_as_the_name(tmp_path: Path) -> None:
    name = "Meta-Llama-3.1-8B-Instruct"
    assert said(name, tmp_path, "ggml-model-q8_0.gguf") == "not-applicable"
    assert said(name, tmp_path, "model.safetensors") == "review"  # perhaps a fine-tune


@pytest.mark.parametrize(
    "name",
    [
        "FinetuningLLaMa3.1-GGUF", "Meta-Llama-3.1-8B-Instruct-abliterated-GGUF",
        "Meta-Llama-3.1-8B-Instruct-Medical", "Support-Llama-3.1-8B-AWQ", "Meta-Llama-3-120B-GGUF",
    ],
)  # fmt: skip
def test_under_another_name_it_is_for_review(name: str, tmp_path: Path) -> None:
    assert said(name, tmp_path, "model.Q4_K_M.gguf") == "review"


def test_the_word_at_the_beginning_passes(tmp_path: Path) -> None:
    assert said("Llama-3.1-8B-Instruct-GGUF", tmp_path) == "passed"
