"""Before a release: a planned model judged by what is known of its parents."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from api.http.documented import problems
from api.http.errors import Problem
from api.http.etag import not_stored
from api.http.parameters import Clean
from api.http.planned import judged
from api.schemas.preflight import PreflightResult
from graph.preflight import Asked, PlanRefused
from graph.storage.filters.declaration import MAX_TEXT

MAX_PARENTS = 20
MAX_FILES = 50
MAX_FILE = 1 << 18  # characters
BASE = "meta-llama/Llama-3.1-8B"

router = APIRouter(prefix="/v1/check", tags=["findings"], dependencies=[Depends(not_stored)])
Id = Annotated[str, Field(min_length=1, max_length=MAX_TEXT), Clean]
Parents = Annotated[list[Id], Field(max_length=MAX_PARENTS)]
Text = Annotated[str, Field(max_length=MAX_FILE)]
OfBase = Literal["finetune", "adapter", "merge", "quantized", "mirror", "distilled"]


class PlannedModel(BaseModel):
    """A model before its release."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"name": "support-8b", "bases": [BASE], "license": "apache-2.0"},
                {
                    "name": "acme/Llama-3.1-8B-Support",
                    "bases": [BASE],
                    "datasets": ["acme/talk"],
                    "relation": "finetune",
                    "license": "llama3.1",
                    "files": {"README.md": "Built with Llama"},
                },
            ]
        },
    )

    name: Id = Field(description="NAME or OWNER/NAME.", examples=["acme/Llama-3.1-8B-Support"])
    bases: Parents = Field([], description="The models it is made from.", examples=[[BASE]])
    from_scratch: bool = Field(False, description="That it is made from no other model.")
    datasets: Parents = Field([], description="What it is trained on.", examples=[["acme/talk"]])
    relation: OfBase | None = Field(
        None,
        description="What it is to its bases; as the files, their number and the name say where it "
        "is not told.",
    )
    license: Id | None = Field(
        None, description="The licence to be declared.", examples=["llama3.1"]
    )
    files: Annotated[dict[Id, Text], Field(max_length=MAX_FILES)] | None = Field(
        None, description="All texts to be published, by file name; without it they are unknown."
    )


@router.post(
    "",
    summary="Check a planned model",
    operation_id="check_planned_model",
    responses=problems(413, 422, 503),
)
def check(request: Request, model: PlannedModel) -> PreflightResult:
    """Judge a model that does not exist yet, by what is known of what it is made from.

    The first line, `verdict`, says whether anything stands in the way; each duty comes with text
    to paste. What nobody could resolve is `unresolved`, what is only taken for something
    `guessed`: neither fails anybody, and with either the outcome is `unknown` at the best.
    A model that names no base is refused, unless it was trained `from_scratch`.
    """
    try:
        return judged(request, _asked(model))
    except PlanRefused as reason:
        raise Problem(422, f"{reason}.", kind="invalid-request") from None


def _asked(model: PlannedModel) -> Asked:
    return Asked(
        name=model.name,
        bases=tuple(model.bases),
        datasets=tuple(model.datasets),
        licence=model.license or "",
        relation=model.relation or "",
        from_scratch=model.from_scratch,
        files=model.files or {},
        siblings=None if model.files is None else tuple(model.files),
    )
