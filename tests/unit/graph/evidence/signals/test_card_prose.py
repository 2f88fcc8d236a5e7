"""What a card's sentences claim of this model, and what they do not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.model import Strength
from graph.evidence.features import prose
from graph.evidence.record import HubRecord, read
from graph.evidence.signals import card_prose, training_prose

HUB = "https://huggingface.co"
LLAMA = "meta-llama/Llama-3.1-8B"
TUNED = "meta-llama/Llama-3.1-8B-Instruct"


def record(card: str, repo: str = "acme/Tutor-8B") -> HubRecord:
    return read({"id": repo, "files": {"README.md": card}}, lambda _: None)


def told(card: str, repo: str = "acme/Tutor-8B") -> list[tuple[str, str]]:
    return [(c.relation.value, c.parent) for c in card_prose.claims(record(card, repo))]


CLAIMS = [
    ("This model is a fine-tuned version of Llama-3.1-8B.", "finetune", LLAMA),
    ("This is a fine-tuned version of [Llama](%s/meta-llama/Llama-3.1-8B).", "finetune", LLAMA),
    ("It was finetuned from meta-llama/Llama-3.1-8B using LoRA.", "finetune", LLAMA),
    ("Fine-tuned from Llama-3.1-8B-Instruct.", "finetune", TUNED),
    ("A finetune of Llama 3.1 8B Instruct for school children.", "finetune", TUNED),
    ("Tutor-8B is derived from Llama3.1-8B-Base, with its licence.", "finetune", LLAMA),
    ("**Tutor-8B** is based on `meta-llama/Llama-3.1-8B`.", "finetune", LLAMA),
    ("This model is built on Llama-3.1-8B and speaks Czech.", "finetune", LLAMA),
    ("Built on top of the Llama-3.1-8B-Instruct model.", "finetune", TUNED),
    ("The model was initialized from Llama-3.1-8B.", "finetune", LLAMA),
    ("The model is initialized with the weights of Llama-3.1-8B.", "finetune", LLAMA),
    ("A LoRA adapter for Llama-3.1-8B-Instruct.", "adapter", TUNED),
    ("A QLoRA adapter trained on top of [X](%s/meta-llama/Llama-3.1-8B).", "adapter", LLAMA),
    ("Quantized version of Llama-3.1-8B-Instruct.", "quantized", TUNED),
    ("This repository holds a GGUF of meta-llama/Llama-3.1-8B-Instruct.", "quantized", TUNED),
    ("This is a 4-bit AWQ quantized version of Llama-3.1-8B-Instruct.", "quantized", TUNED),
    ("This is a merge of acme/One-7B and acme/Two-7B.", "merge", "acme/Two-7B"),
    ("Distilled from Llama-3.1-405B-Instruct.", "distilled", "meta-llama/Llama-3.1-405B-Instruct"),
    ("This model was distilled from Llama-3.1-8B-Instruct.", "distilled", TUNED),
    ("- **Finetuned from model:** meta-llama/Llama-3.1-8B", "finetune", LLAMA),
    ("- **Finetuned from model [optional]:** [Base](%s/acme/Base-7B)", "finetune", "acme/Base-7B"),
    ("Base model: Llama-3.1-8B", "finetune", LLAMA),
    ("We fine-tuned this from Llama-3.1-8B.", "finetune", LLAMA),
    ("Our model is trained from Llama-3.1-8B on lessons.", "finetune", LLAMA),
    ("This is a language model\nfine-tuned from\nLlama-3.1-8B.", "finetune", LLAMA),
    ("Based on Llama-3.1-8B, we release Tutor-8B.", "finetune", LLAMA),
]  # fmt: skip
TRAPS = [
    "Reward model: we use one based on meta-llama/Llama-3.1-8B.",
    "meta-llama/Llama-3.1-8B fine-tuned by others is better.",
    "It was trained from scratch, its configuration is based on meta-llama/Llama-3.1-8B.",
    "For a model based on Llama-3.1-8B see elsewhere.",
    "This model is not based on Llama-3.1-8B.",
    "It isn't derived from Llama-3.1-8B.",
    "Unlike models fine-tuned from Llama-3.1-8B, this one is small.",
    "Rather than fine-tuned from Llama-3.1-8B, it was trained from scratch.",
    "This model outperforms those based on Llama-3.1-8B.",
    "Compared with models based on Llama-3.1-8B, it is fast.",
    "Other-8B is fine-tuned from Llama-3.1-8B.",
    "ChatGPT and Vicuna were derived from Llama-3.1-8B.",
    "Tutor-8B-Vision is derived from Llama-3.1-8B.",
    "Tutor-70B is derived from Llama-3.1-70B.",
    "You can get a finetune of Llama-3.1-8B in an hour.",
    "If you want a model based on Llama-3.1-8B, look elsewhere.",
    "This model can be fine-tuned from Llama-3.1-8B.",
    "The tokenizer is based on Llama-3.1-8B.",
    "This model card is based on Llama-3.1-8B.",
    "The code is based on meta-llama/Llama-3.1-8B.",
    "The dataset is derived from Llama-3.1-8B.",
    "This model is based on the Llama-3.1-8B architecture.",
    "It is based on the Llama 2 architecture.",
    "This model is based on the Transformer architecture.",
    "This model is based on Llama 3.",
    "This model is based on Llama.",
    "Built with Axolotl.",
    "Built with Llama.",
    "It is fine-tuned on a mixture of chat/instruct datasets.",
    "It is fine-tuned on [data](%s/datasets/acme/Lessons-1k).",
    "It is fine-tuned using and/or train/test splits.",
    "This model was trained from scratch.",
    "Models such as those based on Llama-3.1-8B are common.",
    "We publish six dense models based on Llama-3.1-8B.",
    "GGUF versions of this model: [here](%s/acme/Tutor-8B-GGUF).",
    "A GGUF of Tutor-8B is at [X](%s/bartowski/Tutor-8B-GGUF).",
    "Quantized versions of this model are made by [Bloke](%s/TheBloke/Tutor-8B-GPTQ).",
    "```\nfine-tuned from Llama-3.1-8B\n```",
    "@misc{a, title={A model fine-tuned from Llama-3.1-8B}}",
    "title = {A model fine-tuned from Llama-3.1-8B},",
    "Try the demo based on [space](%s/spaces/acme/Tutor-8B).",
    "Please use the model fine-tuned from Llama-3.1-8B.",
    "Inspired by a model derived from Llama-3.1-8B.",
    "This model is fine-tuned from acme/Tutor-8B.",
    "Evaluation is based on GPT-4.",
]


@pytest.mark.parametrize(("sentence", "relation", "parent"), CLAIMS)
def test_a_sentence_of_this_model_is_a_stated_claim(
    sentence: str, relation: str, parent: str
) -> None:
    text = sentence.replace("%s", HUB)
    assert told(f"---\nlicense: mit\n---\n# Tutor\n\n{text}\n")[-1:] == [(relation, parent)]


@pytest.mark.parametrize("sentence", TRAPS)
def test_a_sentence_that_says_something_else_claims_nothing(sentence: str) -> None:
    assert told(f"# Tutor\n\n{sentence.replace('%s', HUB)}\n") == []


def test_the_claim_says_line_and_sentence() -> None:
    card = "---\nlicense: mit\n---\n# T\n\nHello.\nThis model is based on **Llama-3.1-8B**. Bye.\n"
    (claim,) = card_prose.claims(record(card))
    assert (claim.strength, claim.evidence.line) == (Strength.STATED, 7)
    assert claim.evidence.value == "This model is based on Llama-3.1-8B."


def test_a_card_that_many_models_share_speaks_of_each_by_its_name() -> None:
    card = (
        "DeepSeek-R1 is based on deepseek-ai/DeepSeek-V3-Base.\n\n"
        "- DeepSeek-R1-Distill-Qwen-14B is derived from Qwen2.5-14B.\n"
        "- DeepSeek-R1-Distill-Llama-8B is derived from Llama3.1-8B-Base.\n"
    )
    assert told(card, "deepseek-ai/DeepSeek-R1-Distill-Llama-8B") == [("finetune", LLAMA)]
    assert told(card, "deepseek-ai/DeepSeek-R1") == [("finetune", "deepseek-ai/DeepSeek-V3-Base")]


def test_a_copy_repeats_what_its_original_says_of_itself() -> None:
    assert told("This model is a fine-tuned version of Llama-3.1-8B.", "acme/Tutor-8B-GGUF") == []


FEATURES = {
    "This model is based on Llama 3.": ("card-llama-family", ("llama-3",)),
    "It is fine-tuned from Llama.": ("card-llama-family", ()),
    "This model is based on Qwen2.5.": ("card-rival-family", ()),
    "Built with Meta Llama 3": ("card-built-with-version", ("llama-3",)),
    "Built with Llama": ("card-built-with-llama", ()),
    "Licensed under the Llama 3.1 Community License Agreement.": ("card-agreement", ("llama-3.1",)),
}


@pytest.mark.parametrize(("sentence", "feature"), FEATURES.items())
def test_a_family_without_an_id_is_a_clue(
    sentence: str, feature: tuple[str, tuple[str, ...]]
) -> None:
    (found,) = prose.features(record(sentence))
    assert (found.kind, found.families) == feature


@pytest.mark.parametrize(
    "sentence",
    ["Not based on Llama 3.", "Built with Axolotl", "You must display Built with Llama."],
)
def test_other_words_are_no_clue(sentence: str) -> None:
    assert list(prose.features(record(sentence))) == []


TRAINED = {
    "This model was trained on the [L](%s/datasets/acme/lessons) dataset.": ["acme/lessons"],
    "It was fine-tuned on acme/lessons-10k dataset.": ["acme/lessons-10k"],
    "Trained on [a](%s/datasets/a/one) and [b](%s/datasets/b/two).": ["a/one", "b/two"],
    "Other-7B was trained on the [L](%s/datasets/acme/lessons) dataset.": [],
    "We did not train on the [L](%s/datasets/acme/lessons) dataset.": [],
    "The baseline was trained on the [L](%s/datasets/acme/lessons) dataset.": [],
    "Evaluated on the [L](%s/datasets/acme/lessons) dataset.": [],
}


@pytest.mark.parametrize(("sentence", "names"), TRAINED.items())
def test_data_sets_that_the_card_says_it_was_trained_on(sentence: str, names: list[str]) -> None:
    found = training_prose.claims(record(sentence.replace("%s", HUB)))
    assert [c.parent for c in found] == [f"datasets/{name}" for name in names]


WORDS = st.sampled_from(
    ["fine-tuned from ", "based on ", "Llama-3.1-8B ", "[", "](", ")", f"{HUB}/", "a/b",
     "<a href='", "quantized ", "\n", "merge of ", "and ", ", ", "`", "**", "gguf ", "lora ", ". ",
     "\ue000", "İ"],
)  # fmt: skip


@given(st.one_of(st.text(max_size=2000), st.lists(WORDS, max_size=300).map("".join)))
def test_any_card_is_read_without_an_error(card: str) -> None:
    made = record(card)
    for signal in (card_prose.claims, training_prose.claims, prose.features):
        list(signal(made))


@pytest.mark.parametrize(
    "part",
    ["[", "[a](", "<a ", "based on ", "fine-tuned ", "quantized gguf ", "- based on a\n", "\n",
     "model fine-tuned from the ", f"{HUB}/a/b ", "lora ", "a " * 50 + "merge ",
     "İ" * 9 + "quant "],
)  # fmt: skip
def test_a_hostile_card_takes_no_time(part: str) -> None:
    made = record((part * 250_000)[:250_000])
    list(card_prose.claims(record("based on Llama-3.1-8B")))  # the facts are read once
    started = time.process_time()
    list(card_prose.claims(made))
    assert time.process_time() - started < 1  # 15 ms are measured; quadratic ones take minutes
