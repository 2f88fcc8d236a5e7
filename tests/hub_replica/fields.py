"""Which fields each answer of the Hub shows unless told which (the rules say what may be told).

A field that a record lacks is never made up. The exceptions are functions of what is served:
``_id``, ``modelId``, ``childrenModelCount`` and ``baseModels``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .catalogue import Catalogue
from .rules import Rules
from .series import Record, is_dataset


@dataclass(frozen=True)
class Fields:
    """The field names of one kind of repository, by the answer that shows them."""

    listed: tuple[str, ...]
    full: tuple[str, ...]
    detail: tuple[str, ...]


def names(text: str) -> tuple[str, ...]:
    """Return the words of a text, so that long lists of names stay readable."""
    return tuple(text.split())


FIELDS = {
    "models": Fields(
        listed=names(
            "likes trendingScore private downloads tags pipeline_tag library_name createdAt modelId"
        ),
        full=("author", "sha", "lastModified", "gated", "siblings"),
        detail=names(
            "private pipeline_tag library_name tags downloads likes modelId author sha"
            " lastModified gated disabled widgetData model-index config cardData transformersInfo"
            " safetensors gguf siblings spaces createdAt usedStorage"
        ),
    ),
    "datasets": Fields(
        listed=names(
            "author disabled gated lastModified likes trendingScore private sha description"
            " downloads tags createdAt"
        ),
        full=("cardData", "citation", "paperswithcode_id", "siblings"),
        detail=names(
            "author sha lastModified private gated disabled tags description citation"
            " paperswithcode_id downloads likes cardData siblings createdAt usedStorage"
        ),
    ),
}


def shape(record: Record, fields: Iterable[str], models: Catalogue, rules: Rules) -> dict[str, Any]:
    """Return a record as an answer shows it: its ids, then those of the fields it has."""
    answer = {"_id": object_id(record), "id": record["id"]}
    for name in fields:
        if name in COMPUTED:
            answer |= COMPUTED[name](record, models)
        elif name in record:
            answer[name] = record[name]
    if answer.get("createdAt", rules.created_at_floor) < rules.created_at_floor:
        answer["createdAt"] = rules.created_at_floor
    if not rules.sha_sent:
        answer.pop("sha", None)
    if "disabled" in answer and rules.disabled_form == "text":
        answer["disabled"] = str(answer["disabled"]).lower()
    return answer


def object_id(record: Record) -> str:
    """Return the stored ``_id``, or 24 hex digits that depend on the id alone."""
    if "_id" in record:
        return str(record["_id"])
    name = f"{'datasets/' if is_dataset(record) else ''}{record['id']}"
    return hashlib.sha256(name.encode()).hexdigest()[:24]


def _model_id(record: Record, _: Catalogue) -> dict[str, Any]:
    return {"modelId": record["id"]}


def _children(record: Record, models: Catalogue) -> dict[str, Any]:
    return {"childrenModelCount": models.children(record["id"])}


def _bases(record: Record, models: Catalogue) -> dict[str, Any]:
    found = models.base_models(record)
    if found is None:
        return {}
    relation, bases = found
    named = [{"_id": object_id(base), "id": base["id"]} for base in bases]
    return {"baseModels": {"relation": relation, "models": named}}


COMPUTED: dict[str, Callable[[Record, Catalogue], dict[str, Any]]] = {
    "modelId": _model_id,
    "childrenModelCount": _children,
    "baseModels": _bases,
}
