"""A lineage, and its edges."""

from __future__ import annotations

from typing import Self

import networkx as nx
from pydantic import Field

from api.schemas.base import Firmness, Schema, Word
from graph.catalogue.model import Kind, Relation


class EdgeView(Schema):
    """An edge of the lineage."""

    child: str = Field(examples=["acme/Llama-3.1-8B-Support"])
    parent: str = Field(examples=["meta-llama/Llama-3.1-8B"])
    relation: Relation
    strength: Firmness
    confidence: float = Field(examples=[1.0])
    source: Word


class NodeView(Schema):
    """An artifact in a lineage."""

    id: str
    kind: Kind
    crawled: bool
    families: list[str]


class LineageView(Schema):
    """A lineage in order of id; ``truncated`` where more is there than was asked for or shown."""

    id: str
    nodes: list[NodeView]
    edges: list[EdgeView]
    truncated: bool

    @classmethod
    def of(cls, artifact_id: str, graph: nx.MultiDiGraph[str]) -> Self:
        """Return a lineage as it is shown."""
        edges = sorted(graph.edges(data=True), key=lambda edge: (*edge[:2], edge[2]["relation"]))
        return cls(
            id=artifact_id,
            nodes=[NodeView(id=node, **graph.nodes[node]) for node in sorted(graph.nodes)],
            edges=[EdgeView(child=child, parent=parent, **data) for child, parent, data in edges],
            truncated=bool(graph.graph.get("truncated", False)),
        )
