"""Parameters from outside, bounded and checked before anything reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel

from graph.catalogue.model import Strength
from graph.storage.filters.declaration import MAX_TEXT, Filters, LineageFilter, clean
from graph.storage.filters.lists import ArtifactFilter, FindingFilter, MemberFilter


def placed(about: str, example: str, **more: Any) -> Any:
    """Return a text parameter of the path, bounded and explained."""
    return Path(max_length=MAX_TEXT, description=about, examples=[example], **more)


def _at_least(wanted: Annotated[Filters, Query()]) -> Strength:
    return wanted.at_least


Clean = AfterValidator(clean)
Owner = Annotated[
    str, placed("Organisation or user; `_` for an id without one.", "meta-llama"), Clean
]
Name = Annotated[str, placed("The name after the slash.", "Llama-3.1-8B"), Clean]
AtLeast = Annotated[Strength, Depends(_at_least)]
Counted = Annotated[LineageFilter, Query()]
Artifacts = Annotated[ArtifactFilter, Query()]
MembershipIndex = Annotated[MemberFilter, Query()]
Findings = Annotated[FindingFilter, Query()]


def known_only(request: Request) -> None:
    """Refuse a parameter that the route does not know, for what it asks would not be done.

    A known name with a star in it stands for all that begin as it does.
    """
    known = sorted(set(names(request.scope["route"].dependant)))
    wrong = [name for name in request.query_params if not _is_known(name, known)]
    if wrong:
        told = f"not known here; known: {', '.join(known) or 'none'}"
        raise RequestValidationError(
            [{"type": "extra_forbidden", "loc": ("query", name), "msg": told} for name in wrong]
        )


def names(dependant: Dependant) -> Iterator[str]:
    """Return the names of the query parameters that a route and what it depends on ask for."""
    for field in dependant.query_params:
        asked = field.field_info.annotation
        if isinstance(asked, type) and issubclass(asked, BaseModel):
            yield from asked.model_fields
        else:
            yield field.alias
    for other in dependant.dependencies:
        yield from names(other)


def _is_known(name: str, known: list[str]) -> bool:
    return any(name == one or (one[-1] == "*" and name.startswith(one[:-1])) for one in known)
