"""Nodes, relationships and paths among the plain values that a console answers with.

Every engine hands them over in the same shape: a node is ``{"id", "labels", "properties"}``, a
relationship ``{"id", "type", "start", "end", "properties"}``, a path ``{"nodes",
"relationships"}``. Their ``id``, ``start`` and ``end`` are the engine's own and hold within one
answer; what the Hub calls an id is a property.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.engines.queries.cypher import literal, name

_NODE = {"id", "labels", "properties"}
_EDGE = {"id", "type", "start", "end", "properties"}
_PATH = {"nodes", "relationships"}
_DEEP = 20  # lists in lists; an engine's answer has fewer


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its key within the answer, its labels, its properties."""

    key: str
    labels: tuple[str, ...]
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship between two nodes, by their keys."""

    key: str
    type: str
    start: str
    end: str
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Elements:
    """The nodes and relationships of an answer, each once, in the order they came."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)


def elements(rows: Iterable[list[Any]]) -> Elements:
    """Return the nodes and relationships that stand anywhere in the rows of an answer."""
    found = Elements()
    for row in rows:
        for value in _walk(row, 0):
            if (node := as_node(value)) is not None:
                found.nodes.setdefault(node.key, node)
            elif (edge := as_edge(value)) is not None:
                found.edges.setdefault(edge.key, edge)
    return found


def _walk(value: Any, deep: int) -> Iterator[Any]:
    if deep > _DEEP:
        return
    match value:
        case dict():
            yield value
            if as_node(value) is None and as_edge(value) is None:
                for inner in value.values():
                    yield from _walk(inner, deep + 1)
        case list() | tuple():
            for inner in value:
                yield from _walk(inner, deep + 1)


def as_node(value: Any) -> Node | None:
    """Return a value as a node, where it is one."""
    match value:
        case {"id": key, "labels": list(labels), "properties": dict(properties)}:
            if value.keys() == _NODE and all(isinstance(one, str) for one in labels):
                return Node(str(key), tuple(labels), properties)
    return None


def as_edge(value: Any) -> Edge | None:
    """Return a value as a relationship, where it is one."""
    match value:
        case {"id": k, "type": str(t), "start": s, "end": e, "properties": dict(properties)}:
            if value.keys() == _EDGE:
                return Edge(str(k), t, str(s), str(e), properties)
    return None


def told(value: Any, deep: int = 0) -> str | None:
    """Return a value with nodes in it as Cypher draws them; None for one without."""
    if deep > _DEEP:
        return None
    match value:
        case dict() if (node := as_node(value)) is not None:
            return _node(node)
        case dict() if (edge := as_edge(value)) is not None:
            return f"[:{name(edge.type)}{_properties(edge.properties)}]"
        case dict() if value.keys() == _PATH:
            return _path(value)
        case list():
            inner = [told(one, deep + 1) for one in value]
            if any(one is not None for one in inner):
                words = (t or literal(v) for t, v in zip(inner, value, strict=True))
                return f"[{', '.join(words)}]"
    return None


def _node(node: Node) -> str:
    """Return a node by its labels and its id; one without an id by all it has."""
    labels = "".join(f":{name(label)}" for label in node.labels)
    own = {"id": node.properties["id"]} if "id" in node.properties else node.properties
    return f"({(labels + _properties(own)).strip()})"


def _properties(properties: dict[str, Any]) -> str:
    return f" {literal(properties)}" if properties else ""


def _path(value: dict[str, Any]) -> str | None:
    nodes = [as_node(one) for one in value["nodes"] or ()]
    edges = [as_edge(one) for one in value["relationships"] or ()]
    if not nodes or nodes[0] is None or len(nodes) != len(edges) + 1:
        return None
    text, at = _node(nodes[0]), nodes[0]
    for edge, node in zip(edges, nodes[1:], strict=True):
        if edge is None or node is None:
            return None
        left, right = ("-", "->") if edge.start == at.key else ("<-", "-")
        text, at = f"{text}{left}[:{name(edge.type)}]{right}{_node(node)}", node
    return text
