"""What every schema has in common, and the types that several of them use."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from graph.catalogue.model import Trigger

T = TypeVar("T")


class Schema(BaseModel):
    """One outward thing: it is the JSON, its OpenAPI schema and what the command line prints.

    A field that is not declared is an error. Core values of the same field names are read as they
    are (``model_validate``); other schemas are made by their ``of``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class Listing(Schema, Generic[T]):
    """A page of a list."""

    items: list[T]
    next: str | None = Field(description="The cursor of the next page; null on the last.")


def iso(when: datetime) -> str:
    """Return a moment as ISO 8601 in UTC, to the second."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


Moment = Annotated[
    datetime,
    PlainSerializer(iso, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}, mode="serialization"),
]
Triggers = Annotated[
    list[Trigger], BeforeValidator(sorted), Field(description="What must arrive for it to bind.")
]
