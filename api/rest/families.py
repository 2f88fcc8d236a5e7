"""Families: the lines of models that the rosters know, and their members."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.http.documented import marked
from api.http.errors import named
from api.http.etag import from_read_model
from api.http.paging import Page
from api.http.parameters import Clean, Counted, MembershipIndex, placed
from api.http.services import Given
from api.rest.artifacts import page_of
from api.schemas.artifacts import ArtifactPage
from api.schemas.families import FamilyList, FamilyView
from graph.catalogue import roster
from graph.catalogue.model import Kind
from graph.storage.filters.lists import ArtifactFilter

router = APIRouter(
    prefix="/v1/families", tags=["families"], dependencies=[Depends(from_read_model)]
)
FamilyId = Annotated[
    str, placed("As the list of families names it.", "llama-3.1", alias="id"), Clean
]
OfKind = Annotated[Kind | None, Query(description="Only models, or only data sets.")]


@router.get("", summary="List families", operation_id="list_families", responses=marked(422, 503))
def families(services: Given, wanted: Counted) -> FamilyList:
    """Return every family of the rosters, with its members by the lineage that counts."""
    counted = services.read_model.family_counts(wanted)
    known = roster.load().families.values()
    return FamilyList(items=[FamilyView.of(f, counted.get(f.id)) for f in known], next=None)


@router.get(
    "/{id}/members",
    summary="The members of a family",
    operation_id="list_family_members",
    responses=marked(400, 404, 422, 503),
)
def members(
    services: Given, family: FamilyId, wanted: MembershipIndex, paging: Page, kind: OfKind = None
) -> ArtifactPage:
    """List a family's models and data sets, in order of id."""
    named("family", family, roster.load().families)
    within = ArtifactFilter.model_validate({**dict(wanted), "family": family})
    return page_of(services, within, kind, paging)
