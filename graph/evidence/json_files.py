"""A record's small files decoded. Texts are hostile input, so everything is bounded and typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.evidence.json_text import JsonError, decoded
from graph.evidence.record import HubRecord


def json_object(record: HubRecord, name: str) -> dict[str, Any]:
    """Return a JSON file of a record as an object; empty where it is none or too large."""
    text = record.files.get(name)
    if not text:
        return {}
    try:
        return decoded(text)
    except JsonError:
        return {}


def inner(told: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """Return the object at a path of keys; an empty one where none is."""
    for key in path:
        value = told.get(key)
        told = value if isinstance(value, dict) else {}
    return told


def config_of(record: HubRecord) -> Mapping[str, Any]:
    """Return the config that a record brings: what the list gave of it, and its file over that."""
    listed, file = inner(record.raw, "config"), json_object(record, "config.json")
    return {**listed, **file} if file else listed
