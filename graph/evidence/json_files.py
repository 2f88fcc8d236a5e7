"""A record's small files decoded. Texts are hostile input, so everything is bounded and typed."""

from __future__ import annotations

from typing import Any

import orjson

from graph.evidence.record import HubRecord

MAX_JSON = 1 << 18


def json_object(record: HubRecord, name: str) -> dict[str, Any]:
    """Return a JSON file of a record as an object; empty where it is none or too large."""
    text = record.files.get(name)
    if not text or len(text) > MAX_JSON:
        return {}
    try:
        told = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}
