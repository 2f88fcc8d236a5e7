"""The number of parameters: Llama's sizes to the unit, and the size that the name gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.evidence.features import grammar
from graph.evidence.inference import Clue
from graph.evidence.record import HubRecord

# Totals of the official checkpoints (safetensors), and the families that share them. Those of
# Llama 1 and 2 are shared with OpenLLaMA and others, so they speak less clearly.
TOTALS: dict[int, tuple[str, ...]] = {
    8_030_261_248: ("llama-3", "llama-3.1"),
    70_553_706_496: ("llama-3", "llama-3.1", "llama-3.3"),
    405_853_388_800: ("llama-3.1",),
    1_235_814_400: ("llama-3.2",),
    3_212_749_824: ("llama-3.2",),
    10_670_220_835: ("llama-3.2",),
    88_592_977_443: ("llama-3.2",),
    108_641_793_536: ("llama-4",),
}
# As GGUF, llama.cpp writes the rope factors of 3.1 and later as one tensor more: half a head's
# numbers (64, in the 1B 32). Llama 3 has none, so these totals tell the version as well.
WITH_ROPE: dict[int, tuple[str, ...]] = {
    8_030_261_312: ("llama-3.1",),
    70_553_706_560: ("llama-3.1", "llama-3.3"),
    405_853_388_864: ("llama-3.1",),
    1_235_814_432: ("llama-3.2",),
    3_212_749_888: ("llama-3.2",),
}
OLD_TOTALS: dict[int, tuple[str, ...]] = {
    6_738_415_616: ("llama-1", "llama-2"),
    13_015_864_320: ("llama-1", "llama-2"),
    68_976_648_192: ("llama-2",),
    32_528_943_616: ("llama-1",),
    65_285_660_672: ("llama-1",),
    6_738_546_688: ("code-llama",),
    13_016_028_160: ("code-llama",),
    33_743_970_304: ("code-llama",),
}
# Totals of other makers' models that wear Llama's architecture or whose sizes come near.
RIVAL_TOTALS = (
    134_515_008, 361_821_120, 1_711_376_384,  # SmolLM2
    1_100_048_384,  # TinyLlama
    7_241_732_096, 7_248_023_552, 12_247_782_400,  # Mistral 7B, v0.3, Nemo
    494_032_768, 1_543_714_304, 3_085_938_688, 7_615_616_512,  # Qwen2.5
    14_770_033_664, 32_763_876_352,
    596_049_920, 1_720_574_976, 4_022_468_096, 8_190_735_360, 14_768_307_200,  # Qwen3
    2_614_341_888, 9_241_705_984, 999_885_952, 4_300_079_472,  # Gemma 2, 3
    10_731_524_096, 6_061_035_520, 8_829_407_232, 34_388_917_248,  # SOLAR, Yi
    3_821_079_552, 14_659_507_200,  # Phi-3 mini, Phi-4
)  # fmt: skip
NAMED: dict[float, tuple[str, ...]] = {
    1: ("llama-3.2",), 3: ("llama-3.2",), 7: ("llama-2", "llama-1"), 8: ("llama-3", "llama-3.1"),
    11: ("llama-3.2",), 13: ("llama-2", "llama-1"), 30: ("llama-1",), 33: ("llama-1",),
    34: ("code-llama",), 65: ("llama-1",), 70: ("llama-3", "llama-3.1", "llama-3.3", "llama-2"),
    90: ("llama-3.2",), 405: ("llama-3.1",),
}  # fmt: skip
THIRD = {"llama-3", "llama-3.1", "llama-3.2", "llama-3.3"}
TOLERANCE = 0.0003  # added tokens change a total a little
FAR = 0.02  # more than a new vocabulary explains
SMALL = (
    100_000_000  # below the smallest Llama however packed: a 1B's 1.2 billion, eight to a number
)
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


def clues(record: HubRecord) -> Iterator[Clue]:
    """Yield clues of the total, and of the size in the name."""
    total = total_of(record)
    if total:
        yield from _known_total(total)
        if (away := _away(total)) > TOLERANCE and _is_whole(record, total):
            kind = "total-other" if away > FAR else "total-near"
            yield Clue(kind, "safetensors.total", f"{total:,}")
        if any(abs(total - known) <= known * TOLERANCE for known in RIVAL_TOTALS):
            yield Clue("total-rival", "safetensors.total", f"{total:,}")
    elif is_empty(record):
        yield Clue("empty", "siblings" if record.siblings is not None else "tags", "no weights")
    size = grammar.size_of(record.name)
    if size is not None:
        if (versions := NAMED.get(size)) is not None:
            kind = "size-llama" if set(versions) & THIRD else "size-llama-old"
            yield Clue(kind, "id", f"{size:g}B", versions)
        else:
            yield Clue("size-other", "id", f"{size:g}B")


def _known_total(total: int) -> Iterator[Clue]:
    if families := WITH_ROPE.get(total):
        yield Clue("total-llama-rope", "gguf.total", f"{total:,}", families)
        return
    for totals, kind in ((TOTALS, "total-llama"), (OLD_TOTALS, "total-llama-old")):
        for known, families in totals.items():
            if abs(total - known) <= known * TOLERANCE:
                exact = "-exact" if total == known else ""
                yield Clue(kind + exact, "safetensors.total", f"{total:,}", families)


def _away(total: int) -> float:
    """Return how far a total is from the nearest Llama's, as a share of that."""
    return min(abs(total - known) / known for known in (*TOTALS, *OLD_TOTALS))


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
        told = record.raw.get(field)
        total = told.get("total") if isinstance(told, dict) else None
        if type(total) is int and total > 0:
            return total
    return None
