"""Tags that speak of a family: the model type that the Hub takes from the config, and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from graph.catalogue import names
from graph.catalogue.roster import load, versions_by
from graph.evidence.features import size
from graph.evidence.inference import Feature
from graph.evidence.record import HubRecord

ORDER = 30
_TOOLS = {"unsloth", "trl", "peft", "axolotl", "llama-factory"}  # that train upon a base
_ADAPTER = {"peft", "lora", "trl"}  # of what has no weights of its own: its base is to be told
_OWN_TRAINING = {"pretraining", "from-scratch", "babylm", "maxtext", "torchtitan", "pretrained"}
_PLACEHOLDERS = ("base_model:", "dataset:", "license:", "region:", "arxiv:", "doi:", "language:")


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield features of the tags."""
    lowered = {tag.lower() for tag in record.tags or ()}
    trained = _TOOLS & lowered
    if _ADAPTER & lowered and not size.total_of(record):
        yield Feature("tag-adapter", "tags", ", ".join(sorted(_ADAPTER & lowered)))
    for told in map(_of_tag, record.tags or ()):
        if told and names.is_frame(told[0].value, record.name):
            continue
        yield from told
        if trained and told and told[0].kind == "tag-type-llama":
            value = f"{told[0].value}, {', '.join(sorted(trained))}"
            yield Feature("tag-type-llama-tuned", "tags", value)
            if not size.total_of(record):
                yield Feature("tag-type-llama-adapter", "tags", value)


@lru_cache(maxsize=1 << 16)  # tags come again and again
def _of_tag(tag: str) -> tuple[Feature, ...]:
    """Return what a tag says by itself."""
    low = tag.lower()
    if low.startswith(_PLACEHOLDERS):
        return ()
    if (families := versions_by("model_types").get(low)) is not None:
        kind = "tag-type-llama-own" if families else "tag-type-llama"
        return (Feature(kind, "tags", tag, families),)
    if low in _OWN_TRAINING:
        return (Feature("tag-own-training", "tags", tag),)
    if _other_types().fullmatch(low):
        return (Feature("tag-type-rival", "tags", tag),)
    return tuple(_worded(tag))


def _worded(tag: str) -> Iterator[Feature]:
    for word in names.weights(tag):
        if not word.llama:
            yield Feature("tag-word-rival", "tags", tag)
        elif word.family:
            yield Feature("tag-word-version", "tags", tag, (word.family,))
        else:
            yield Feature("tag-word-llama", "tags", tag)


@cache
def _other_types() -> re.Pattern[str]:
    """Return one pattern of the model types of others, which have their own endings."""
    roster = load()
    own = {kind for f in roster.families.values() if not f.llama for kind in f.weights.model_types}
    words = "|".join(sorted(map(re.escape, own | roster.model_types)))
    return re.compile(rf"(?:{words})[a-z0-9_]*")
