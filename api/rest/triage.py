"""People's annotations to findings: taken from those who hold the server's token."""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import compare_digest
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.http.documented import problems
from api.http.errors import Problem, unknown
from api.http.etag import not_stored
from api.http.parameters import Clean
from api.http.services import Given
from api.schemas.findings import AnnotationView
from graph.compliance import triage
from graph.compliance.triage import MAX_BY, MAX_REASON, AnnotationKind, AnnotationRefused
from graph.storage.filters.declaration import MAX_TEXT

Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]
Number = Annotated[
    int, Path(ge=1, lt=1 << 31, description="The annotation's number.", examples=[1])
]
Word = Annotated[str, Field(min_length=1, max_length=MAX_TEXT), Clean]


def allowed(services: Given, shown: Shown) -> None:
    """Let those pass who hold the token. Raises Problem (401, 403)."""
    if not services.token:
        raise Problem(403, "This server takes no annotations: HERDBOOK_TOKEN is not set.")
    if shown is None or not compare_digest(shown.credentials.encode(), services.token.encode()):
        raise Problem(
            401,
            "Show the server's token: Authorization: Bearer …",
            headers={"WWW-Authenticate": "Bearer"},
        )


router = APIRouter(
    prefix="/v1/findings/annotations",
    tags=["findings"],
    dependencies=[Depends(not_stored), Depends(allowed)],
)


class GivenAnnotation(BaseModel):
    """An annotation to one finding."""

    model_config = ConfigDict(extra="forbid")

    id: Word = Field(description="The artifact.", examples=["acme/support-8b"])
    check: Word = Field(examples=["name-prefix"])
    licence: Word | None = Field(
        None, description="Where the check is judged under several.", examples=["llama3.1"]
    )
    kind: AnnotationKind
    reason: str = Field(max_length=MAX_REASON, examples=["The name was agreed with the licensor."])
    by: str = Field(max_length=MAX_BY, examples=["legal@acme.example"])
    until: AwareDatetime | None = Field(None, description="When it runs out; never without it.")


@router.post(
    "",
    status_code=201,
    summary="Answer a finding",
    operation_id="reply_to_finding",
    responses=problems(401, 403, 404, 413, 422, 503),
)
def annotation(services: Given, told: GivenAnnotation) -> AnnotationView:
    """Note, dispute or waive a finding. Its outcome stays; the annotation is shown beside it."""
    stored = services.read_model.artifact(told.id)
    if stored is None:
        raise unknown("artifact", told.id, services.read_model.nearest(told.id))
    try:
        finding = triage.chosen(stored.findings, told.check, told.licence)
        taken = services.triage.take(finding, told.kind, told.reason, told.by, told.until)
    except AnnotationRefused as reason:
        raise Problem(422, f"{reason}.", kind="invalid-request") from None
    return AnnotationView.of(taken, finding, datetime.now(UTC))


@router.delete(
    "/{number}",
    status_code=204,
    summary="Withdraw an annotation",
    operation_id="withdraw_reply",
    responses=problems(401, 403, 404, 422, 503),
)
def withdraw(services: Given, number: Number) -> None:
    """Withdraw an annotation. It stays stored and is shown no more."""
    if not services.triage.withdraw(number):
        raise Problem(404, f"There is no annotation {number}, or it was withdrawn.")
