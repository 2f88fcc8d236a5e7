"""Models and data sets: lists, sheets, lineages, findings. The same routes for both kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from api.http import graphml
from api.http.documented import Responses, marked
from api.http.errors import Problem, unknown
from api.http.etag import from_graph, from_read_model
from api.http.paging import Page, Paging
from api.http.parameters import Artifacts, AtLeast, Name, Owner
from api.http.services import Given, Services
from api.schemas.artifacts import ArtifactDetail, ArtifactPage, ArtifactSummary
from api.schemas.findings import ArtifactFindings, FindingView
from api.schemas.lineage import LineageView
from graph.catalogue.model import DATASET_PREFIX, Kind
from graph.engines.port.ports import Direction
from graph.storage.filters.declaration import MAX_TEXT
from graph.storage.filters.lists import MemberFilter
from graph.storage.read_model import StoredArtifact

ONE = "/{owner}/{name:path}"  # the names of parents, as claims write them, may hold slashes
_NO_OWNER = "_"
_WORDS = {Kind.MODEL: ("model", "models"), Kind.DATASET: ("data set", "data sets")}
_GRAPHML: Responses = {
    200: {
        "description": "The lineage, as JSON or as GraphML.",
        "content": {graphml.MEDIA_TYPE: {"schema": {"type": "string"}}},
    }
}
Way = Annotated[
    Direction,
    Query(description="What it comes from, what comes from it, or both.", examples=["up"]),
]
Depth = Annotated[int, Query(ge=1, le=50, description="At most so many steps.", examples=[3])]
Format = Annotated[
    Literal["json", "graphml"] | None,
    Query(description="Overrides the Accept header.", examples=["graphml"]),
]


def page_of(
    services: Services, wanted: MemberFilter, kind: Kind | None, paging: Paging
) -> ArtifactPage:
    """Return a page of the artifacts that a filter lets through."""
    (after,) = paging.after(str) or (None,)
    rows = services.read_model.artifacts(wanted, kind=kind, after=after, limit=paging.take)
    return paging.page(ArtifactPage, rows, lambda row: (row.id,), ArtifactSummary.of)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The endpoints of one kind. Their docstrings are what OpenAPI says of them."""

    kind: Kind

    def page(self, services: Given, wanted: Artifacts, paging: Page) -> ArtifactPage:
        """List those that pass every filter, in order of id."""
        return page_of(services, wanted, self.kind, paging)

    def stored(self, services: Given, owner: Owner, name: Name) -> ArtifactDetail:
        """Return one whole: what the Hub says of it, families, licences, findings.

        One that went from the Hub is answered with its last known facts, and says in `removed`
        when it went.
        """
        return ArtifactDetail.of(self._stored_artifact(services, self._id(owner, name)))

    def findings(self, services: Given, owner: Owner, name: Name) -> ArtifactFindings:
        """Return what every check says of it, those that do not apply included."""
        stored = self._stored_artifact(services, self._id(owner, name))
        revision, given = stored.artifact.revision, stored.annotations
        told = [FindingView.answered(finding, revision, given) for finding in stored.findings]
        return ArtifactFindings(items=told, next=None)

    def lineage(
        self,
        request: Request,
        response: Response,
        services: Given,
        owner: Owner,
        name: Name,
        at_least: AtLeast,
        direction: Way = "both",
        depth: Depth = 10,
        format: Format = None,  # noqa: A002  # the parameter's name in the address
    ) -> LineageView | Response:
        """Return where it comes from and what comes from it, as nodes and edges."""
        artifact_id = self._id(owner, name)
        limit = services.lineage_nodes
        found = services.store.lineage(artifact_id, direction, depth, at_least, limit)
        if not found:
            self._stored_artifact(services, artifact_id)  # one removed is known, without lineage
        if format == "graphml" or (format is None and graphml.accepted(request)):
            return Response(graphml.write(found), 200, response.headers, graphml.MEDIA_TYPE)
        return LineageView.of(artifact_id, found)

    def _id(self, owner: str, name: str) -> str:
        prefix = DATASET_PREFIX if self.kind is Kind.DATASET else ""
        written = prefix + (name if owner == _NO_OWNER else f"{owner}/{name}")
        if len(written) > MAX_TEXT + len(prefix):
            raise Problem(422, f"An id has {MAX_TEXT} characters at most.", kind="invalid-request")
        return written

    def _stored_artifact(self, services: Services, artifact_id: str) -> StoredArtifact:
        """Return what is known of an id of this kind; Problem (404) for one that is not."""
        right = Kind.of(artifact_id) is self.kind
        stored = services.read_model.artifact(artifact_id) if right else None
        if stored is None:
            nearest = services.read_model.nearest(artifact_id)
            raise unknown(_WORDS[self.kind][0], artifact_id, nearest)
        return stored


def router(kind: Kind) -> APIRouter:
    """Return the routes of one kind."""
    made = APIRouter(prefix=f"/v1/{kind.value}s", tags=["artifacts"])
    at, (one, many) = Endpoints(kind), _WORDS[kind]

    def add(path: str, endpoint: Callable[..., Any], name: str, summary: str, **more: Any) -> None:
        given = {"operation_id": name, "summary": summary, "responses": marked(404, 422, 503)}
        mark = from_graph if "lineage" in path else from_read_model
        made.add_api_route(path, endpoint, dependencies=[Depends(mark)], **(given | more))

    add("", at.page, f"list_{kind}s", f"List {many}", responses=marked(400, 422, 503))
    # Those with more behind the name come first, for the name may hold slashes.
    add(
        f"{ONE}/lineage",
        at.lineage,
        f"get_{kind}_lineage",
        f"The lineage of a {one}",
        response_model=LineageView,
        responses={**marked(404, 422, 503), **_GRAPHML},
    )
    add(f"{ONE}/findings", at.findings, f"get_{kind}_findings", f"The findings on a {one}")
    add(ONE, at.stored, f"get_{kind}", f"One {one}")
    return made
