"""What a Bolt driver returns, as plain values."""

from __future__ import annotations

from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.engines.console.plain import plain


def plain_value(value: Any) -> Any:
    """Return a driver's value as `graph.engines.console.plain` says."""
    match value:
        case Node():
            return {"id": value.element_id, "labels": sorted(value.labels), **_held(value)}
        case Relationship():
            ends = [node.element_id if node else None for node in value.nodes]
            edge = {"id": value.element_id, "type": value.type, "start": ends[0], "end": ends[1]}
            return edge | _held(value)
        case Path():
            return {
                "nodes": [plain_value(node) for node in value.nodes],
                "relationships": [plain_value(edge) for edge in value.relationships],
            }
        case Date() | Time() | DateTime():
            return _iso(value)
        case Duration():
            return _duration(value)
        case Point():
            return _point(value)
        case dict():
            return {str(key): plain_value(one) for key, one in value.items()}
        case list():
            return [plain_value(one) for one in value]
    return plain(value)


def _held(entity: Node | Relationship) -> dict[str, Any]:
    return {"properties": {key: plain_value(one) for key, one in sorted(entity.items())}}


def _iso(value: Date | Time | DateTime) -> str:
    """Return ISO 8601, with digits after the second only where there are some."""
    exact: str = value.iso_format()
    if getattr(value, "nanosecond", 0) % 1000:
        return exact
    native: str = value.to_native().isoformat()
    return native


def _duration(value: Duration) -> dict[str, int]:
    nanoseconds = {"nanoseconds": value.nanoseconds} if value.nanoseconds else {}
    whole = {"months": value.months, "days": value.days, "seconds": value.seconds}
    return whole | nanoseconds


def _point(value: Point) -> dict[str, float | int | None]:
    on_earth, deep = value.srid in (4326, 4979), len(value) > 2
    names = ("longitude", "latitude", "height") if on_earth else ("x", "y", "z")
    return {**dict(zip(names[: 2 + deep], value, strict=True)), "srid": value.srid}
