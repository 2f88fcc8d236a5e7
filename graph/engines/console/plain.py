"""Values as the console gives them, the same from every engine: what JSON holds.

A node is ``{id, labels, properties}``, an edge ``{id, type, start, end, properties}``, a path
``{nodes, relationships}``; dates and times are ISO 8601, a duration ``{months, days, seconds}``,
bytes base64. Numbers that JSON has no word for (infinities, NaN) are null.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping
from typing import Any

from graph.engines.port.schema import NODES

_AS_IT_IS = {type(None), bool, int, float, str}


def plain(value: Any) -> Any:
    """Return a value of the language, or of KGLite, as a plain one."""
    if type(value) in _AS_IT_IS:
        return value
    match value:
        case dt.date() | dt.time():
            return value.isoformat()
        case bytes() | bytearray():
            return base64.b64encode(value).decode("ascii")
        case Mapping():
            return _mapping({str(key): plain(one) for key, one in value.items()})
        case list() | tuple() | set() | frozenset():
            return [plain(one) for one in value]
    return str(value)


def _mapping(value: dict[str, Any]) -> dict[str, Any]:
    """Return a map, one of KGLite's nodes without what KGLite adds to it."""
    if value.keys() == {"id", "labels", "properties"} and isinstance(value["properties"], dict):
        known = {name for label in value["labels"] if label in NODES for name in _properties(label)}
        kept = {k: v for k, v in value["properties"].items() if not known or k in known}
        return {"id": str(value["id"]), "labels": value["labels"], "properties": kept}
    if value.keys() == {"id", "start", "end", "type", "properties"}:
        ends = {name: str(value[name]) for name in ("id", "start", "end")}
        return {**ends, "type": value["type"], "properties": value["properties"]}
    return value


def _properties(label: str) -> tuple[str, ...]:
    return tuple(NODES[label].properties)
