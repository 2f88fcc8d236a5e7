"""Tags that speak of a family: the model type that the Hub takes from the config, and words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.evidence.features import grammar, size
from graph.evidence.inference import Clue
from graph.evidence.record import HubRecord

_LLAMA_TYPES = {
    "llama": (),
    "mllama": ("llama-3.2",),
    "llama4": ("llama-4",),
    "llama4_text": ("llama-4",),
}
_OTHER_TYPES = re.compile(
    r"(qwen|gemma|mistral|mixtral|ministral|phi|deepseek|glm|chatglm|kimi|nemotron|granite|olmo|falcon|"
    r"cohere|gpt2|gpt_neox|gptj|gpt_oss|bert|roberta|distilbert|t5|mt5|bart|whisper|wav2vec|vit|clip|"
    r"bloom|mpt|stablelm|internlm|baichuan|rwkv|mamba|lfm|smollm|minimax|exaone|starcoder|opt|"
    r"muse|xlm|electra|deberta|siglip|florence|vits|speecht5|hunyuan|ernie|seed_oss|apertus|step|mimo)"
    r"[a-z0-9_]*"
)
_TOOLS = {"unsloth", "trl", "peft", "axolotl", "llama-factory"}  # that train upon a base
_ADAPTER = {"peft", "lora", "trl"}  # of what has no weights of its own: its base is to be told
_OWN_TRAINING = {"pretraining", "from-scratch", "babylm", "maxtext", "torchtitan", "pretrained"}
_PLACEHOLDERS = ("base_model:", "dataset:", "license:", "region:", "arxiv:", "doi:", "language:")


def clues(record: HubRecord) -> Iterator[Clue]:
    """Yield clues of the tags."""
    lowered = {tag.lower() for tag in record.tags or ()}
    trained = _TOOLS & lowered
    if _ADAPTER & lowered and not size.total_of(record):
        yield Clue("tag-adapter", "tags", ", ".join(sorted(_ADAPTER & lowered)))
    for tag in record.tags or ():
        low = tag.lower()
        if low.startswith(_PLACEHOLDERS):
            continue
        if low in _LLAMA_TYPES:
            kind = "tag-type-llama" if low == "llama" else "tag-type-llama-own"
            yield Clue(kind, "tags", tag, _LLAMA_TYPES[low])
            if low == "llama" and trained:
                value = f"{tag}, {', '.join(sorted(trained))}"
                yield Clue("tag-type-llama-tuned", "tags", value)
                if not size.total_of(record):
                    yield Clue("tag-type-llama-adapter", "tags", value)
        elif low in _OWN_TRAINING:
            yield Clue("tag-own-training", "tags", tag)
        elif _OTHER_TYPES.fullmatch(low):
            yield Clue("tag-type-rival", "tags", tag)
        else:
            yield from _worded(tag)


def _worded(tag: str) -> Iterator[Clue]:
    for word in grammar.words(tag):
        if word.role != "weights":
            continue
        if not word.llama:
            yield Clue("tag-word-rival", "tags", tag)
        elif word.family != grammar.LLAMA:
            yield Clue("tag-word-version", "tags", tag, (word.family,))
        else:
            yield Clue("tag-word-llama", "tags", tag)
