"""The plain facts that an artifact's answer lists, as its fields."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from api.schemas.base import Moment
from graph.catalogue.facts import LISTED, Fact, Facts


def _field(fact: Fact) -> tuple[Any, Any]:
    told = Moment if fact.type is datetime else fact.type
    about = f"{fact.about[:1].upper()}{fact.about[1:]}."
    return told if fact.type is bool else told | None, Field(description=about)


FIELDS = {fact.name: _field(fact) for fact in LISTED}


def listed(one: Facts) -> dict[str, Any]:
    """Return the values of the fields."""
    return {name: getattr(one, name) for name in FIELDS}
