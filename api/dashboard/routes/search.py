"""Lists of models and data sets, and the search box of every page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dashboard.page import links
from api.dashboard.page.asked import AfterId
from api.dashboard.page.rendering import page
from api.http.parameters import Artifacts, Clean
from api.http.services import Given, Services
from api.schemas.artifacts import ArtifactSummary
from graph.catalogue.model import Kind
from graph.storage.filters.declaration import MAX_TEXT
from graph.storage.filters.lists import ArtifactFilter
from graph.storage.read_model import LIMIT

router = APIRouter(include_in_schema=False)
Sought = Annotated[str, Query(max_length=MAX_TEXT, description="An id, or a part of one."), Clean]
TITLES = {Kind.MODEL: ("Models", "/models"), Kind.DATASET: ("Data sets", "/datasets")}


@router.get("/models")
def models(
    request: Request, services: Given, wanted: Artifacts, after: AfterId = None
) -> HTMLResponse:
    """List models."""
    return _list(request, services, Kind.MODEL, wanted, after)


@router.get("/datasets")
def datasets(
    request: Request, services: Given, wanted: Artifacts, after: AfterId = None
) -> HTMLResponse:
    """List data sets."""
    return _list(request, services, Kind.DATASET, wanted, after)


@router.get("/search")
def search(request: Request, services: Given, q: Sought = "") -> Response:
    """Go to the artifact of an exact id; list what contains the words, or the nearest ids."""
    wanted = q.strip().removeprefix(links.HUB).strip("/")
    if wanted and services.read_model.artifact(wanted) is not None:
        return RedirectResponse(links.artifact(wanted), 303)
    found = services.read_model.artifacts(ArtifactFilter(search=wanted)) if wanted else []
    return page(
        request,
        "search.html",
        title="Search",
        wanted=wanted,
        found=[ArtifactSummary.of(one) for one in found],
        nearest=services.read_model.nearest(wanted) if wanted and not found else [],
        more=links.with_query("/models", {"search": wanted}) if len(found) == LIMIT else None,
    )


def _list(
    request: Request, services: Services, kind: Kind, wanted: ArtifactFilter, after: str | None
) -> HTMLResponse:
    found = services.read_model.artifacts(wanted, kind=kind, after=after, limit=LIMIT + 1)
    title, path = TITLES[kind]
    given, shown = wanted.asked(), found[:LIMIT]
    following = {**given, "after": shown[-1].id} if len(found) > LIMIT else None
    return page(
        request,
        "list.html",
        title=title,
        found=[ArtifactSummary.of(one) for one in shown],
        wanted=wanted,
        first=links.with_query(path, given) if after else None,
        following=links.with_query(path, following) if following else None,
    )
