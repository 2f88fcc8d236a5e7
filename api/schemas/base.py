"""What every schema has in common, and the types that several of them use."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from graph.catalogue.model import Source, SourceWord, Strength, StrengthWord, Trigger

T = TypeVar("T")
_UNTOLD = object()


class Schema(BaseModel):
    """One outward thing: it is the JSON, its OpenAPI schema and what the command line prints.

    A field that is not declared is an error. Core values of the same field names are read as they
    are; what they do not tell is handed to ``of``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)

    @classmethod
    def of(cls, *told: Any, **more: Any) -> Self:
        """Return each field from ``more``, or else from the first of some values that has it."""
        if len(told) == 1 and not more:
            return cls.model_validate(told[0])
        for one in told:
            for name in cls.__pydantic_fields__:
                if name not in more and (value := getattr(one, name, _UNTOLD)) is not _UNTOLD:
                    more[name] = value
        return cls(**more)


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
Firmness = Annotated[
    StrengthWord, BeforeValidator(lambda told: told.word if isinstance(told, Strength) else told)
]
Word = Annotated[
    SourceWord,
    BeforeValidator(lambda told: told.word if isinstance(told, Source) else told),
    Field(description="Whose word it is: the author's, the Hub's, annotators', the register's."),
]
Triggers = Annotated[
    list[Trigger], BeforeValidator(sorted), Field(description="What must arrive for it to bind.")
]


class Problem(Schema):
    """An error (RFC 9457)."""

    type: str = Field(examples=["urn:problem-type:herdbook:unknown-model"])
    title: str = Field(examples=["Unknown model"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No model 'acme/Lama' is known. Nearest: acme/Llama."])
    instance: str = Field(examples=["/v1/models/acme/Lama"])
    nearest: list[str] | None = Field(None, description="Known names that look most like it.")
    known: list[str] | None = Field(None, description="Every known name, where they are few.")
    errors: list[dict[str, str]] | None = Field(None, description="Each parameter's fault.")
    parts: dict[str, str] | None = Field(None, description="What can be read, and what cannot.")
