"""A JSON text from outside as an object: bounded and typed, or an error that says why."""

from __future__ import annotations

import json
from typing import Any

import orjson

MAX_JSON = 1 << 18  # characters


class JsonError(ValueError):
    """A file that cannot be read as a JSON object; the message says why in one line."""


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
