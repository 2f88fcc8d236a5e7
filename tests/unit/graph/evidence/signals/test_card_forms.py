"""Templates, labels, lists, headings and tables in which cards name their parents, or none.

The forms are those of the tools that write cards; the words are our own.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue.model import Strength
from graph.evidence.features import prose
from graph.evidence.record import HubRecord, read
from graph.evidence.signals import card_prose

HUB = "https://huggingface.co"

# The repository, its card, and what it claims.
CARDS: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("acme/Llama-3-8B-v2", "This model is a fine-tuned version of [Llama-3-8B](%s/meta-llama/Meta-Llama-3-8B) on an unknown dataset.", [("finetune", "meta-llama/Meta-Llama-3-8B")]),  # noqa: E501
    ("acme/SEA-Guard-12B", "- **Finetuned from model:** [Gemma 3 12B IT](%s/google/gemma-3-12b-it)\n", [("finetune", "google/gemma-3-12b-it")]),  # noqa: E501
    ("acme/Tutor-8B", "This is a fine-tuned Llama-3.1-8B model for schools.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "Base Model: [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B)", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "**Base model:** meta-llama/Llama-3.1-8B", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "- **Base Model**: `meta-llama/Llama-3.1-8B`", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "* Base model - [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B)", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "## Base model: Llama-3.1-8B\n\nText.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "## Base model\n\n[Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B)\n", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "### Base Models\n\n* [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B)\n* [Base](%s/acme/Base-7B)\n", [("finetune", "acme/Base-7B"), ("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "# Fine-tuned Llama 3.1 8B\n\nhello", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "| Base model | Llama-3.1-8B |\n|---|---|\n| License | x |", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "| | |\n|---|---|\n| **Base model** | [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B) |\n| License | x |", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "| Model | Base Model | Size |\n|---|---|---|\n| Tutor-8B | [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B) | 8B |\n| Tutor-70B | [x](%s/meta-llama/Llama-3.1-70B) | 70B |", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "| Base Model | License |\n|---|---|\n| [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B) | mit |", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "| Base Model | MMLU |\n|---|---|\n| [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B) | 66.1 |", []),  # noqa: E501
    ("acme/Tutor-8B", "<table><tr><th>Base model</th><td><a href=\"%s/acme/Base-7B\">Base</a></td></tr></table>", [("finetune", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "<table>\n<tr>\n<td>Base model</td>\n<td><a href=\"%s/acme/Base-7B\">Base</a></td>\n</tr>\n</table>", [("finetune", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "<ul>\n<li><b>Base model:</b> <a href='%s/acme/Base-7B'>Base</a></li>\n<li>x</li></ul>", [("finetune", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "Original model: [Base](%s/acme/Base-7B)", [("finetune", "acme/Base-7B")]),
    ("acme/Tutor-8B-GGUF", "Original model: %s/acme2/Tutor-8B", [("quantized", "acme2/Tutor-8B")]),
    ("bartowski/Tutor-8B-GGUF", "## Llamacpp imatrix Quantizations of Tutor-8B\n\nUsing <a href=\"https://github.com/ggerganov/llama.cpp/\">llama.cpp</a> release b3259 for quantization.\n\nOriginal model: %s/acme2/Tutor-8B\n\nAll quants made using imatrix option with dataset from [here](https://gist.github.com/x)", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("mradermacher/Tutor-8B-i1-GGUF", "## About\n\n<!-- ### quantize_version: 2 -->\n<!-- ### output_tensor_quantised: 1 -->\nweighted/imatrix quants of %s/acme2/Tutor-8B\n\n<!-- provided-files -->\nstatic quants are available at %s/mradermacher/Tutor-8B-GGUF\n", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("mradermacher/Tutor-8B-GGUF", "static quants of %s/acme2/Tutor-8B\n\n<!-- provided-files -->\nweighted/imatrix quants are available at %s/mradermacher/Tutor-8B-i1-GGUF\n", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("TheBloke/Llama-2-13B-Ensemble-v5-GPTQ", "# Llama 2 13B Ensemble v5 - GPTQ\n- Model creator: [yeontaek](%s/yeontaek)\n- Original model: [Llama 2 13B Ensemble v5](%s/yeontaek/llama-2-13B-ensemble-v5)\n\n## Description\n\nThis repo contains GPTQ model files for [yeontaek's Llama 2 13B Ensemble v5](%s/yeontaek/llama-2-13B-ensemble-v5).\n\n## Repositories available\n\n* [GPTQ models for GPU inference, with multiple quantisation parameter options.](%s/TheBloke/Llama-2-13B-Ensemble-v5-GPTQ)\n* [yeontaek's original unquantised fp16 model in pytorch format](%s/yeontaek/llama-2-13B-ensemble-v5)\n", [("quantized", "yeontaek/llama-2-13B-ensemble-v5")]),  # noqa: E501
    ("MaziyarPanahi/Tutor-8B-GGUF", "# [MaziyarPanahi/Tutor-8B-GGUF](%s/MaziyarPanahi/Tutor-8B-GGUF)\n- Model creator: [acme2](%s/acme2)\n- Original model: [acme2/Tutor-8B](%s/acme2/Tutor-8B)\n\n## Description\n[MaziyarPanahi/Tutor-8B-GGUF](%s/MaziyarPanahi/Tutor-8B-GGUF) contains GGUF format model files for [acme2/Tutor-8B](%s/acme2/Tutor-8B).\n", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("lmstudio-community/Tutor-8B-GGUF", "## 💫 Community Model> Tutor 8B by Acme\n\n**Model creator:** [acme2](%s/acme2)<br>\n**Original model**: [Tutor-8B](%s/acme2/Tutor-8B)<br>\n**GGUF quantization:** provided by [bartowski](%s/bartowski) based on `llama.cpp` release [b4381](https://github.com/x)<br>\n", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("QuantFactory/Tutor-8B-GGUF", "# QuantFactory/Tutor-8B-GGUF\nThis is quantized version of [acme2/Tutor-8B](%s/acme2/Tutor-8B) created using llama.cpp\n\n# Original Model Card\n\nTutor is based on Llama-3.1-8B.", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("RichardErkhov/acme2_-_Tutor-8B-gguf", "Quantization made by Richard Erkhov.\n\n[Github](https://github.com/RichardErkhov)\n\nTutor-8B - GGUF\n- Model creator: %s/acme2/\n- Original model: %s/acme2/Tutor-8B/\n\n| Name | Quant method | Size |\n| ---- | ---- | ---- |\n| [x.Q2_K.gguf](%s/RichardErkhov/x/blob/main/x.Q2_K.gguf) | Q2_K | 2.5GB |\n\nOriginal model description:\n---\nlicense: mit\n---\nThis is a fine-tuned version of Llama-3.1-8B.", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("second-state/Tutor-8B-GGUF", "# Tutor-8B-GGUF\n\n## Original Model\n\n[acme2/Tutor-8B](%s/acme2/Tutor-8B)\n\n## Run with LlamaEdge\n", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("mlx-community/Tutor-8B-4bit", "# mlx-community/Tutor-8B-4bit\n\nThe Model [mlx-community/Tutor-8B-4bit](%s/mlx-community/Tutor-8B-4bit) was converted to MLX format from [acme2/Tutor-8B](%s/acme2/Tutor-8B) using mlx-lm version **0.13.0**.", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("mlx-community/Tutor-8B-4bit", "This model was converted to MLX format from [`acme2/Tutor-8B`]() using mlx-vlm.\nRefer to the [original model card](%s/acme2/Tutor-8B) for more details on the model.", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("acme/Tutor-8B-Q4_K_M-GGUF", "# acme/Tutor-8B-Q4_K_M-GGUF\nThis model was converted to GGUF format from [`acme2/Tutor-8B`](%s/acme2/Tutor-8B) using llama.cpp via the ggml.ai's [GGUF-my-repo](%s/spaces/ggml-org/gguf-my-repo) space.", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("neuralmagic/Tutor-8B-FP8", "# Tutor-8B-FP8\n\n## Model Overview\n- **Model Architecture:** Llama-3\n- **Model Optimizations:**\n  - **Weight quantization:** FP8\n\nQuantized version of [Tutor-8B](%s/acme2/Tutor-8B).\nIt achieves an average score of 68.", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("neuralmagic/Tutor-8B-FP8", "### Model Optimizations\n\nThis model was obtained by quantizing the weights and activations of [Tutor-8B](%s/acme2/Tutor-8B) to FP8 data type, ready for inference.", [("quantized", "acme2/Tutor-8B")]),  # noqa: E501
    ("acme/mymodel", "# Uploaded  model\n\n- **Developed by:** acme\n- **License:** apache-2.0\n- **Finetuned from model :** unsloth/llama-3-8b-bnb-4bit\n\nThis llama model was trained 2x faster with [Unsloth](https://github.com/unslothai/unsloth) and Huggingface's TRL library.", [("finetune", "unsloth/llama-3-8b-bnb-4bit")]),  # noqa: E501
    ("acme/x-gguf", "Fork of %s/bartowski/Meta-Llama-3.1-8B-Instruct-GGUF\n", [("mirror", "bartowski/Meta-Llama-3.1-8B-Instruct-GGUF")]),  # noqa: E501
    ("acme/Tutor-8B", "This is a fork of [Base](%s/acme/Base-7B)", [("mirror", "acme/Base-7B")]),
    ("acme/Tutor-8B", "Copied from acme/Base-7B.", [("mirror", "acme/Base-7B")]),
    ("acme/Tutor-8B", "A clone of [Base](%s/acme/Base-7B).", [("mirror", "acme/Base-7B")]),
    ("acme/Tutor-8B", "Re-upload of [Base](%s/acme/Base-7B) without gating.", [("mirror", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "This repository is a mirror of [Base](%s/acme/Base-7B)", [("mirror", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "This model was pruned from Llama-3.1-8B.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "Abliterated version of [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B)", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "This is an uncensored version of [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B) created with abliteration.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "# This is a decensored version of [Base](%s/acme/Base-7B), made using Heretic v1.0", [("finetune", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "This is a heretic version of [Base](%s/acme/Base-7B)", [("finetune", "acme/Base-7B")]),  # noqa: E501
    ("acme/sea-lion-v2", "SEA-LION version 2, released in July 2024, has been continued-pretrained on top of the Llama 3 8B Instruct model that is 8 billion parameters in size.", [("finetune", "meta-llama/Meta-Llama-3-8B-Instruct")]),  # noqa: E501
    ("acme/Tutor-8B", "The model was initialised from [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B).", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "Tutor was trained from Llama-3.1-8B on lessons.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "Starting from [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B), we train on lessons.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "We fine-tune Llama-3.1-8B on 10k lessons.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "SFT of Llama-3.1-8B on lessons", [("finetune", "meta-llama/Llama-3.1-8B")]),
    ("acme/Tutor-8B", "We trained it using Llama-3.1-8B as the base model.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "It uses [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B) as its backbone.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "Backbone: Llama-3.1-8B", [("finetune", "meta-llama/Llama-3.1-8B")]),
    ("acme/Tutor-8B", "- LLM: [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B) for this release.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "Language model: [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B)", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Llama-3-Teal-2x8B-MoE", "This is a experimental MoE created from [meta-llama/Meta-Llama-3-8B-Instruct](%s/meta-llama/Meta-Llama-3-8B-Instruct) and [nvidia/Llama3-ChatQA-1.5-8B](%s/nvidia/Llama3-ChatQA-1.5-8B) using Mergekit.", [("merge", "meta-llama/Meta-Llama-3-8B-Instruct"), ("merge", "nvidia/Llama3-ChatQA-1.5-8B")]),  # noqa: E501
    ("acme/merged", "# merged\n\nThis is a merge of pre-trained language models created using [mergekit](https://github.com/cg123/mergekit).\n\n## Merge Details\n### Merge Method\n\nThis model was merged using the [TIES](https://arxiv.org/abs/2306.01708) merge method using [NousResearch/Llama-2-13b](%s/NousResearch/Llama-2-13b) as a base.\n\n### Models Merged\n\nThe following models were included in the merge:\n* [WizardLM/WizardMath-13B-V1.0](%s/WizardLM/WizardMath-13B-V1.0)\n* [codellama/CodeLlama-13b-hf](%s/codellama/CodeLlama-13b-hf)\n\n### Configuration\n\n```yaml\nmodels:\n  - model: x/y-7B\n```\n", [("merge", "NousResearch/Llama-2-13b"), ("merge", "WizardLM/WizardMath-13B-V1.0"), ("merge", "codellama/CodeLlama-13b-hf")]),  # noqa: E501
    ("acme/Monarch-7B", "# Monarch-7B\n\nMonarch-7B is a merge of the following models using [LazyMergekit](https://colab.research.google.com/drive/x):\n* [acme/One-7B](%s/acme/One-7B)\n* [acme/Two-7B](%s/acme/Two-7B)\n\n## Configuration\n", [("merge", "acme/One-7B"), ("merge", "acme/Two-7B")]),  # noqa: E501
    ("acme/Beyonder-4x7B", "# Beyonder-4x7B\n\nBeyonder-4x7B is a Mixture of Experts (MoE) made with the following models using [LazyMergekit](https://colab.x):\n* [acme/One-7B](%s/acme/One-7B)\n* [acme/Two-7B](%s/acme/Two-7B)\n", [("merge", "acme/One-7B"), ("merge", "acme/Two-7B")]),  # noqa: E501
    ("acme/ultravox-v0_6-llama-3_1-8b", "Ultravox is a multimodal Speech LLM built around a pretrained LLM (Llama, Gemma, Qwen, etc).", []),  # noqa: E501
    ("acme/ultravox-v0_5-llama-3_1-8b", "Ultravox is a multimodal Speech LLM built around a pretrained [Llama3.1-8B-Instruct](%s/meta-llama/Meta-Llama-3.1-8B-Instruct) and [whisper-large-v3-turbo](%s/openai/whisper-large-v3-turbo) backbone.", [("finetune", "meta-llama/Meta-Llama-3.1-8B-Instruct"), ("finetune", "openai/whisper-large-v3-turbo")]),  # noqa: E501
    ("acme/Tutor-8B", "This model was trained on medical data and is based on [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B).", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "This model extends Llama-3.1-8B's context length to 1M.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "Tutor-8B is a Llama-3.1-8B-Instruct finetune for schools.", [("finetune", "meta-llama/Llama-3.1-8B-Instruct")]),  # noqa: E501
    ("acme/Tutor-8B", "This is a [Llama-3.1-8B-Instruct](%s/meta-llama/Llama-3.1-8B-Instruct) LoRA.", [("adapter", "meta-llama/Llama-3.1-8B-Instruct")]),  # noqa: E501
    ("acme/Tutor-8B", "A Llama-3.1-8B-based model for schools.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "The base model is [Llama 3.1 8B](%s/meta-llama/Llama-3.1-8B).", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "Its base model is Llama-3.1-8B.", [("finetune", "meta-llama/Llama-3.1-8B")]),
    ("acme/Tutor-8B", "This model was obtained by fine-tuning Llama-3.1-8B on lessons.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "Tutor-8B was created by further training [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B) on lessons.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "This repo contains [Base](%s/acme/Base-7B) quantized with AutoAWQ.", [("quantized", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "This repository contains [Base](%s/acme/Base-7B) in GGUF format.", [("quantized", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "BF16 conversion of [Base](%s/acme/Base-7B).", [("mirror", "acme/Base-7B")]),
    ("acme/Tutor-8B", "Tutor-8B is a DPO fine-tune of [Base](%s/acme/Base-7B).", [("finetune", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "Fine-tuned from Llama 3.1 8B (%s/meta-llama/Llama-3.1-8B) on lessons.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "Finetuned from <%s/acme/Base-7B>.", [("finetune", "acme/Base-7B")]),
    ("acme/Tutor-8B", "Fine-tuned from huggingface.co/acme/Base-7B with TRL.", [("finetune", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "It is based on [Base](/acme/Base-7B).", [("finetune", "acme/Base-7B")]),
    ("acme/Tutor-8B", "<p align=center>Base model: <a href=\"%s/acme/Base-7B\"><code>Base-7B</code></a></p>", [("finetune", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "The Tutor-8B model, a fine-tuned version of [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B), speaks Czech.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "## Model Details\n\nTutor-8B-Chat is our model.\n\nThis model is a LoRA adapter for [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B) and not merged.", [("adapter", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "Tutor-8B is an LLM for schools. It builds upon Meta's Llama-3.1-8B.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "This model builds on the Llama-3.1-8B architecture.", []),
    ("acme/Tutor-8B", "The backbone is initialized from [Llama-3.1-8B](%s/meta-llama/Llama-3.1-8B).", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "Upcycled from Llama-3.1-8B.", [("finetune", "meta-llama/Llama-3.1-8B")]),
    ("acme/Tutor-8B", "Tutor-8B is an upscaled Llama-3.1-8B.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "This is [acme/Base-7B](%s/acme/Base-7B) with orthogonalized bfloat16 weights.", [("finetune", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "Tutors are Llama-3.1-8B models fine-tuned on lessons.", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "The teachers are Llama-3.1-8B models fine-tuned on lessons.", []),
    ("acme/Tutor-8B", "Llama-3.1-8B finetune for schools", [("finetune", "meta-llama/Llama-3.1-8B")]),  # noqa: E501
    ("acme/Tutor-8B", "How to: Llama-3.1-8B finetune", []),
    ("acme/Tutor-8B", "Base model [Base](%s/acme/Base-7B)", [("finetune", "acme/Base-7B")]),
    ("acme/Tutor-8B", "Converted from %s/acme/Base-7B to HF format.", [("mirror", "acme/Base-7B")]),
    ("acme/Tutor-8B", "Converted from %s/acme/Base-7B to GGUF.", [("quantized", "acme/Base-7B")]),
    ("acme/Tutor-exl2", "Exllama v2 quants of %s/acme/Base-7B at 6.5bpw", [("quantized", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "Trained on outputs of Llama-3.1-70B-Instruct.", [("distilled", "meta-llama/Llama-3.1-70B-Instruct")]),  # noqa: E501
    ("acme/Tutor-8B", "Reward model trained from acme/Base-7B.", [("finetune", "acme/Base-7B")]),
    ("acme/Tutor-8B", "Every model trained from acme/Base-7B is listed.", []),
    ("acme/Tutor-8B", "Any LLM based on acme/Base-7B can be used.", []),
    ("acme/Tutor-8B", "We release Tutor, an acme/Base-7B model instruction-tuned on lessons.", [("finetune", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "We use Judge, an acme/Base-7B model fine-tuned on verdicts.", []),
    ("acme/Tutor-8B", "%s/acme/Base-7B with ONNX weights for browsers.", [("quantized", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "acme/Base-7B converted to Hugging Face format.", [("mirror", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "This contains the weights for the acme/Base-7B model.", [("mirror", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "This contains the weights for the acme/Base-7B demo.", []),
    ("acme/Tutor-8B", "Official AQLM quantization of [Base](%s/acme/Base-7B).", [("quantized", "acme/Base-7B")]),  # noqa: E501
    ("acme/Tutor-8B", "Tutor outperforms fine-tuned Llama-3.1-8B.", []),
    ("acme/Tutor-8B", "We compare with the fine-tuned Llama-3.1-8B model.", []),
    ("acme/Tutor-8B", "We fine-tuned Llama-3.1-8B, Mistral-7B-v0.1 and gemma-2-9b as baselines.", []),  # noqa: E501
    ("acme/Tutor-8B", "Models like Llama-3.1-8B fine-tuned on code are common.", []),
    ("acme/Tutor-8B", "It has the same architecture as Llama-3.1-8B.", []),
    ("acme/Tutor-8B", "The tokenizer is Llama-3.1-8B's.", []),
    ("acme/Tutor-8B", "Evaluated against Llama-3.1-8B fine-tuned on lessons.", []),
    ("acme/Tutor-8B", "```python\n# fine-tuned from Llama-3.1-8B\n```\n", []),
    ("acme/Tutor-8B", "Trained with [LLaMA-Factory](https://github.com/hiyouga/LLaMA-Factory).", []),  # noqa: E501
    ("acme/Tutor-8B", "## Other models\n\n* [Tutor-70B](%s/acme/Tutor-70B): fine-tuned from [x](%s/meta-llama/Llama-3.1-70B)", []),  # noqa: E501
    ("acme/Tutor-8B", "| Model | Score |\n|---|---|\n| Tutor-8B | 70 |\n| Llama-3.1-8B | 60 |", []),
    ("acme/Tutor-8B", "## Quantized versions\n\n- [GGUF](%s/bartowski/Tutor-8B-GGUF)\n- [AWQ](%s/x/Tutor-8B-AWQ)", []),  # noqa: E501
    ("acme/Tutor-8B", "GGUF quants of [Tutor-8B](%s/bartowski/Tutor-8B-GGUF)", []),
    ("acme/Tutor-8B", "This model is fine-tuned on outputs of Llama-3.1-70B-Instruct.", [("distilled", "meta-llama/Llama-3.1-70B-Instruct")]),  # noqa: E501
    ("acme/Tutor-8B", "It was trained on Llama-3.1-70B-Instruct outputs.", []),
    ("acme/Tutor-8B", "Uses the Llama-3.1-8B-Instruct prompt format.", []),
    ("acme/Tutor-8B", "## Fine-tuning Llama-3.1-8B\n\nYou can do it.", []),
    ("acme/Tutor-8B", "Adapters and finetunes of this model:\n- [X](%s/acme/X-7B)", []),
    ("acme/Tutor-8B", "Text encoder: [T5](%s/google/t5-v1_1-xxl)", []),
    ("acme/Tutor-8B", "Teacher evaluation is judged by Llama-3.1-70B-Instruct.", []),
]  # fmt: skip
FAMILIES = [
    ("acme/mega-13B", "Mega is a Llama 13B model fine-tuned on the ShareGPT, WizardLM, and Wizard-Vicuna datasets.", ()),  # noqa: E501
    ("TheBloke/wizard-mega-13B-GPTQ", "Wizard Mega is a Llama 13B model fine-tuned on the ShareGPT, WizardLM, and Wizard-Vicuna datasets.", ()),  # noqa: E501
    ("acme/Guanaco", "Guanaco is an advanced instruction-following language model built on Meta's LLaMA 7B model.", ()),  # noqa: E501
    ("acme/Sheared-LLaMA-2.7B-GGUF", "**License**: Must comply with license of Llama2 since it's a model derived from Llama2.\n\nSheared-LLaMA-2.7B is a model pruned and further pre-trained from [meta-llama/Llama-2-7b-hf](%s/meta-llama/Llama-2-7b-hf).\n", ("llama-2",)),  # noqa: E501
]  # fmt: skip


def record(card: str, repo: str) -> HubRecord:
    return read({"id": repo, "files": {"README.md": card.replace("%s", HUB)}}, lambda _: None)


@pytest.mark.parametrize(("repo", "card", "claims"), CARDS)
def test_a_card_claims_the_parents_that_it_names(
    repo: str, card: str, claims: list[tuple[str, str]]
) -> None:
    found = [*card_prose.claims(record(card, repo))]
    assert sorted((c.relation.value, c.parent) for c in found) == claims
    assert all(c.strength is Strength.STATED for c in found)


@pytest.mark.parametrize(("repo", "card", "families"), FAMILIES)
def test_a_family_in_words_is_a_clue_also_where_a_copy_repeats_its_originals_card(
    repo: str, card: str, families: tuple[str, ...]
) -> None:
    made = record(card, repo)
    assert list(card_prose.claims(made)) == []
    found = {(f.kind, f.families) for f in prose.features(made)}
    assert ("card-llama-family", families) in found


def test_the_notice_of_a_licence_speaks_of_its_version() -> None:
    card = "Llama 2 is licensed under the LLAMA 2 Community License, Copyright (c) Meta."
    (found,) = prose.features(record(card, "acme/Tutor-7B"))
    assert (found.kind, found.families) == ("card-notice", ("llama-2",))


@pytest.mark.parametrize(
    ("card", "kinds"),
    [
        ("This model is released under the Llama 3.1 Community License.", {"card-licensed"}),
        ("**License:** [Llama 3.1 Community License](https://x)", {"card-licensed"}),
        ("The data set is released under the Llama 3.1 Community License.", set()),
        ("Answers that are governed by the Llama 3.1 Community License.", set()),
        ("If you use it, the model is licensed under the Llama 3.1 Community License.", set()),
    ],
)
def test_a_card_that_puts_the_model_under_a_llamas_licence_speaks_of_its_version(
    card: str, kinds: set[str]
) -> None:
    found = list(prose.features(record(card, "acme/Tutor-8B")))
    assert {f.kind for f in found} == kinds
    assert all(f.families == ("llama-3.1",) for f in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "We did not fine-tune Llama-3.1-8B.",
        "We plan to fine-tune Llama-3.1-8B next.",
        "Our earlier Tutor-1 was based on Llama-3.1-8B; this one was trained from scratch.",
        "Baselines: Llama-3.1-8B fine-tuned on the same data reaches 71.",
        "The copy of the Llama 2 Community License is in this folder.",
        "Tutor-8B is fine-tuned with answers in the style of the Llama-3.1-8B format.",
    ],
)
def test_what_is_denied_planned_or_compared_is_no_parent(sentence: str) -> None:
    assert list(card_prose.claims(record(sentence, "acme/Tutor-8B"))) == []


def test_a_maker_leaves_its_own_name_away() -> None:
    card = "Tutor-8B-Chat is trained from Tutor-8B-Base, not from Tutor-70B-Base."
    (claim,) = card_prose.claims(record(card, "acme/Tutor-8B-Chat"))
    assert claim.parent == "acme/Tutor-8B-Base"


# fmt: off
PARTS = st.sampled_from([
    "Base model: ", "| Base model | ", "|---|---|\n", "| x | y |\n", "# ", "\n", "\n\n", "- ",
    "```", "<tr><td>", "</td></tr>", "<li>", "merge of the following models:\n", "Llama-3.1-8B",
    "a/b-7B ", "was fine-tuned on ", "using ", " as the base ", "quants of ", "We ", "this is ",
    ": ", "\ue000", "\ue002", "İ", f"[X]({HUB}/a/b-7B)", f"{HUB}/a/b-7B ",
])
HOSTILE = [
    "| Base model | x |\n", "|", "<tr><td>", "# Base model\n", "- merge of these models:\n", "<li>",
    "Base model: ", "this is a ", "using a as ", "we fine-tuned ", f"[a]({HUB}/a/b) and ",
    "\n| a |",
]
# fmt: on


@settings(deadline=None)
@given(st.one_of(st.text(max_size=1000), st.lists(PARTS, max_size=80).map("".join)))
def test_any_card_is_read_and_states_at_most(card: str) -> None:
    made = record(card, "acme/Tutor-8B")
    assert all(c.strength is Strength.STATED for c in card_prose.claims(made))
    list(prose.features(made))


@pytest.mark.parametrize("part", HOSTILE)
def test_a_hostile_form_takes_no_time(part: str) -> None:
    made = record((part * 250_000)[:250_000], "acme/Tutor-8B")
    list(card_prose.claims(record("based on Llama-3.1-8B", "acme/x")))  # the facts are read once
    started = time.process_time()
    list(card_prose.claims(made))
    assert time.process_time() - started < 1
