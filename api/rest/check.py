"""Before a release: a planned model judged by what is known of its parents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from api.http.documented import problems
from api.http.errors import Problem
from api.http.etag import not_stored
from api.http.parameters import Clean
from api.http.services import Given, Services
from api.schemas.preflight import PreflightResult
from graph import preflight
from graph.catalogue import licences
from graph.catalogue.model import Membership, Relation
from graph.compliance.policies import DEFAULT, Policies
from graph.lineage.membership import THRESHOLD
from graph.preflight import Plan, PlanRefused
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


@dataclass(frozen=True, slots=True)
class Judging:
    """How a server judges plans; the door may put its own at ``app.state.judging``."""

    threshold: float = THRESHOLD
    policies: Policies = DEFAULT


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
    datasets: Parents = Field([], description="What it is trained on.", examples=[["acme/talk"]])
    relation: OfBase | None = Field(
        None, description="What it is to its bases; by their number where it is not told."
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
def check(request: Request, services: Given, model: PlannedModel) -> PreflightResult:
    """Judge a model that does not exist yet, by what is known of its parents.

    The answer says whether anything stands in the way, and lists each duty with text to paste.
    A base that is not known fails nobody; `notes` say how it was read.
    """
    plan = _plan(model)
    wanted = (*plan.bases, *plan.dataset_ids)
    above = preflight.ancestry(services.store, wanted, services.lineage_nodes)
    how: Judging = getattr(request.app.state, "judging", Judging())
    members = _members(services)
    return PreflightResult.of(preflight.judge(plan, above, members, how.threshold, how.policies))


def _members(services: Services) -> preflight.MemberOf:
    def members(artifact_id: str) -> Sequence[Membership]:
        stored = services.read_model.artifact(artifact_id)
        return stored.memberships if stored else ()

    return members


def _plan(model: PlannedModel) -> Plan:
    """Return the plan that a request tells. Raises Problem (422)."""
    told = licences.load().by_name(model.license) if model.license else None
    declared = told or (model.license and model.license.strip().lower())
    names = tuple(model.files) if model.files is not None else None
    relation = model.relation or preflight.relation_of(model.bases, names or ())
    try:
        return Plan(
            name=model.name,
            bases=tuple(model.bases),
            datasets=tuple(model.datasets),
            relation=Relation(relation),
            licences=(declared,) if declared else None,
            files=model.files or {},
            siblings=names,
            created=datetime.now(UTC),
        )
    except PlanRefused as reason:
        raise Problem(422, f"{reason}.", kind="invalid-request") from None
