"""The config: architecture, and the dimensions that the rosters' models have.

A list gives architecture and model type; dimensions stand in the file alone, which a snapshot or a
planned release may bring and a crawl does not fetch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from graph.catalogue.roster import Family, load
from graph.evidence.inference import Feature
from graph.evidence.record import HubRecord

MAX_CONFIG = 1 << 18
Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """Families by what configs call them and by their dimensions; a name for all has no family."""

    architectures: Mapping[str, tuple[str, ...]]
    model_types: Mapping[str, tuple[str, ...]]
    dimensions: Mapping[Shape, tuple[Family, ...]]


@cache
def _known() -> _Known:
    families = load().llama_families()
    dimensions: dict[Shape, tuple[Family, ...]] = {}
    for family in families:
        for shape in family.weights.dimensions:
            dimensions[shape] = (*dimensions.get(shape, ()), family)
    return _Known(_named(families, "architectures"), model_types(), dimensions)


@cache
def model_types() -> Mapping[str, tuple[str, ...]]:
    """Return Llama's model types with the versions that have them; none where any may."""
    return _named(load().llama_families(), "model_types")


def _named(families: Iterable[Family], field: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for family in families:
        for name in getattr(family.weights, field):
            own = () if family.candidates else (family.id,)
            found[name] = (*found.get(name, ()), *own)
    return found


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


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield features of the architecture and of the dimensions."""
    yield from _by_gguf(record)
    config = config_of(record)
    named = config.get("architectures")
    architecture = (
        named[0] if isinstance(named, list) and named and isinstance(named[0], str) else None
    )
    families = _known().architectures.get(architecture or "")
    if architecture and families is not None:
        yield _of_llama("config.architectures", architecture, families)
        if not families:
            yield from _dimensions(config)
    elif architecture and architecture != "?":
        yield Feature("architecture-rival", "config.architectures", architecture)
    elif isinstance(kind := config.get("model_type"), str):
        yield from _by_model_type(kind, config)


def _by_gguf(record: HubRecord) -> Iterator[Feature]:
    """Read a GGUF's head; llama.cpp calls Mistral and many others "llama" too."""
    gguf = record.raw.get("gguf")
    kind = gguf.get("architecture") if isinstance(gguf, dict) else None
    if not isinstance(kind, str):
        return
    families = model_types().get(kind)
    if families is None:
        yield Feature("architecture-rival", "gguf.architecture", kind)
    elif families:
        yield _of_llama("gguf.architecture", kind, families)
    else:
        yield Feature("gguf-llama", "gguf.architecture", kind)


def _by_model_type(kind: str, config: Mapping[str, Any]) -> Iterator[Feature]:
    """Read a config that names no architecture."""
    families = model_types().get(kind)
    if families is not None:
        yield _of_llama("config.model_type", kind, families)
        if not families:
            yield from _dimensions(config)
    elif kind != "unknown":
        yield Feature("architecture-rival", "config.model_type", kind)


def _of_llama(field: str, value: str, families: tuple[str, ...]) -> Feature:
    """Return the feature of a name that is Llama's: one version's own, or of all."""
    return Feature(
        "architecture-llama-own" if families else "architecture-llama", field, value, families
    )


def _dimensions(config: Mapping[str, Any]) -> Iterator[Feature]:
    names = ("hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads")
    told = [config.get(name) for name in names]
    if told[3] is None:
        told[3] = told[2]
    if not all(type(number) is int for number in told):
        return
    value = "/".join(map(str, told))
    families = _known().dimensions.get(tuple(told))  # type: ignore[arg-type]  # ints, as just checked
    if not families:
        yield Feature("dimensions-other", "config", value)
    else:
        yield _by_vocabulary(config, families, value)


def _by_vocabulary(config: Mapping[str, Any], families: tuple[Family, ...], value: str) -> Feature:
    """Tell whether the vocabulary is Llama's, and whether it is one that only Llama has."""
    size = config.get("vocab_size")
    if size is not None:
        families = tuple(f for f in families if _has(f, size))
    kind = "dimensions-llama" if families else "dimensions-llama-other-vocabulary"
    if size is not None and families and not any(f.weights.copied for f in families):
        kind, families = "dimensions-llama-own", _by_rope(config, families)
    return Feature(kind, "config", f"{value}/{size}", tuple(f.id for f in families))


def _has(family: Family, size: object) -> bool:
    """Tell whether a vocabulary is a family's, a few added tokens included."""
    known = family.weights.vocabulary
    return type(size) is int and bool(known) and known[0] <= size <= known[-1]


def _by_rope(config: Mapping[str, Any], families: tuple[Family, ...]) -> tuple[Family, ...]:
    """Narrow the versions by the type of rope scaling; newer files write ``rope_parameters``."""
    rope = config.get("rope_scaling", config.get("rope_parameters"))
    if isinstance(rope, dict):
        said = {rope.get("rope_type"), rope.get("type")}
    else:
        said = {"none"} if "rope_scaling" in config and rope is None else set()
    return tuple(f for f in families if f.weights.rope in said) or families
