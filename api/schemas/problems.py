"""An error, as every answer that is no success has it."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Schema


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
