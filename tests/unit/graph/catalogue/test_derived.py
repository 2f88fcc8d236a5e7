"""What well-known models were made from: whole, ending at a family, and giving way to a record."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from graph.catalogue.naming import resolve
from graph.catalogue.roster import load
from graph.evidence.record import read
from graph.evidence.signals import identity
from tests.places import ROOT

FILE = ROOT / "graph" / "catalogue" / "families" / "derived.toml"
ID = re.compile(r"[\w\-.]+/[\w\-.]{1,96}", re.ASCII)
OPEN = {
    "Gryphe/MythoMax-L2-13b"
}  # its parents' cards were not read: their names tell what they are


def claims(raw: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    record = read(raw, lambda _line: None)
    return [
        (c.parent, c.relation.value, c.strength.word, c.source.word)
        for c in identity.of_record(record)
    ]


def test_each_stands_once_and_is_nobodys_official_repository_or_copy() -> None:
    roster = load()
    told = tomllib.loads(FILE.read_text("utf-8"))
    assert not told["finetune"].keys() & told["merge"].keys()
    assert len({one.lower() for one in roster.derived}) == len(roster.derived) >= 100
    for child, parents in roster.derived.items():
        assert roster.family_of(child) is None, child
        assert child not in roster.copies
        assert child not in roster.renamed
        assert all(ID.fullmatch(one) for one in (child, *(p.original for p in parents)))


def test_each_leads_to_a_family() -> None:
    roster = load()
    assert {one for one in roster.derived if roster.origin_of(one) is None} == OPEN


@pytest.mark.parametrize(
    ("child", "family"),
    [
        ("deepseek-ai/DeepSeek-R1-Distill-Llama-8B", "llama-3.1"),
        ("unsloth/DeepSeek-R1-Distill-Llama-8B-unsloth-bnb-4bit", "llama-3.1"),
        ("deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "llama-3.3"),
        ("deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", "qwen-2.5"),
        ("NousResearch/Hermes-4-70B-FP8", "llama-3.1"),
        ("nvidia/Llama-3_3-Nemotron-Super-49B-v1_5", "llama-3.3"),
        ("allenai/Llama-3.1-Tulu-3-8B", "llama-3.1"),
        ("lmsys/vicuna-13b-v1.3", "llama-1"),
        ("llava-hf/llava-1.5-7b-hf", "llama-2"),
        ("alpindale/goliath-120b", "llama-2"),
        ("canopylabs/orpheus-3b-0.1-ft", "llama-3.2"),
        ("HuggingFaceH4/zephyr-7b-beta", "mistral"),
        ("meta-llama/Meta-Llama-3.1-8B", "llama-3.1"),
        ("acme/x", None),
    ],
)
def test_a_known_model_comes_from_a_family(child: str, family: str | None) -> None:
    found = load().origin_of(child)
    assert (found.id if found else None) == family


R1 = "deepseek-ai/DeepSeek-R1-Distill-Llama-8B"


def test_what_is_known_of_a_model_is_stated_by_the_register() -> None:
    told = [("meta-llama/Llama-3.1-8B", "finetune", "stated", "register")]
    assert claims({"id": R1}) == told
    assert claims({"id": R1, "tags": [f"base_model:{R1} (Merge)"]}) == told


@pytest.mark.parametrize(
    "raw", [{"tags": ["base_model:acme/other"]}, {"cardData": {"base_model": "acme/other"}}]
)
def test_what_a_record_itself_declares_stands(raw: dict[str, Any]) -> None:
    assert claims({"id": R1, **raw}) == []


def test_words_name_a_known_model_as_its_repository() -> None:
    for words, one in (("Vicuna 7B v1.5", "lmsys/vicuna-7b-v1.5"), (R1.partition("/")[2], R1)):
        named = resolve(words)
        assert named is not None
        assert (named.id, named.llama) == (one, True)
