"""The number of parameters: Llama's sizes to the unit, and the size that the name gives."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from graph.catalogue import names
from graph.catalogue.roster import Family, llamas_by, load
from graph.evidence.inference import Feature
from graph.evidence.json_files import inner
from graph.evidence.record import HubRecord

ORDER = 40
TOLERANCE = 0.0003  # added tokens change a total a little
FAR = 0.02  # more than a new vocabulary explains
TOY = 350_000_000  # of whole weights: no Llama, nor one pruned, has so few
SMALL = 100_000_000  # below any Llama however packed: a 1B's 1.2 billion, eight to a number
_PACKED = re.compile(
    r"bit|gptq|awq|gguf|exl[23]|mlx|quant|compressed|fp[48]|int[48]|w[48]a|onnx|openvino"
    r"|pruned|pruning|moe|merge|embed|reward|guard"
)
_PART = re.compile(r"lora|peft|adapter|vision|vlm|audio|ultravox|llava|speculat|draft")
_FORMATS = {
    "coreml", "executorch", "ggml", "gguf", "jax", "keras", "mlx", "onnx", "openvino", "pytorch",
    "rust", "safetensors", "tf", "tflite",
}  # fmt: skip
_WEIGHTS = re.compile(
    r"\.(?:safetensors|bin|pth?|gguf|ggml|h5|msgpack|onnx|ckpt|tflite|npz|npy|pkl|mlmodel|task|pte"
    r"|litertlm|mlpackage|tar|zip|engine|nemo|distcp|exl[23])(?:\.|/|\Z)",
    re.IGNORECASE,
)


@cache
def _others() -> tuple[int, ...]:
    rivals = (f for f in load().families.values() if not f.llama)
    return tuple(total for family in rivals for total in family.weights.totals)


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield features of the total, and of the size in the name."""
    total = total_of(record)
    if total:
        yield from _known_total(total)
        if (away := _away(total)) > TOLERANCE and _is_whole(record, total):
            kind = "total-other" if away > FAR else "total-near"
            kind = "total-toy" if total < TOY else kind
            yield Feature(kind, "safetensors.total", f"{total:,}")
        if any(abs(total - known) <= known * TOLERANCE for known in _others()):
            yield Feature("total-rival", "safetensors.total", f"{total:,}")
    elif is_empty(record):
        yield Feature("empty", "siblings" if record.siblings is not None else "tags", "no weights")
    size = names.size_of(record.name)
    if size is not None and (families := llamas_by("sizes").get(size)):
        yield Feature(_kind("size-llama", families), "id", f"{size:g}B", _ids(families))
    elif size is not None:
        named = any(word.llama and word.family for word in names.weights(record.name))
        yield Feature("size-other-named" if named else "size-other", "id", f"{size:g}B")


def _known_total(total: int) -> Iterator[Feature]:
    if families := llamas_by("gguf_totals").get(total):
        yield Feature("total-llama-rope", "gguf.total", f"{total:,}", _ids(families))
        return
    for known, families in llamas_by("totals").items():
        if abs(total - known) <= known * TOLERANCE:
            kind = _kind("total-llama", families) + ("-exact" if total == known else "")
            yield Feature(kind, "safetensors.total", f"{total:,}", _ids(families))


def _kind(kind: str, families: tuple[Family, ...]) -> str:
    """Return the kind of a feature on sizes: of those that others' models share, another."""
    return f"{kind}-old" if all(f.weights.copied for f in families) else kind


def _ids(families: tuple[Family, ...]) -> tuple[str, ...]:
    return tuple(f.id for f in families)


def _away(total: int) -> float:
    """Return how far a total is from the nearest Llama's, as a share of that."""
    return min((abs(total - known) / known for known in llamas_by("totals")), default=math.inf)


def _is_whole(record: HubRecord, total: int) -> bool:
    """Tell whether a total is the model's: weights may be packed, or a part beside others."""
    words = " ".join((*(record.tags or ()), record.name)).lower()
    return not _PART.search(words) and (total < SMALL or not _PACKED.search(words))


def is_empty(record: HubRecord) -> bool:
    """Tell whether a repository holds no weights: by its files, else by the Hub's tags.

    The Hub adds a region to every repository's tags and a format where it finds weights, so tags
    without a region are somebody's selection, and their silence tells nothing.
    """
    if record.siblings is not None:
        return not any(_WEIGHTS.search(name) for name in record.siblings)
    found = any(record.raw.get(field) for field in ("library_name", "pipeline_tag", "config"))
    tags = {tag.lower() for tag in record.tags or ()}
    whole = any(tag.startswith("region:") for tag in tags)
    return whole and not found and not _FORMATS & tags


def total_of(record: HubRecord) -> int | None:
    """Return the number of parameters that the Hub counted in whole weights; None for none."""
    for field in ("safetensors", "gguf"):
        total = inner(record.raw, field).get("total")
        if type(total) is int and total > 0:
            return total
    return None
