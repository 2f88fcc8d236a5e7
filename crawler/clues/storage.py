"""The bytes that a repository takes: an adapter's size is a function of its base's dimensions.

A LoRA adapter of rank r holds r x (inputs + outputs) numbers for each matrix that it adapts, so
the file's size gives away the base's shape; beside it lies the tokenizer, whose size is known too.
What training rewrites is counted as often as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crawler.clues.size import is_rival_file
from crawler.record import HubRecord
from graph.inference import Clue

TOKENIZER = 17_209_920  # bytes of Llama 3's tokenizer.json; later ones differ by little
HEAD = (110, 150)  # bytes of a safetensors header for each of its tensors
BESIDE = 25_000  # bytes of what else is counted, such as training arguments
RANKS = (4, 8, 16, 32, 64, 128, 256)
WIDTHS = (4, 2)  # bytes a number
COPIES = 8
SMALLEST = 8_000_000  # bytes; below, everything looks alike


@dataclass(frozen=True, slots=True)
class Shape:
    """Dimensions of a model: hidden size, layers, width of keys and values, of the inner layer."""

    hidden: int
    layers: int
    key_value: int
    inner: int
    families: tuple[str, ...]

    def adapters(self) -> tuple[tuple[int, int, str], tuple[int, int, str]]:
        """Return numbers per rank, tensors and name: for all matrices, and for attention alone."""
        attention = 4 * self.hidden + 2 * (self.hidden + self.key_value)
        whole = attention + 3 * (self.hidden + self.inner)
        return (
            (self.layers * whole, self.layers * 14, "all matrices"),
            (self.layers * attention, self.layers * 8, "attention"),
        )


SHAPES = (
    Shape(4096, 32, 1024, 14336, ("llama-3", "llama-3.1")),
    Shape(3072, 28, 1024, 8192, ("llama-3.2",)),
    Shape(2048, 16, 512, 8192, ("llama-3.2",)),
    Shape(8192, 80, 1024, 28672, ("llama-3", "llama-3.1", "llama-3.3")),
)


def clues(record: HubRecord) -> Iterator[Clue]:
    """Yield a clue where the bytes are those of an adapter of a Llama 3."""
    used = record.raw.get("usedStorage")
    if record.raw.get("safetensors") is not None:
        return  # the Hub counts the numbers of whole models only
    if type(used) is not int or used < SMALLEST or not _is_adapter(record) or is_rival_file(used):
        return
    for size, tensors, families, said in _sizes():
        copies = (used - TOKENIZER) // size
        if 1 <= copies <= COPIES and _fits(used - TOKENIZER - copies * size, copies * tensors):
            value = f"{used:,} = {copies} x {said} + tokenizer"
            yield Clue("storage-llama", "usedStorage", value, families)
            return
        if used // size == 1 and _fits(used - size, tensors):
            yield Clue("storage-llama-bare", "usedStorage", f"{used:,} = {said}", families)
            return


def _fits(rest: int, tensors: int) -> bool:
    """Tell whether what is left is the headers of so many tensors and little else."""
    return tensors * HEAD[0] <= rest <= tensors * HEAD[1] + BESIDE


def _is_adapter(record: HubRecord) -> bool:
    tags = {tag.lower() for tag in record.tags or ()}
    named = {"peft", "lora", "qlora", "adapter", "trl", "generated_from_trainer", "unsloth"}
    return bool(tags & named) or "adapter_config.json" in record.file_names()


@cache
def _sizes() -> list[tuple[int, int, tuple[str, ...], str]]:
    """Return bytes, tensors, families and name of adapters of every kind, largest first."""
    found: dict[int, tuple[int, tuple[str, ...], str]] = {}
    for shape in SHAPES:
        for numbers, tensors, where in shape.adapters():
            for rank in RANKS:
                for width in WIDTHS:
                    size = numbers * rank * width
                    if size >= SMALLEST:
                        said = f"rank {rank}, {width} bytes, {where}"
                        found.setdefault(size, (tensors, shape.families, said))
    return [(size, *told) for size, told in sorted(found.items(), reverse=True)]
