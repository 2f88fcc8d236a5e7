"""The query library, and what the console answers."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from api.schemas.base import Listing, Schema


class ParameterView(Schema):
    """A parameter of a query."""

    name: str
    default: Any
    about: str


class QueryView(Schema):
    """A query of the library."""

    name: str = Field(examples=["family-sizes"])
    title: str
    topic: str
    about: str
    cypher: str
    parameters: list[ParameterView]
    shares: list[str] = Field(description="The columns that are shares of a whole.")


class QueryList(Listing[QueryView]):
    """The query library by topic, what stands on the first page in its order."""


class QueryResult(Schema):
    """What the console answers."""

    columns: list[str] = Field(examples=[["id", "downloads"]])
    rows: list[list[Any]] = Field(
        description="Values as JSON has them. A node is `{id, labels, properties}`, a relationship "
        "`{id, type, start, end, properties}`, a path `{nodes, relationships}`.",
        examples=[[["meta-llama/Llama-3.1-8B", 1000]]],
    )
    truncated: bool = Field(description="Whether rows were left off.")
    build: str | None = Field(description="The build that the graph comes from.")
    under_way: str | None = Field(description="A build that has begun in it and not ended.")
    seconds: float
