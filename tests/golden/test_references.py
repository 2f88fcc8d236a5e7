"""Texts where an id is wanted, from the record to the findings: what they lead to, how firmly."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.catalogue.model import Outcome
from graph.evidence.reference import read
from tests.golden import cases
from tests.golden.cases import Golden, Judged
from tests.home import Record

BASE = "meta-llama/Llama-3.1-8B"
WORST = ("failed", "review", "unknown")


def said(subject: Record, folder: Path) -> Judged:
    told = {"id": "acme/Bravo-8B", "createdAt": "2025-03-01T00:00:00.000Z", **subject}
    return cases.judged(Golden("", told["id"], [told], {}, None), folder)


def families(judged: Judged) -> dict[str, str]:
    return {m.family: m.strength.word for m in judged.stored.memberships}


def of_card(base: Any, folder: Path, **more: Any) -> Judged:
    return said({"cardData": {"base_model": base, "license": "apache-2.0"}, **more}, folder)


@pytest.mark.parametrize(
    "text",
    [f"https://huggingface.co/{BASE}/tree/main", f"hf.co/{BASE}", f"{BASE}@0e9e39f", f"{BASE}/",
     f"models/{BASE}", f"[Llama]( https://huggingface.co/{BASE} )", f"Fine-tuned from {BASE}",
     f"https://huggingface.co/{BASE}\nacme/Other", {"name": BASE, "revision": "main"}, [[BASE]]],
)  # fmt: skip
def test_a_text_that_holds_the_id_is_as_firm_as_the_id(text: Any, tmp_path: Path) -> None:
    judged = of_card(text, tmp_path)
    assert families(judged) == {"llama-3.1": "declared"}
    assert cases.outcome_of(judged.stored, "name-prefix") is Outcome.FAILED
    assert cases.outcome_of(judged.stored, "licence-tag") is Outcome.FAILED


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("/nfs/huggingfacehub/Meta-Llama-3.1-8B/", "llama-3.1"),
        ("D:\\models\\Meta-Llama-3-8B-Instruct", "llama-3"),
        ("/kaggle/input/llama-3/transformers/8b-chat-hf/1", "llama-3"),
        ("llama3.1:8b-instruct-q4_0", "llama-3.1"), ("llama3.2", "llama-3.2"),
        ("Meta Llama 3.1 8B Instruct", "llama-3.1"), ("Llama 3.3 70B", "llama-3.3"),
        ("/data/llama-3-finetuned/", "llama-3"), ("Meta-Llama-3-8B-Instruct", "llama-3"),
        ("https://github.com/meta-llama/llama3", "llama-3"),
    ],
)  # fmt: skip
def test_a_text_that_only_looks_so_is_for_review(text: str, family: str, tmp_path: Path) -> None:
    judged = of_card(text, tmp_path)
    assert families(judged) == {family: "inferred"}
    assert cases.outcome_of(judged.stored, "name-prefix") is Outcome.REVIEW
    assert f"{text} finetune declared" in judged.edges


@pytest.mark.parametrize("text", [f"{BASE}, Qwen/Qwen2.5-7B", f"{BASE} and Qwen/Qwen2.5-7B"])
def test_two_in_one_text_are_a_merge_of_both(text: str, tmp_path: Path) -> None:
    judged = of_card(text, tmp_path)
    assert families(judged) == {"llama-3.1": "declared", "qwen-2.5": "declared"}
    assert judged.edges == {f"{text} merge declared"}


@pytest.mark.parametrize("text", [f"https://huggingface.co/{BASE}", f"{BASE}/", f"{BASE}@main"])
def test_one_id_in_two_ways_is_one_parent(text: str, tmp_path: Path) -> None:
    files = {"adapter_config.json": orjson.dumps({"base_model_name_or_path": text}).decode()}
    judged = of_card(text, tmp_path, tags=[f"base_model:{BASE}"], files=files)
    assert judged.edges == {f"{BASE} adapter declared"}
    recipe = {"mergekit_config.yml": f"models: [{{model: {BASE}}}, {{model: '{text}'}}]"}
    assert of_card(text, tmp_path, files=recipe).edges == {f"{text} merge declared"}
    assert of_card([text, BASE], tmp_path).edges == {f"{BASE} finetune declared"}


def test_a_repository_that_names_itself_by_its_address_has_no_parent(tmp_path: Path) -> None:
    assert of_card("https://huggingface.co/acme/Bravo-8B", tmp_path).edges == set()


def test_the_language_model_within_a_wrapper_is_inferred(tmp_path: Path) -> None:
    config = {"model_type": "ultravox", "text_model_id": BASE, "audio_model_id": "openai/whisper"}
    judged = said(
        {"cardData": {}, "files": {"config.json": orjson.dumps(config).decode()}}, tmp_path
    )
    assert judged.edges == {f"{BASE} finetune inferred"}
    assert families(judged) == {"llama-3.1": "inferred"}


LOOKS = st.sampled_from(
    ["/data/{}", "D:\\models\\{}", "./{}/checkpoint-500", "/x/models--acme--{}/snapshots/f00f00f",
     "{}", "/models/{}.Q4_K_M.gguf", "/kaggle/input/{}/transformers/8b-instruct/1", "{}:8b"]
)  # fmt: skip
NAMES = st.sampled_from(
    ["Llama-3.1-8B", "Meta-Llama-3-8B-Instruct", "llama-2-7b-hf", "llama-3", "llama3.1", "Llama",
     "my-llama-8b", "Meta Llama 3.1 8B Instruct", "CodeLlama-7b-hf", "Llama-3.2-1B-sft"]
)  # fmt: skip
PLACES = st.sampled_from(["card", "tag", "adapter", "merge", "moe", "config", "wrapper"])


def written(place: str, text: str) -> Record:
    """Return a record that names a parent in one place."""
    json = {"adapter": "base_model_name_or_path", "config": "_name_or_path", "wrapper": "llm_path"}
    card: Record = {"license": "apache-2.0", "base_model": text if place == "card" else None}
    files: dict[str, str] = {}
    if place in json:
        name = "adapter_config.json" if place == "adapter" else "config.json"
        files[name] = orjson.dumps({json[place]: text}).decode()
    elif place in {"merge", "moe"}:
        name = "mergekit_config.yml" if place == "merge" else "mergekit_moe_config.yml"
        files[name] = orjson.dumps({"experts": [{"source_model": text}]}).decode()
    tags = [f"base_model:{text}"] if place == "tag" else []
    return {"cardData": card, "files": files, "tags": tags}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LOOKS, NAMES, PLACES)
def test_a_text_that_only_looks_so_fails_nobody(form: str, name: str, place: str) -> None:
    text = form.format(name)
    assert not any(one.is_held for one in read(text))
    with tempfile.TemporaryDirectory() as folder:
        judged = said(written(place, text), Path(folder))
    assert "declared" not in families(judged).values()
    assert not any(one.outcome is Outcome.FAILED for one in judged.stored.findings)
