"""The prose of 199 real cards, on which the reader was tuned: every claim was read by eye.

The other 200 are kept for measurement (`test_card_labels`): nothing was tuned on them.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.evidence.record import HubRecord, read
from graph.evidence.signals import card_prose
from tests.unit.graph.evidence.test_card_labels import DRAWN_LABELS, labels

READ = {
    ("ByteDance-Seed/BAGEL-7B-MoT", "finetune", "HuggingFaceM4/siglip-so400m-14-384-flash-attn2"),
    ("ByteDance-Seed/BAGEL-7B-MoT", "finetune", "Qwen/Qwen2.5-7B-Instruct"),
    (
        "CompVis/stable-diffusion-v-1-4-original",
        "finetune",
        "CompVis/stable-diffusion-v-1-2-original",
    ),
    ("CompVis/stable-diffusion-v1-4", "finetune", "CompVis/stable-diffusion-v1-2"),
    ("DGSpitzer/Cyberpunk-Anime-Diffusion", "finetune", "hakurei/waifu-diffusion-v1-3"),
    ("GanymedeNil/text2vec-large-chinese", "finetune", "shibing624/text2vec-base-chinese"),
    ("HuggingFaceH4/zephyr-7b-alpha", "finetune", "mistralai/Mistral-7B-v0.1"),
    ("HuggingFaceTB/SmolVLM-Instruct", "finetune", "HuggingFaceTB/SmolLM2-1.7B-Instruct"),
    ("HuggingFaceTB/SmolVLM-Instruct", "finetune", "google/siglip-so400m-patch14-384"),
    ("NexaAI/OmniVLM-968M", "finetune", "Qwen/Qwen2.5-0.5B-Instruct"),
    ("Open-Orca/Mistral-7B-OpenOrca", "finetune", "mistralai/Mistral-7B-v0.1"),
    ("PygmalionAI/pygmalion-6b", "finetune", "EleutherAI/gpt-j-6b"),
    ("PygmalionAI/pygmalion-6b", "finetune", "hakurei/convogpt"),
    ("Qwen/Qwen-Image-Edit", "finetune", "Qwen/Qwen-Image"),
    ("Qwen/Qwen3-235B-A22B-Instruct-2507", "finetune", "Qwen/Qwen3-235B-A22B"),
    ("Qwen/Qwen3-30B-A3B-Instruct-2507", "finetune", "Qwen/Qwen3-30B-A3B"),
    ("TheBloke/Llama-2-7B-Chat-GGML", "quantized", "meta-llama/Llama-2-7b-chat-hf"),
    ("TheBloke/Mistral-7B-Instruct-v0.1-GGUF", "quantized", "mistralai/Mistral-7B-Instruct-v0.1"),
    (
        "TinyLlama/TinyLlama-1.1B-Chat-v1.0",
        "finetune",
        "TinyLlama/TinyLlama-1.1B-intermediate-step-1431k-3T",
    ),
    ("Tongyi-MAI/Z-Image-Turbo", "distilled", "Tongyi-MAI/Z-Image"),
    ("XLabs-AI/flux-RealismLora", "adapter", "black-forest-labs/FLUX.1-dev"),
    ("ali-vilab/In-Context-LoRA", "finetune", "black-forest-labs/FLUX.1-dev"),
    ("allenai/olmOCR-7B-0225-preview", "finetune", "Qwen/Qwen2-VL-7B-Instruct"),
    ("baichuan-inc/Baichuan-13B-Chat", "finetune", "baichuan-inc/Baichuan-13B-Base"),
    ("baichuan-inc/Baichuan-13B-Chat", "finetune", "baichuan-inc/Baichuan-7B"),
    ("berkeley-nest/Starling-LM-7B-alpha", "finetune", "openchat/openchat_3.5"),
    ("bosonai/higgs-audio-v2-generation-3B-base", "finetune", "meta-llama/Llama-3.2-3B"),
    ("city96/FLUX.1-dev-gguf", "quantized", "black-forest-labs/FLUX.1-dev"),
    ("deepseek-ai/DeepSeek-Math-V2", "finetune", "deepseek-ai/DeepSeek-V3.2-Exp-Base"),
    ("deepseek-ai/DeepSeek-Prover-V2-671B", "finetune", "deepseek-ai/DeepSeek-V3-Base"),
    ("deepseek-ai/DeepSeek-R1", "finetune", "deepseek-ai/DeepSeek-V3-Base"),
    ("deepseek-ai/DeepSeek-R1-0528-Qwen3-8B", "finetune", "Qwen/Qwen3-8B-Base"),
    ("deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "distilled", "deepseek-ai/DeepSeek-R1"),
    ("deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "finetune", "meta-llama/Llama-3.3-70B-Instruct"),
    ("deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B", "distilled", "deepseek-ai/DeepSeek-R1"),
    ("deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B", "finetune", "Qwen/Qwen2.5-Math-1.5B"),
    ("deepseek-ai/DeepSeek-R1-Distill-Qwen-14B", "distilled", "deepseek-ai/DeepSeek-R1"),
    ("deepseek-ai/DeepSeek-R1-Distill-Qwen-14B", "finetune", "Qwen/Qwen2.5-14B"),
    ("deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "distilled", "deepseek-ai/DeepSeek-R1"),
    ("deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "finetune", "Qwen/Qwen2.5-32B"),
    ("deepseek-ai/DeepSeek-V3.1", "finetune", "deepseek-ai/DeepSeek-V3.1-Base"),
    ("deepseek-ai/deepseek-coder-33b-instruct", "finetune", "deepseek-ai/deepseek-coder-33b-base"),
    ("deepset/roberta-base-squad2", "finetune", "FacebookAI/roberta-base"),
    ("docling-project/SmolDocling-256M-preview", "finetune", "HuggingFaceTB/SmolVLM-256M-Instruct"),
    ("dphn/dolphin-2.5-mixtral-8x7b", "finetune", "mistralai/Mixtral-8x7B-v0.1"),
    (
        "dreamlike-art/dreamlike-diffusion-1.0",
        "finetune",
        "stable-diffusion-v1-5/stable-diffusion-v1-5",
    ),
    ("dslim/bert-base-NER", "finetune", "google-bert/bert-base-cased"),
    ("fofr/sdxl-emoji", "finetune", "stabilityai/stable-diffusion-xl-base-1.0"),
    ("google-bert/bert-base-chinese", "finetune", "google-bert/bert-base-uncased"),
    ("gradientai/Llama-3-8B-Instruct-Gradient-1048k", "finetune", "meta-llama/Meta-Llama-3-8B"),
    (
        "gradientai/Llama-3-8B-Instruct-Gradient-1048k",
        "finetune",
        "meta-llama/Meta-Llama-3-8B-Instruct",
    ),
    ("hakurei/waifu-diffusion-v1-3", "finetune", "CompVis/stable-diffusion-v1-4"),
    ("jasperai/Flux.1-dev-Controlnet-Upscaler", "adapter", "black-forest-labs/FLUX.1-dev"),
    ("lovis93/next-scene-qwen-image-lora-2509", "adapter", "Qwen/Qwen-Image-Edit-2509"),
    ("madebyollin/sdxl-vae-fp16-fix", "finetune", "stabilityai/sdxl-vae"),
    ("manycore-research/SpatialLM-Llama-1B", "finetune", "meta-llama/Llama-3.2-1B-Instruct"),
    ("microsoft/OmniParser-v2.0", "finetune", "Ultralytics/YOLOv8"),
    ("microsoft/OmniParser-v2.0", "finetune", "microsoft/Florence-2-base"),
    ("microsoft/VibeVoice-1.5B", "finetune", "Qwen/Qwen2.5-1.5B"),
    ("microsoft/VibeVoice-Realtime-0.5B", "finetune", "Qwen/Qwen2.5-0.5B"),
    ("mistralai/Magistral-Small-2506", "finetune", "mistralai/Mistral-Small-3.1-24B-Instruct-2503"),
    ("mistralai/Mistral-7B-Instruct-v0.1", "finetune", "mistralai/Mistral-7B-v0.1"),
    ("mistralai/Mistral-7B-Instruct-v0.2", "finetune", "mistral-community/Mistral-7B-v0.2"),
    ("mistralai/Mistral-7B-Instruct-v0.3", "finetune", "mistralai/Mistral-7B-v0.3"),
    ("mistralai/Mistral-7B-v0.3", "finetune", "mistral-community/Mistral-7B-v0.2"),
    (
        "mistralai/Mistral-Small-3.1-24B-Instruct-2503",
        "finetune",
        "mistralai/Mistral-Small-3.1-24B-Base-2503",
    ),
    ("moka-ai/m3e-base", "finetune", "hfl/chinese-roberta-wwm-ext"),
    ("nitrosocke/mo-di-diffusion", "finetune", "stable-diffusion-v1-5/stable-diffusion-v1-5"),
    ("nomic-ai/nomic-embed-text-v1", "finetune", "nomic-ai/nomic-bert-2048"),
    ("nomic-ai/nomic-embed-text-v1.5", "finetune", "nomic-ai/nomic-bert-2048"),
    ("nvidia/Llama-3.1-Nemotron-70B-Instruct", "finetune", "meta-llama/Llama-3.1-70B-Instruct"),
    ("nvidia/NVLM-D-72B", "finetune", "OpenGVLab/InternViT-6B-448px-V1-5"),
    ("nvidia/NVLM-D-72B", "finetune", "Qwen/Qwen2-72B-Instruct"),
    ("openbmb/VoxCPM-0.5B", "finetune", "openbmb/MiniCPM4-0.5B"),
    ("sentence-transformers/all-MiniLM-L6-v2", "finetune", "nreimers/MiniLM-L6-H384-uncased"),
    ("shibing624/text2vec-base-chinese", "finetune", "hfl/chinese-macbert-base"),
    ("stable-diffusion-v1-5/stable-diffusion-v1-5", "finetune", "CompVis/stable-diffusion-v1-2"),
    ("stable-diffusion-v1-5/stable-diffusion-v1-5", "mirror", "ruwnayml/stable-diffusion-v1-5"),
    ("tiiuae/falcon-40b-instruct", "finetune", "tiiuae/falcon-40b"),
    ("tiiuae/falcon-7b-instruct", "finetune", "tiiuae/falcon-7b"),
    ("togethercomputer/GPT-NeoXT-Chat-Base-20B", "finetune", "EleutherAI/gpt-neox-20b"),
    ("vrgamedevgirl84/Wan14BT2VFusioniX", "merge", "ZuluVision/MoviiGen1.1"),
    ("vrgamedevgirl84/Wan14BT2VFusioniX", "merge", "alibaba-pai/Wan2.1-Fun-Reward-LoRAs"),
    ("zai-org/GLM-4.1V-9B-Thinking", "finetune", "zai-org/GLM-4-9B-0414"),
}
pytestmark = pytest.mark.shared


def records(shared: Path) -> Iterator[HubRecord]:
    kept_back = {label["id"] for label in labels(DRAWN_LABELS)}
    with gzip.open(shared / "hub" / "cards.jsonl.gz", "rt", encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            if told["id"] not in kept_back:
                yield read(
                    {"id": told["id"], "files": {"README.md": told["readme"]}}, lambda _: None
                )


def test_the_claims_of_real_cards_are_those_that_were_read(shared: Path) -> None:
    made = {
        (c.child, c.relation.value, c.parent) for r in records(shared) for c in card_prose.claims(r)
    }
    assert made == READ
