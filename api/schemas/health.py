"""How a server is: for those who run it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.base import Schema


class Health(Schema):
    """That the process lives."""

    status: Literal["alive"] = "alive"


class Readiness(Schema):
    """Whether all can be read from which answers are made."""

    status: Literal["ready", "degraded"]
    reason: str | None = Field(None, description="Why it is degraded; left out where it is not.")
    database: str = Field(examples=["readable"])
    graph: str = Field(examples=["readable"])
    build: str | None = Field(description="The build that the graph comes from.")
    under_way: str | None = Field(description="A build that has begun in it and not ended.")
