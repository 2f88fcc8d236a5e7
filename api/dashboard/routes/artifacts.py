"""One model or data set: facts, lineage, findings."""

from __future__ import annotations

from typing import Annotated

import networkx as nx
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dashboard.drawing.layout import draw
from api.dashboard.page import links
from api.dashboard.page.asked import LONGEST
from api.dashboard.page.hues import hue, title
from api.dashboard.page.rendering import page
from api.dashboard.page.text import json_text
from api.dashboard.views import artifact as view
from api.http.parameters import AtLeast, Clean
from api.http.services import Given, Services
from api.schemas.artifacts import ArtifactDetail
from api.schemas.lineage import LineageView
from graph.catalogue.model import Kind, Strength
from graph.engines.port.ports import QueryFailed
from graph.engines.port.schema import label_of
from graph.engines.queries.query import library

router = APIRouter(include_in_schema=False)
Id = Annotated[
    str,
    Query(alias="id", min_length=1, max_length=LONGEST, description="As cards write it."),
    Clean,
]
UPWARDS = 30  # steps; a lineage is seldom deeper than ten
CHILDREN = 24
_MOST_USED = """MATCH (c)-[:DERIVED_FROM|TRAINED_ON|GENERATED_BY]->(p:LABEL {id: $id})
RETURN DISTINCT c.id AS id, coalesce(c.downloads, 0) AS downloads
ORDER BY downloads DESC, id LIMIT 24"""


@router.get("/models/{rest:path}")
def model(request: Request, services: Given, rest: str, at_least: AtLeast) -> HTMLResponse:
    """Show a model."""
    return show(request, services, links.id_from(Kind.MODEL, rest), at_least)


@router.get("/datasets/{rest:path}")
def dataset(request: Request, services: Given, rest: str, at_least: AtLeast) -> HTMLResponse:
    """Show a data set."""
    return show(request, services, links.id_from(Kind.DATASET, rest), at_least)


@router.get("/artifact")
def by_id(request: Request, services: Given, artifact_id: Id, at_least: AtLeast) -> Response:
    """Show what has an id that no path can hold."""
    if not (address := links.artifact(artifact_id)).startswith("/artifact?"):
        return RedirectResponse(address, 303)
    return show(request, services, artifact_id, at_least)


def show(
    request: Request, services: Services, artifact_id: str, at_least: Strength
) -> HTMLResponse:
    """Return the page of an artifact; a 404 page with the nearest ids for one not known."""
    stored = services.read_model.artifact(artifact_id)
    if stored is None:
        return unknown(request, services, artifact_id)
    graph = _lineage(services, artifact_id, at_least)
    drawing = (
        draw(graph, artifact_id, first=_first(services, artifact_id), children=CHILDREN,
             more=graph.graph.get("truncated", False))
        if artifact_id in graph else None
    )  # fmt: skip
    detail, lineage = ArtifactDetail.of(stored), LineageView.of(artifact_id, graph)
    return page(
        request,
        "artifact.html",
        title=artifact_id,
        artifact=detail,
        licence_read=stored.artifact.licences is not None,
        concluded=view.concluded(detail),
        groups=view.groups(detail),
        strength=at_least.word,
        drawing=drawing,
        legend=[(hue(f), title(f)) for f in drawing.families] if drawing else [],
        edges=view.edges(lineage),
        explorer=view.explorer(lineage),
        cut=lineage.truncated,
        exports=exports(artifact_id, at_least),
        ask=[
            links.console(library()[name].cypher, {"id": json_text(artifact_id)})
            for name in ("ancestors-of", "descendants-of")
        ],
        scripts=("lineage.js",),
    )


def exports(artifact_id: str, at_least: Strength) -> dict[str, str] | None:
    """Return the addresses of the sheet and the lineage as files; None where REST has no path."""
    stored = links.api(artifact_id)
    if stored is None:
        return None
    asked = {"strength": at_least.word, "depth": UPWARDS}
    lineage = f"{stored}/lineage"
    return {
        "sheet": stored,
        "json": links.with_query(lineage, asked),
        "graphml": links.with_query(lineage, {**asked, "format": "graphml"}),
    }


def unknown(request: Request, services: Services, artifact_id: str) -> HTMLResponse:
    """Return the page of an id that is not known."""
    near = services.read_model.nearest(artifact_id)
    return page(
        request, "unknown.html", title="Not known", status=404, wanted=artifact_id, nearest=near
    )


def _lineage(services: Services, artifact_id: str, at_least: Strength) -> nx.MultiDiGraph[str]:
    """Return all ancestors and the direct children in one graph."""
    up = services.store.lineage(artifact_id, "up", UPWARDS, at_least, services.lineage_nodes)
    down = services.store.lineage(artifact_id, "down", 1, at_least, services.lineage_nodes)
    whole: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.compose(up, down))
    whole.graph["truncated"] = len(down) >= services.lineage_nodes
    return whole


def _first(services: Services, artifact_id: str) -> list[str]:
    """Return the most downloaded children; none where the engine cannot say now."""
    query = _MOST_USED.replace("LABEL", label_of(artifact_id))
    try:
        table = services.console.cypher(query, {"id": artifact_id}, seconds=5, rows=CHILDREN)
    except QueryFailed:
        return []
    return [row[0] for row in table.rows]
