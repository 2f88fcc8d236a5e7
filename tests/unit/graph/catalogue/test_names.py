"""The reader of model names: one lexicon, what a family's word speaks of, and one family told."""

from __future__ import annotations

import ast
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.lexicon import Sense
from graph.catalogue.names import read, size_of, weights, words
from graph.catalogue.naming import resolve
from graph.catalogue.roster import load
from tests.places import ROOT

UNTOLD = "llama"  # of a version that nothing tells
FAMILIES = {
    "Llama-3.1-8B-Instruct": "llama-3.1",
    "Meta-Llama-3.1-8B": "llama-3.1",
    "Meta-Llama-3-8B": "llama-3",
    "llama-3-1-8b": "llama-3.1",
    "llama31-8b-x": "llama-3.1",
    "Llama3_1-8B": "llama-3.1",
    "Llama_3_2_3B": "llama-3.2",
    "Llama-3.2-3B": "llama-3.2",
    "Llama-3.2V-11B-cot": "llama-3.2",
    "llama3.2-1b": "llama-3.2",
    "Llama-3_3-Nemotron-Super-49B": "llama-3.3",
    "llama4-scout": "llama-4",
    "LLaMA-2-7B-32K": "llama-2",
    "llama2-13b-chat": "llama-2",
    "llama v2 7b chat": "llama-2",
    "Llama-Guard-3-8B": "llama-3.1",
    "Llama-Guard-3-1B": "llama-3.2",
    "codellama-13b": "code-llama",
    "CodeLlama-34b": "code-llama",
    "Code Llama 34B Instruct": "code-llama",
    "L3-8B-Stheno": "llama-3",
    "L3-8B-Stheno-v3.2": "llama-3",
    "L3.1-70B": "llama-3.1",
    "L3.3-MS-Nevoria": "llama-3.3",
    "L-3.1-Science-Writer-8B": "llama-3.1",
    "llama-30b": "llama-1",
    "Llama-30B": "llama-1",
    "LLaMA 65B": "llama-1",
    "llama-7b": UNTOLD,
    "llama-8b": UNTOLD,
    "Llama 13B": UNTOLD,
    "socraticLlama8B": UNTOLD,
    "Skywork-o1-Open-Llama-3.1-8B": "llama-3.1",
    "DeepSeek-R1-Distill-Llama-8B": "llama-3.1",
    "DeepSeek-R1-Distill-Llama-70B-AWQ": "llama-3.3",
    "DeepSeek-R1-Distill-Qwen-7B": "qwen-2.5",
    "acme-R1-Distill-Qwen-7B": None,
    "vicuna-7b-v1.5-GGUF": "llama-2",
    "Vicuna-13B-v1.3": "llama-1",
    "zephyr-7b-beta-AWQ": "mistral",
    "Sheared-LLaMA-2.7B-GGUF": "llama-2",
    "Sheared-LLaMA": "llama-2",
    "AstroLLaMA": UNTOLD,
    "EmoLLaMA-7b": UNTOLD,
    "emollama": UNTOLD,
    "ProLLaMA": UNTOLD,
    "BioLLaMA": UNTOLD,
    "FinLLaMA": UNTOLD,
    "SpeechLLaMA": UNTOLD,
    "LlaMa-8b-x": UNTOLD,
    "Code-LLaMA": "code-llama",
    "OpenMath-CodeLlama-70b-Python": "code-llama",
    "Phind-CodeLlama-34B": "code-llama",
    "LLaMa_V2-13B-Chat": "llama-2",
    "llamav2-7b": "llama-2",
    "Llama-3_3": "llama-3.3",
    "llama33-70b": "llama-3.3",
    "llama-v3p1-8b": "llama-3.1",
    "llama-3p2-1B": "llama-3.2",
    "Llama-4x8B-moe": UNTOLD,
    "Llama-Salad-4x8B-V3": UNTOLD,
    "Llama-2x7B": UNTOLD,
    "Llama-3-2x8B": "llama-3",
    "llama-4-x": "llama-4",
    "Barcenas-Llama3-8b": "llama-3",
    "EcomGen-Llama3.2": "llama-3.2",
    "androidgen-llama-3-70b": "llama-3",
    "Atlas-Llama-3.1-8B": "llama-3.1",
    "truth-judge-llama2-7B": "llama-2",
    "Instruct-7M-Gen-Llama3_1-70B": "llama-3.1",
    "cogito-v1-preview-llama-3B": UNTOLD,
    "granite-3.1-8b": "granite-3",
    "Muse-Glimmer-30B": "muse-glimmer",
    "MuseTalk": None,
    "amused-256": None,
    "Hermes-3-Llama-3.1-8B": "llama-3.1",
    "unlearn_tofu_Llama-3.2-1B-Instruct_forget10": "llama-3.2",
    "mini-llama-3-8b": "llama-3",
    "Qwen2.5-7B": "qwen-2.5",
    "Qwen2.5-72B-Instruct": "qwen-2.5",
    "Qwen3-8B-Base": "qwen-3",
    "QWEN2.5-7b-x": "qwen-2.5",
    "deepseek-v3-base": "deepseek-v3",
    "Mistral-7B-Instruct": "mistral",
    "Mixtral-8x7B-Instruct": "mixtral",
    "Mistral-Nemo-Base-2407": "mistral-nemo",
    "rufalcon3-3b-it": "falcon-3",
    "gemma-3-4b-it": "gemma-3",
    "Gemma 2 9B it": "gemma-2",
    "codegemma-7b": "codegemma",
    "DeepPhi-3.5-mini-instruct": "phi-3.5",
    "ThinkPhi1.1": None,
    "capsd-marin-8b-base": "marin",
    "gpt-oss-120b": "gpt-oss",
    "GPT-OSS-Coder": "gpt-oss",
    "starcoder2-15b": "starcoder-2",
    "Qwen": None,
    "QwenStock-14B": None,
    "phi-4": "phi-4",
    "solar-10.7b": "solar",
    "TinyLlama-1.1B": "tinyllama",
    "TinyLlama-1.1B-Chat-v1.0": "tinyllama",
    "open_llama_7b": "openllama",
}  # fmt: skip
OTHERS = {
    "gpt-oss-20b_as_llama-3.3-70b": Sense.TEACHER,
    "Qwen2.5-1.5B-from-Llama-3.3-70B": Sense.TEACHER,
    "Qwen3.8-27B-ik-llama-GGUF": Sense.RUNTIME,
    "gemma-2b-llama.cpp": Sense.RUNTIME,
    "mistral-ollama": Sense.RUNTIME,
    "TinyLlama-1.1B-Chat": Sense.OTHER,
    "open_llama_7b": Sense.OTHER,
    "smol_llama-220M": Sense.OTHER,
    "phi-3-llamafied": Sense.OTHER,
    "openbuddy-qwen2.5llamaify-7b": Sense.OTHER,
    "MicroLlama": Sense.OTHER,
    "MobileLLaMA-1.4B": Sense.OTHER,
    "TeenyTinyLlama-160m": Sense.OTHER,
    "LiteLlama-460M": Sense.OTHER,
    "long_llama_3b": Sense.OTHER,
    "VideoLLaMA3-2B": Sense.OTHER,
    "LLaMA-Omni2-7B": Sense.OTHER,
    "LlamaGen": Sense.OTHER,
    "llama2.c-stories15M": Sense.OTHER,
    "tiny-random-LlamaForCausalLM": Sense.OTHER,
    "exllamav2": Sense.RUNTIME,
    "mistral-7b-exllama": Sense.RUNTIME,
    "qwen-llamafiles": Sense.RUNTIME,
    "nano-30b-a3b_as_llama-3.1-8b": Sense.TEACHER,
    "qwen-judge-llama-3-70b": Sense.TEACHER,
    "math-by-llama-3-70b": Sense.TEACHER,
}


def of_weights(name: str) -> str | None:
    """Return the family that a repository's name tells, untold versions of Llama included."""
    found = [w for w in words(name) if w.sense is not Sense.TEACHER]
    ours = [w for w in found if w.llama] or found
    return (ours[0].family or (UNTOLD if ours[0].llama else None)) if ours else None


def in_prose(name: str) -> str | None:
    """Return the family that the same words tell in prose."""
    named = resolve(name)
    return (named.family or (UNTOLD if named.llama else None)) if named else None


@pytest.mark.parametrize(("name", "family"), FAMILIES.items())
def test_the_family_is_told_alike_in_names_and_in_prose(name: str, family: str | None) -> None:
    told = {of_weights(name), in_prose(name)}
    assert told - {None} == {family} - {None}


@pytest.mark.parametrize("name", [n for n, f in FAMILIES.items() if f and "llama-" in f])
def test_a_llamas_name_tells_the_weights_once(name: str) -> None:
    assert [w.family for w in weights(name) if w.llama] == [FAMILIES[name]]


@pytest.mark.parametrize(("name", "sense"), OTHERS.items())
def test_a_teacher_a_runtime_or_another_line_is_not_the_weights(name: str, sense: Sense) -> None:
    assert not [w for w in weights(name) if w.llama]
    assert sense in {w.sense for w in words(name)}


@pytest.mark.parametrize(
    ("name", "taught"),
    [
        ("DeepSeek-V3-Distill-Llama-8B", True),
        ("claude_Deepseek-R1-Llama", True),
        ("DeepSeek-R1-ReDistill-Llama3-8B", True),
        ("deepseek-v3-distill-qwen-7b", False),
    ],
)
def test_who_is_distilled_is_the_teacher(name: str, taught: bool) -> None:
    found = weights(name)
    assert [w.llama for w in found] == [taught]
    assert words(name)[0].sense is Sense.TEACHER


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("my-llama-v2", None),
        ("legal-llama-v2-7b", "llama-2"),
        ("HappyLlama1", None),
        ("llama-1-7b", "llama-1"),
        ("llama-v2", "llama-2"),
        ("Meta-Llama-v3", "llama-3"),
        ("my-llama-3", "llama-3"),
        ("x-Llama-3.1-5B", "llama-3.1"),
        ("Llama-Doctor-3.2-3B-Instruct", "llama-3.2"),
        ("Llamaverse-3.1-8B", "llama-3.1"),
        ("LLaMAntino-2-70b-chat", "llama-2"),
        ("LLaMAX3-8B", "llama-3"),
        ("Llama-xLAM-2-70b", None),
        ("Llama-Poro-2-8B", None),
        ("Llama-Express.1-Math", None),
        ("Llama-3.3-Nemotron-Super-49B-v1", "llama-3.3"),
    ],
)
def test_an_authors_own_version_is_none_of_metas(name: str, family: str | None) -> None:
    assert [w.family for w in weights(name) if w.llama] == [family]


@pytest.mark.parametrize("made", ["pruned-from", "finetuned-from", "trained-from"])
def test_what_a_model_was_made_from_is_no_teacher(made: str) -> None:
    assert [w.family for w in weights(f"x-{made}-llama-2-7b")] == ["llama-2"]


@pytest.mark.parametrize("word", ["vicuna", "guanaco", "koala", "alpaca", "WizardLM"])
def test_a_line_of_others_speaks_of_llama_beside_a_size_of_its_first(word: str) -> None:
    assert [(w.llama, w.family) for w in weights(f"{word}-13B-GPTQ")] == [(True, None)]
    assert [w.family for w in weights(f"{word}-30B")] == ["llama-1"]
    assert not words(f"{word}-x")


@pytest.mark.parametrize("name", ["graphics", "sophia-chat", "seed42-best", "evolving-moe-acc"])
def test_a_short_word_within_another_is_none(name: str) -> None:
    assert not words(name)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Llama-3.1-8B", 8),
        ("Llama_3_2_3B", 3),
        ("Mistral-7B-v0.3", 7),
        ("x-1.5b", 1.5),
        ("llama-160m", 0.16),
        ("x", None),
    ],
)
def test_the_size_is_read_in_billions(name: str, size: float | None) -> None:
    assert size_of(name) == size


@given(st.text(max_size=120))
def test_any_text_is_read_without_an_error_and_words_lie_within_it(text: str) -> None:
    for word in read(text).words:
        assert text.lower().find(word.text) >= 0 or not text.isascii()
    size_of(text)


def test_features_and_signals_name_no_family() -> None:
    versions = "|".join(re.escape(f) for f in load().families if re.search(r"\d", f))
    named = re.compile(rf"llama-?\d|qwen|gemma|\b(?:{versions})\b", re.IGNORECASE)
    for path in (ROOT / "graph" / "evidence").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        prose = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert id(node) in prose or not named.search(node.value), (path.name, node.value)
