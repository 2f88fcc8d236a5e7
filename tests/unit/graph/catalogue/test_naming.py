"""Words to ids: as far as they tell, and no further."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.folder import toml
from graph.catalogue.naming import Bare, Role, resolve
from tests.evaluate import generators

IDS = {
    "DeepSeek-V3-Base": "deepseek-ai/DeepSeek-V3-Base",
    "Stable Diffusion v1.5": "stable-diffusion-v1-5/stable-diffusion-v1-5",
    "SDXL": "stabilityai/stable-diffusion-xl-base-1.0",
    "BART-large": "facebook/bart-large",
    "Whisper large-v3": "openai/whisper-large-v3",
    "chatglm2-6b": "zai-org/chatglm2-6b",
    "Llama-3.1-405B-Instruct": "meta-llama/Llama-3.1-405B-Instruct",
    "llama 3 70b instruct": "meta-llama/Meta-Llama-3-70B-Instruct",
    "Llama3.1-8B-Base": "meta-llama/Llama-3.1-8B",
    "Llama-3.1-8B": "meta-llama/Llama-3.1-8B",
    "LLAMA_3.1_8B": "meta-llama/Llama-3.1-8B",
    "Meta Llama 3 8 billion": "meta-llama/Meta-Llama-3-8B",
    "meta-llama/Meta-Llama-3-70B-Instruct": "meta-llama/Meta-Llama-3-70B-Instruct",
    "meta-llama/llama-2-7b-chat-hf": "meta-llama/Llama-2-7b-chat-hf",
    "llama v2 7b chat": "meta-llama/Llama-2-7b-chat",
    "Llama 3.3 70B": "meta-llama/Llama-3.3-70B-Instruct",
    "Llama 3.2 11B": "meta-llama/Llama-3.2-11B-Vision",
    "Code Llama 34B Instruct": "codellama/CodeLlama-34b-Instruct-hf",
    "Llama Guard 3 8B": "meta-llama/Llama-Guard-3-8B",
    "Qwen2.5-72B-Instruct": "Qwen/Qwen2.5-72B-Instruct",
    "Qwen3-8B": "Qwen/Qwen3-8B",
    "Qwen3-8B-Base": "Qwen/Qwen3-8B-Base",
    "Qwen2.5-7B-Base": "Qwen/Qwen2.5-7B",
    "Mixtral-8x7B-Instruct": "mistralai/Mixtral-8x7B-Instruct-v0.1",
    "Gemma 2 9B it": "google/gemma-2-9b-it",
    "unsloth/llama-3-8b-bnb-4bit": "unsloth/llama-3-8b-bnb-4bit",
    "acme/Base-7B": "acme/Base-7B",
}
NAMED: dict[str, str] = toml("graph.catalogue", "naming.toml")["named"]
FAMILIES = {
    "Llama 3": "llama-3",
    "LLaMA-2": "llama-2",
    "Llama 3.1 Instruct": "llama-3.1",
    "LLaMA 65B": "llama-1",
    "Llama-3-8B-Lexi-Uncensored": "llama-3",
    "Llama-3.1-8B-Instruct-GGUF": "llama-3.1",
    "Llama-2-7B/13B": "llama-2",
    "Mistral-7B-Instruct": "mistral",
    "TinyLlama": "tinyllama",
    "open_llama_7b": "openllama",
    "Qwen2.5": "qwen-2.5",
}
MAKERS = {
    "GPT-4": "OpenAI",
    "gpt-3.5-turbo": "OpenAI",
    "GPT-3.5/GPT-4": "OpenAI",
    "ChatGPT": "OpenAI",
    "text-davinci-003": "OpenAI",
    "Claude 3 Opus": "Anthropic",
    "Gemini": "Google",
    "PaLM": "Google",
    "Qwen": "Alibaba (Qwen)",
    "Mistral": "Mistral AI",
}


@pytest.mark.parametrize(("words", "expected"), IDS.items())
def test_words_that_name_one_repository_give_its_id(words: str, expected: str) -> None:
    named = resolve(words)
    assert named is not None
    assert named.id == expected


@pytest.mark.parametrize(("words", "expected"), NAMED.items())
def test_every_listed_name_in_words_gives_its_id(words: str, expected: str) -> None:
    named = resolve(words)
    assert named is not None
    assert named.id == expected


@pytest.mark.parametrize(
    "words", ["SDXL Turbo", "SDXL refiner", "Stable Diffusion", "Whisper", "BART"]
)
def test_a_lines_other_variants_and_its_bare_name_are_not_its_base(words: str) -> None:
    named = resolve(words)
    assert named is None or named.id is None


def test_a_generators_name_in_words_stays_a_family() -> None:
    named = resolve("StarCoder", Bare.FAMILY)
    assert named is not None
    assert named.id is None


@pytest.mark.parametrize(("words", "family"), FAMILIES.items())
def test_words_that_name_less_give_the_family(words: str, family: str) -> None:
    named = resolve(words)
    assert named is not None
    assert (named.id, named.family) == (None, family)


@pytest.mark.parametrize(("words", "maker"), MAKERS.items())
def test_closed_models_and_bare_lines_give_the_maker(words: str, maker: str) -> None:
    named = resolve(words)
    assert named is not None
    assert (named.id, named.family, named.maker) == (None, None, maker)


@pytest.mark.parametrize("words", ["llama", "LLaMA", "Llama 13B", "Vicuna 13b", "Llama based"])
def test_a_llama_of_an_untold_version_is_a_llama(words: str) -> None:
    named = resolve(words)
    assert named is not None
    assert (named.id, named.family, named.llama) == (None, None, True)


@pytest.mark.parametrize(
    "words", ["", "/", "the north", "Marco-o1", "llama.cpp", "LLaMA-Factory", "a mixture of data",
              "Llama 3 Community License", "Llama architecture", "and/or", "Llama 2 tokenizer"],
)  # fmt: skip
def test_words_that_name_no_model_give_none(words: str) -> None:
    named = resolve(words)
    assert named is None or (named.id == words and "/" in words)


@pytest.mark.parametrize("words", ["llama 3 70b", "Llama-3.1-8B", "Mixtral-8x7B", "Qwen2.5-7B"])
def test_a_generators_size_without_variant_is_the_family(words: str) -> None:
    named = resolve(words, Bare.FAMILY)
    assert named is not None
    assert named.id is None
    assert named.family


@pytest.mark.parametrize("words", ["Llama3.1-8B-Base", "Llama 3.3 70B", "Qwen3-8B", "gpt-oss-120b"])
def test_a_generators_name_that_leaves_no_choice_is_an_id(words: str) -> None:
    named = resolve(words, Bare.FAMILY)
    assert named is not None
    assert named.id


def test_translators_and_sources_are_told_from_models() -> None:
    roles = {w: getattr(resolve(w), "role", None) for w in ("Google Translate", "dolly", "GPT-4")}
    assert list(roles.values()) == [Role.TRANSLATOR, Role.SOURCE, Role.MODEL]


@pytest.mark.parametrize(("spelling", "label"), generators.spellings().items())
def test_every_spelling_of_the_annotations_is_resolved_as_labelled(
    spelling: str, label: dict[str, object]
) -> None:
    assert generators.is_as_labelled(resolve(spelling, Bare.FAMILY), label)


@given(st.text(max_size=300))
def test_any_text_is_resolved_without_an_error(text: str) -> None:
    resolve(text)
    resolve(text, Bare.FAMILY)
