"""A record's small files decoded. Texts are hostile input, so everything is bounded and typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import orjson

from graph.evidence.record import HubRecord

MAX_JSON = 1 << 18  # characters


class JsonError(ValueError):
    """A file that cannot be read as a JSON object; the message says why in one line."""


def json_object(record: HubRecord, name: str) -> dict[str, Any]:
    """Return a JSON file of a record as an object; empty where it is none or too large."""
    text = record.files.get(name)
    if not text:
        return {}
    try:
        return decoded(text)
    except JsonError:
        return {}


def decoded(text: str) -> dict[str, Any]:
    """Return a text as a JSON object. Raises JsonError."""
    if len(text) > MAX_JSON:
        raise JsonError(f"{len(text):,} characters, of which {MAX_JSON:,} are read")
    try:
        told = _loaded(text)
    except (ValueError, RecursionError):
        raise JsonError("it is no JSON") from None
    if not isinstance(told, dict):
        raise JsonError("it is no JSON object")
    return told


def _loaded(text: str) -> Any:
    """Decode a text; Python writes NaN and Infinity into configs, which JSON has not."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text.removeprefix("\ufeff"))


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
