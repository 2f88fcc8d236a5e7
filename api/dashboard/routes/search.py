"""Lists of models and data sets, and the search box of every page."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dashboard.page import links
from api.dashboard.page.asked import Asked
from api.dashboard.page.rendering import page
from api.http.services import Given, Services
from graph.catalogue.model import Kind, Relation
from graph.storage.read_model import ArtifactFilter

router = APIRouter(include_in_schema=False)
TITLES = {Kind.MODEL: ("Models", "/models"), Kind.DATASET: ("Data sets", "/datasets")}


@router.get("/models")
def models(request: Request, services: Given) -> HTMLResponse:
    """List models."""
    return _list(request, services, Kind.MODEL)


@router.get("/datasets")
def datasets(request: Request, services: Given) -> HTMLResponse:
    """List data sets."""
    return _list(request, services, Kind.DATASET)


@router.get("/search")
def search(request: Request, services: Given) -> Response:
    """Go to the artifact of an exact id; list what contains the words, or the nearest ids."""
    wanted = (Asked(request.query_params).text("q") or "").removeprefix(links.HUB).strip("/")
    if wanted and services.register.sheet(wanted) is not None:
        return RedirectResponse(links.artifact(wanted), 303)
    found = services.register.artifacts(ArtifactFilter(search=wanted, limit=50)) if wanted else []
    return page(
        request,
        "search.html",
        title="Search",
        wanted=wanted,
        found=found,
        nearest=services.register.nearest(wanted) if wanted and not found else [],
        more=links.with_query("/models", {"search": wanted}) if len(found) == 50 else None,
    )


def _list(request: Request, services: Services, kind: Kind) -> HTMLResponse:
    asked = Asked(request.query_params)
    wanted = ArtifactFilter(
        kind=kind,
        family=asked.text("family"),
        author=asked.text("author"),
        search=asked.text("search"),
        relation=asked.one_of("relation", Relation),
        licence=asked.text("licence"),
        at_least=asked.strength(),
        after=asked.text("after"),
    )
    found = services.register.artifacts(replace(wanted, limit=wanted.limit + 1))
    title, path = TITLES[kind]
    given = {
        k: asked.text(k) for k in ("search", "family", "author", "relation", "licence", "strength")
    }
    shown = found[: wanted.limit]
    after = {**given, "after": shown[-1].id} if len(found) > wanted.limit else None
    return page(
        request,
        "list.html",
        title=title,
        found=shown,
        given=given,
        first=links.with_query(path, given) if wanted.after else None,
        following=links.with_query(path, after) if after else None,
    )
