"""Families of the rosters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Self

from pydantic import Field

from api.schemas.base import Listing, Schema
from graph.catalogue.roster import Family

_NONE = {"models": 0, "datasets": 0, "crawled": 0}


class FamilyView(Schema):
    """A family of the rosters, with how many of the register belong to it."""

    id: str = Field(examples=["llama-3.1"])
    title: str
    maker: str
    llama: bool
    licence: str = Field(description="The maker's licence.")
    released: date | None
    models: int
    datasets: int
    crawled: int = Field(description="Of the models and data sets, those read from the Hub.")

    @classmethod
    def of(cls, family: Family, counted: Mapping[str, int] | None) -> Self:
        """Return a family with its members counted; None where it has none."""
        return super().of(family, **(counted or _NONE))


class FamilyList(Listing[FamilyView]):
    """Every family."""
