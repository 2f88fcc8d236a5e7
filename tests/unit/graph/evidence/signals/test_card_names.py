"""Parents named in cards by an official name in words, and the forms around them."""

from __future__ import annotations

import pytest

from graph.evidence.record import read
from graph.evidence.signals import card_prose

HUB = "https://huggingface.co"
QWEN = f"[Qwen2.5-7B]({HUB}/Qwen/Qwen2.5-7B)"
SAID = [
    ("The model is fine-tuned from Stable Diffusion v1.5.",
     "stable-diffusion-v1-5/stable-diffusion-v1-5"),
    ("Tutor is SD 1.5 fine tuned on drawings", "stable-diffusion-v1-5/stable-diffusion-v1-5"),
    ("### An SDXL fine-tune for icons", "stabilityai/stable-diffusion-xl-base-1.0"),
    ("Fine-tuned from FLUX.1 [dev].", "black-forest-labs/FLUX.1-dev"),
    ("Fine-tuned from Gemma 3 27B IT.", "google/gemma-3-27b-it"),
    ("It is based on Qwen 2.5 (7B).", "Qwen/Qwen2.5-7B"),
    ("We fine-tuned Whisper large-v3 on calls.", "openai/whisper-large-v3"),
    ("This is a ControlNet for SDXL.", "stabilityai/stable-diffusion-xl-base-1.0"),
    ("These are LoRA adaption weights for FLUX.1-dev.", "black-forest-labs/FLUX.1-dev"),
    ("Tutor is the chat version of Qwen2.5-7B.", "Qwen/Qwen2.5-7B"),
    ("Tutor is an upgraded version of Qwen2.5-7B.", "Qwen/Qwen2.5-7B"),
    ("Tutor continues from Qwen2.5-7B.", "Qwen/Qwen2.5-7B"),
    ("Tutor starts from Qwen2.5-7B and learns law.", "Qwen/Qwen2.5-7B"),
    ("Building upon Qwen2.5-7B, it adds law.", "Qwen/Qwen2.5-7B"),
    ("Tutor is built on SigLip-400M and Qwen2.5-7B.", "Qwen/Qwen2.5-7B"),
    ("Tutor integrates a vision tower with the Qwen2.5-7B language model.", "Qwen/Qwen2.5-7B"),
    (f"We made it so:\n\n- {QWEN} as the base\n- more of the law", "Qwen/Qwen2.5-7B"),
    (f"- **Parent Model:** See the {QWEN} for more.", "Qwen/Qwen2.5-7B"),
    (f"It uses Qwen as the base model. {QWEN.replace('Qwen2.5-7B', 'Qwen', 1)} is good.",
     "Qwen/Qwen2.5-7B"),
    (f"The pre-trained model can be found at {QWEN}.", "Qwen/Qwen2.5-7B"),
    (f"Merged with several models to boost:\n\n- **Law** - [what it adds]({HUB}/acme/Law-7B)",
     "acme/Law-7B"),
    (f"The weights were initialized using {QWEN}.", "Qwen/Qwen2.5-7B"),
    (f"The model adapts {QWEN} to law.", "Qwen/Qwen2.5-7B"),
    (f"Starting with {QWEN}, we trained it on law.", "Qwen/Qwen2.5-7B"),
]  # fmt: skip
UNSAID = [
    "Tutor outperforms models built on Qwen2.5-7B.",
    "We use a fork of gpt-neox for training.",
    "Building upon Qwen2.5-7B, we release Other-9B.",
    "The tokenizer is an adaptation of Qwen2.5-7B's.",
    "Images were generated with SDXL.",
    "Works with SD 1.5 and SDXL.",
    "Fine-tuned from SDXL turbo.",
    "Unlike the chat version of Qwen2.5-7B, it has no filter.",
    "Starting with Qwen2.5-7B support in vLLM, serving is easy.",
    "We also trained Other-3B starting with Qwen2.5-3B.",
    f"An upgraded version of Tutor is at [Tutor-8B]({HUB}/acme/Tutor-8B).",
]


def _parents(card: str) -> set[str]:
    record = read({"id": "acme/Tutor", "files": {"README.md": card}}, lambda _: None)
    return {claim.parent for claim in card_prose.claims(record)}


@pytest.mark.parametrize(("card", "parent"), SAID)
def test_a_parent_named_in_words_is_claimed(card: str, parent: str) -> None:
    assert parent in _parents(card)


@pytest.mark.parametrize("card", UNSAID)
def test_what_is_compared_used_or_made_of_another_is_no_parent(card: str) -> None:
    assert _parents(card) == set()


def test_a_makers_earlier_version_is_not_its_models_own_name() -> None:
    card = "The Tutor-7B-v0.3 model is a Mistral-7B-v0.1 with extended vocabulary."
    record = read({"id": "mistralai/Mistral-7B-v0.3", "files": {"README.md": card}}, lambda _: None)
    assert [c.parent for c in card_prose.claims(record)] == ["mistralai/Mistral-7B-v0.1"]
