"""The config: architecture, and the dimensions that the rosters' models have.

A list gives architecture and model type; dimensions stand in the file alone, which a snapshot or a
planned release may bring and a crawl does not fetch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from graph.evidence.inference import Clue
from graph.evidence.record import HubRecord

MAX_CONFIG = 1 << 18
LLAMA = ("LlamaForCausalLM", "LlamaModel", "LLaMAForCausalLM", "LlamaForSequenceClassification")
OWN = {
    "MllamaForConditionalGeneration": ("llama-3.2",),
    "Llama4ForConditionalGeneration": ("llama-4",),
    "Llama4ForCausalLM": ("llama-4",),
}
MODEL_TYPES = {"mllama": ("llama-3.2",), "llama4": ("llama-4",), "llama4_text": ("llama-4",)}
# (hidden size, layers, heads, key-value heads) of the official models.
DIMENSIONS: dict[tuple[int, int, int, int], tuple[str, ...]] = {
    (4096, 32, 32, 8): ("llama-3", "llama-3.1"),
    (8192, 80, 64, 8): ("llama-3", "llama-3.1", "llama-3.3", "llama-2"),
    (16384, 126, 128, 8): ("llama-3.1",),
    (2048, 16, 32, 8): ("llama-3.2",),
    (3072, 28, 24, 8): ("llama-3.2",),
    (4096, 32, 32, 32): ("llama-2", "llama-1", "code-llama"),
    (5120, 40, 40, 40): ("llama-2", "llama-1", "code-llama"),
    (6656, 60, 52, 52): ("llama-1",),
    (8192, 80, 64, 64): ("llama-1",),
    (8192, 48, 64, 8): ("code-llama",),
}
LLAMA_3_VOCABULARY = range(128_256, 128_400)


def config_of(record: HubRecord) -> dict[str, Any]:
    """Return the config that a record brings: what the list gave of it, and its file over that."""
    told = record.raw.get("config")
    listed = told if isinstance(told, dict) else {}
    text = record.files.get("config.json")
    if text and len(text) <= MAX_CONFIG:
        try:
            told = orjson.loads(text)
        except orjson.JSONDecodeError:
            told = None
        if isinstance(told, dict):
            return {**listed, **told}
    return listed


def clues(record: HubRecord) -> Iterator[Clue]:
    """Yield clues of the architecture and of the dimensions."""
    yield from _by_gguf(record)
    config = config_of(record)
    named = config.get("architectures")
    architecture = (
        named[0] if isinstance(named, list) and named and isinstance(named[0], str) else None
    )
    if architecture in OWN:
        yield Clue(
            "architecture-llama-own", "config.architectures", architecture, OWN[architecture]
        )
    elif architecture in LLAMA:
        yield Clue("architecture-llama", "config.architectures", architecture)
        yield from _dimensions(config)
    elif architecture and architecture != "?":
        yield Clue("architecture-rival", "config.architectures", architecture)
    elif isinstance(kind := config.get("model_type"), str):
        yield from _by_model_type(kind, config)


def _by_gguf(record: HubRecord) -> Iterator[Clue]:
    """Read a GGUF's head; llama.cpp calls Mistral and many others "llama" too."""
    gguf = record.raw.get("gguf")
    kind = gguf.get("architecture") if isinstance(gguf, dict) else None
    if not isinstance(kind, str):
        return
    if kind in MODEL_TYPES:
        yield Clue("architecture-llama-own", "gguf.architecture", kind, MODEL_TYPES[kind])
    elif kind == "llama":
        yield Clue("gguf-llama", "gguf.architecture", kind)
    else:
        yield Clue("architecture-rival", "gguf.architecture", kind)


def _by_model_type(kind: str, config: Mapping[str, Any]) -> Iterator[Clue]:
    """Read a config that names no architecture."""
    if kind == "llama":
        yield Clue("architecture-llama", "config.model_type", kind)
        yield from _dimensions(config)
    elif kind in MODEL_TYPES:
        yield Clue("architecture-llama-own", "config.model_type", kind, MODEL_TYPES[kind])
    elif kind != "unknown":
        yield Clue("architecture-rival", "config.model_type", kind)


def _dimensions(config: Mapping[str, Any]) -> Iterator[Clue]:
    names = ("hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads")
    told = [config.get(name) for name in names]
    if told[3] is None:
        told[3] = told[2]
    if not all(type(number) is int for number in told):
        return
    value = "/".join(map(str, told))
    families = DIMENSIONS.get((told[0], told[1], told[2], told[3]))  # type: ignore[arg-type]  # ints, as just checked
    vocabulary = config.get("vocab_size")
    third = type(vocabulary) is int and vocabulary in LLAMA_3_VOCABULARY
    if not families:
        yield Clue("dimensions-other", "config", value)
    elif third:
        yield Clue(
            "dimensions-llama-3", "config", f"{value}/{vocabulary}", _by_rope(config, families)
        )
    elif vocabulary is None or 32_000 <= vocabulary <= 32_100:
        yield Clue("dimensions-llama", "config", f"{value}/{vocabulary}", families)
    else:
        yield Clue("dimensions-llama-other-vocabulary", "config", f"{value}/{vocabulary}", families)


def _by_rope(config: Mapping[str, Any], families: tuple[str, ...]) -> tuple[str, ...]:
    """Narrow the versions by rope scaling: none in Llama 3, factor 8 in 3.1 and 3.3, 32 in 3.2.

    Newer files write ``rope_parameters``.
    """
    rope = config.get("rope_scaling", config.get("rope_parameters"))
    if isinstance(rope, dict) and "llama3" in (rope.get("rope_type"), rope.get("type")):
        return tuple(f for f in families if f != "llama-3") or families
    if "rope_scaling" in config and rope is None and "llama-3" in families:
        return ("llama-3",)
    return families
