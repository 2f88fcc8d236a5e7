"""The prose of 399 real cards: every claim was read by eye; the list is kept here."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.evidence.record import HubRecord, read
from graph.evidence.signals import card_prose

# Read by eye, and wrong: the card says "Qwen-Image-Edit (build 2509)", another repository.
WRONG = {("lovis93/next-scene-qwen-image-lora-2509", "finetune", "Qwen/Qwen-Image-Edit")}
READ = {
    ("ByteDance-Seed/BAGEL-7B-MoT", "finetune", "Qwen/Qwen2.5-7B-Instruct"),
    ("ByteDance-Seed/BAGEL-7B-MoT", "finetune", "HuggingFaceM4/siglip-so400m-14-384-flash-attn2"),
    ("ByteDance/AnimateDiff-Lightning", "distilled", "guoyww/animatediff"),
    ("ByteDance/SDXL-Lightning", "distilled", "stabilityai/stable-diffusion-xl-base-1.0"),
    ("HuggingFaceH4/zephyr-7b-alpha", "finetune", "mistralai/Mistral-7B-v0.1"),
    ("HuggingFaceH4/zephyr-7b-beta", "finetune", "mistralai/Mistral-7B-v0.1"),
    ("HuggingFaceM4/idefics2-8b", "finetune", "google/siglip-so400m-patch14-384"),
    ("HuggingFaceM4/idefics2-8b", "finetune", "mistralai/Mistral-7B-v0.1"),
    ("HuggingFaceTB/SmolVLM-Instruct", "finetune", "google/siglip-so400m-patch14-384"),
    ("MiniMaxAI/MiniMax-M1-80k", "finetune", "MiniMaxAI/MiniMax-Text-01"),
    ("NovaSky-AI/Sky-T1-32B-Preview", "finetune", "Qwen/Qwen2.5-32B-Instruct"),
    (
        "TinyLlama/TinyLlama-1.1B-Chat-v1.0",
        "finetune",
        "TinyLlama/TinyLlama-1.1B-intermediate-step-1431k-3T",
    ),
    ("agentica-org/DeepCoder-14B-Preview", "finetune", "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B"),
    (
        "agentica-org/DeepScaleR-1.5B-Preview",
        "finetune",
        "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B",
    ),
    ("alimama-creative/FLUX.1-Turbo-Alpha", "adapter", "black-forest-labs/FLUX.1-dev"),
    ("allenai/Molmo-7B-D-0924", "finetune", "Qwen/Qwen2-7B"),
    ("allenai/Molmo-7B-D-0924", "finetune", "openai/clip-vit-large-patch14-336"),
    ("allenai/olmOCR-7B-0225-preview", "finetune", "Qwen/Qwen2-VL-7B-Instruct"),
    ("berkeley-nest/Starling-LM-7B-alpha", "finetune", "openchat/openchat_3.5"),
    ("bosonai/higgs-audio-v2-generation-3B-base", "finetune", "meta-llama/Llama-3.2-3B"),
    ("city96/FLUX.1-dev-gguf", "quantized", "black-forest-labs/FLUX.1-dev"),
    ("databricks/dolly-v2-12b", "finetune", "EleutherAI/pythia-12b"),
    ("deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "finetune", "meta-llama/Llama-3.3-70B-Instruct"),
    ("deepseek-ai/DeepSeek-R1-Distill-Llama-8B", "finetune", "meta-llama/Llama-3.1-8B"),
    (
        "distilbert/distilbert-base-uncased-finetuned-sst-2-english",
        "finetune",
        "distilbert/distilbert-base-uncased",
    ),
    ("distilbert/distilgpt2", "distilled", "openai-community/gpt2"),
    ("docling-project/SmolDocling-256M-preview", "finetune", "HuggingFaceTB/SmolVLM-256M-Instruct"),
    ("dphn/dolphin-2.5-mixtral-8x7b", "finetune", "mistralai/Mixtral-8x7B-v0.1"),
    ("latent-consistency/lcm-lora-sdxl", "adapter", "stabilityai/stable-diffusion-xl-base-1.0"),
    ("lodestones/Chroma", "finetune", "black-forest-labs/FLUX.1-schnell"),
    ("manycore-research/SpatialLM-Llama-1B", "finetune", "meta-llama/Llama-3.2-1B-Instruct"),
    ("mattshumer/Reflection-Llama-3.1-70B", "finetune", "meta-llama/Llama-3.1-70B-Instruct"),
    ("mistralai/Devstral-Small-2505", "finetune", "mistralai/Mistral-Small-3.1-24B-Base-2503"),
    ("mistralai/Mistral-7B-Instruct-v0.1", "finetune", "mistralai/Mistral-7B-v0.1"),
    ("mistralai/Mistral-7B-Instruct-v0.3", "finetune", "mistralai/Mistral-7B-v0.3"),
    ("mistralai/Mistral-Nemo-Instruct-2407", "finetune", "mistralai/Mistral-Nemo-Base-2407"),
    (
        "mistralai/Mistral-Small-24B-Instruct-2501",
        "finetune",
        "mistralai/Mistral-Small-24B-Base-2501",
    ),
    (
        "mistralai/Mistral-Small-3.1-24B-Instruct-2503",
        "finetune",
        "mistralai/Mistral-Small-3.1-24B-Base-2503",
    ),
    ("mistralai/Mixtral-8x22B-Instruct-v0.1", "finetune", "mistralai/Mixtral-8x22B-v0.1"),
    ("nvidia/NVLM-D-72B", "finetune", "Qwen/Qwen2-72B-Instruct"),
    ("openai/whisper-large-v3-turbo", "finetune", "openai/whisper-large-v3"),
    ("openbmb/MiniCPM-Llama3-V-2_5", "finetune", "meta-llama/Meta-Llama-3-8B-Instruct"),
    ("openbmb/MiniCPM-V-4_5", "finetune", "Qwen/Qwen3-8B"),
    ("openbmb/VoxCPM-0.5B", "finetune", "openbmb/MiniCPM4-0.5B"),
    ("ostris/OpenFLUX.1", "finetune", "black-forest-labs/FLUX.1-schnell"),
    ("reducto/RolmOCR", "finetune", "Qwen/Qwen2.5-VL-7B-Instruct"),
    ("salakash/SamKash-Tolstoy", "finetune", "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B"),
    ("segmind/SSD-1B", "distilled", "stabilityai/stable-diffusion-xl-base-1.0"),
    ("shibing624/text2vec-base-chinese", "finetune", "hfl/chinese-macbert-base"),
    ("shenzhi-wang/Llama3-8B-Chinese-Chat", "finetune", "meta-llama/Meta-Llama-3-8B-Instruct"),
    ("stabilityai/StableBeluga2", "finetune", "meta-llama/Llama-2-70b"),
    ("stabilityai/sdxl-turbo", "distilled", "stabilityai/stable-diffusion-xl-base-1.0"),
    ("stabilityai/sdxl-turbo", "finetune", "stabilityai/stable-diffusion-xl-base-1.0"),
    ("stabilityai/stable-zero123", "finetune", "lambdalabs/sd-image-variations-diffusers"),
    ("tencent/SRPO", "finetune", "black-forest-labs/FLUX.1-dev"),
    ("tiiuae/falcon-40b-instruct", "finetune", "tiiuae/falcon-40b"),
    ("tiiuae/falcon-7b-instruct", "finetune", "tiiuae/falcon-7b"),
}
pytestmark = pytest.mark.shared


def records(shared: Path) -> Iterator[HubRecord]:
    with gzip.open(shared / "hub" / "cards.jsonl.gz", "rt", encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            obj = {"id": told["id"], "files": {"README.md": told["readme"]}}
            yield read(obj, lambda _: None)


def test_the_claims_of_real_cards_are_those_that_were_read(shared: Path) -> None:
    made = {
        (c.child, c.relation.value, c.parent) for r in records(shared) for c in card_prose.claims(r)
    }
    assert made - WRONG == READ
    assert len(READ) / len(made) >= 0.95
