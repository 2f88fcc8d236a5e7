"""A question of the footprint answered: the JSON of REST and of the command line."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from api.schemas.base import Listing, Schema


class FigureAnswer(Schema):
    """One result of the footprint, with the query of the library that it comes from."""

    name: str = Field(examples=["families"])
    title: str
    about: str
    query: str = Field(description="Its name in the query library.")
    parameters: dict[str, Any] = Field(description="What the query was asked with.")
    rows: list[dict[str, Any]] = Field(
        description="Columns that are shares are null while the answer is not complete."
    )
    complete: bool = Field(description="Whether the Hub's list was read whole.")
    coverage: str = Field(description="How far it is read, where it is not; empty else.")


class FigureList(Listing[FigureAnswer]):
    """Every result of the footprint, in the order of the first page."""
