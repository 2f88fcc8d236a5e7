"""What KGLite returns, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.engines.console.plain import plain
from graph.engines.port.schema import NODES


def plain_value(value: Any) -> Any:
    """Return KGLite's value as `graph.engines.console.plain` says."""
    match value:
        case None | str() | int() | float():
            return value
        case Mapping():
            return _mapping({str(key): plain_value(one) for key, one in value.items()})
        case list() | tuple() | set() | frozenset():
            return [plain_value(one) for one in value]
    return plain(value)


def _mapping(value: dict[str, Any]) -> dict[str, Any]:
    """Return a map, a node without what KGLite adds to it."""
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
