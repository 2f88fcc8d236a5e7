"""``mergekit_config.yml``: every model that a merge was made of, slices and base included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.catalogue.model import Claim, Evidence, Relation, Strength
from graph.evidence.card import CardError, mapping
from graph.evidence.record import HubRecord, clean_reference
from graph.evidence.signal import Signal
from graph.evidence.signals import card_base_model

FILES = ("mergekit_config.yml", "mergekit_config.yaml")
MAX_PARENTS = 200


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a declared merge claim for each model that the file names and card and tags do not."""
    if not record.holds_weights:
        return
    seen = card_base_model.named(record) | {record.id.lower()}
    for name in (n for n in FILES if n in record.files):
        for parent in _parents(record.files[name]):
            if parent.lower() not in seen:
                seen.add(parent.lower())
                where = Evidence(record.id, name, parent, record.read_when(name))
                yield Claim(record.id, parent, Relation.MERGE, Strength.DECLARED, "mergekit", where)


def _parents(text: str) -> list[str]:
    """Return the models of a configuration, once each; none where it cannot be read."""
    try:
        told = mapping(text) or {}
    except CardError:
        return []
    found = (clean_reference(_without_adapter(name)) for name in _named(told))
    return list(dict.fromkeys(f for f in found if f))[:MAX_PARENTS]


def _named(told: dict[str, Any]) -> Iterator[object]:
    """Yield what stands as a model: under models, slices/sources and base_model."""
    yield told.get("base_model")
    for entry in (*_objects(told, "models"), *_objects(told, "sources")):
        yield entry.get("model")
    for part in _objects(told, "slices"):
        for source in _objects(part, "sources"):
            yield source.get("model")


def _objects(told: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = told.get(key)
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _without_adapter(value: object) -> object:
    """Return the model of "model+lora", as mergekit writes a model with an adapter applied.

    Newer files nest it: ``{model: {path: X}}``.
    """
    if isinstance(value, dict):
        inner = value.get("model", value)
        value = inner.get("path") if isinstance(inner, dict) else inner
    return value.partition("+")[0] if isinstance(value, str) else None


SIGNAL = Signal(claims, order=40)
