"""Findings across the register."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from api.http.documented import marked
from api.http.etag import from_read_model
from api.http.paging import Page
from api.http.parameters import Findings
from api.http.services import Given
from api.schemas.findings import FindingPage, ListedFindingView

router = APIRouter(
    prefix="/v1/findings", tags=["findings"], dependencies=[Depends(from_read_model)]
)


@router.get(
    "", summary="List findings", operation_id="list_findings", responses=marked(400, 422, 503)
)
def findings(services: Given, wanted: Findings, paging: Page) -> FindingPage:
    """List what the checks say now, most downloaded first, without what does not apply."""
    rows = services.read_model.findings(wanted, after=paging.after(int, int), limit=paging.take)
    return paging.page(FindingPage, rows, lambda row: row.place, ListedFindingView.listed)
