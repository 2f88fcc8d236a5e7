"""The config: architecture, and the dimensions that the rosters' models have.

A list gives architecture and model type; dimensions stand in the file alone, which a snapshot or a
planned release may bring and a crawl does not fetch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.catalogue import names
from graph.catalogue.roster import Family, llamas_by, versions_by
from graph.evidence.inference import Feature
from graph.evidence.json_files import config_of, inner
from graph.evidence.record import HubRecord

ORDER = 50


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield features of the architecture and of the dimensions."""
    yield from _by_gguf(record)
    config = config_of(record)
    named, kind = config.get("architectures"), config.get("model_type")
    first = named[0] if isinstance(named, list) and named else None
    if any(isinstance(one, str) and names.is_frame(one, record.name) for one in (first, kind)):
        return
    if isinstance(first, str) and first not in ("", "?"):
        yield from _by_name("config.architectures", first, versions_by("architectures"), config)
    elif isinstance(kind, str) and kind != "unknown":
        yield from _by_name("config.model_type", kind, versions_by("model_types"), config)


def _by_gguf(record: HubRecord) -> Iterator[Feature]:
    """Read a GGUF's head; llama.cpp calls Mistral and many others "llama" too."""
    kind = inner(record.raw, "gguf").get("architecture")
    if not isinstance(kind, str):
        return
    if (known := versions_by("model_types")).get(kind) == ():
        yield Feature("gguf-llama", "gguf.architecture", kind)
    else:
        yield from _by_name("gguf.architecture", kind, known, {})


def _by_name(
    field: str, name: str, known: Mapping[str, tuple[str, ...]], config: Mapping[str, Any]
) -> Iterator[Feature]:
    """Yield whether a name is another's, one version's of Llama, or of all: then see dimensions."""
    families = known.get(name)
    if families is None:
        yield Feature("architecture-rival", field, name)
    elif families:
        yield Feature("architecture-llama-own", field, name, families)
    else:
        yield Feature("architecture-llama", field, name)
        yield from _dimensions(config)


def _dimensions(config: Mapping[str, Any]) -> Iterator[Feature]:
    names = ("hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads")
    given = [config.get(name) for name in names]
    if given[3] is None:
        given[3] = given[2]
    told = [number for number in given if type(number) is int]
    if len(told) < len(given):
        return
    value = "/".join(map(str, told))
    families = llamas_by("dimensions").get(tuple(told))
    if not families:
        kind = "dimensions-toy" if _is_toy(*told[:2]) else "dimensions-other"
        yield Feature(kind, "config", value)
    else:
        yield _by_vocabulary(config, families, value)


def _is_toy(hidden: int, layers: int) -> bool:
    """Tell whether layers of a width hold less than half of what the smallest Llama's do."""
    known = [d[0] ** 2 * d[1] for d in llamas_by("dimensions")]
    return hidden**2 * layers < min(known, default=0) / 2


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
