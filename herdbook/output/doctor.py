"""The doctor's report as JSON shows it."""

from __future__ import annotations

from pydantic import AliasPath, Field

from api.schemas.base import Schema
from crawler.doctor.verdict import State


class DoctorCheck(Schema):
    """One belief and what came of it; ``needed``: a crawl cannot do without it, and it differs."""

    id: str
    belief: str
    verdict: State = Field(validation_alias=AliasPath("verdict", "state"))
    needed: bool = Field(validation_alias=AliasPath("verdict", "needed"))
    seen: str = Field(validation_alias=AliasPath("verdict", "seen"))
    meaning: str = Field(validation_alias=AliasPath("verdict", "meaning"))


class DoctorReport(Schema):
    """What was found at an endpoint, that may be shown to anyone."""

    endpoint: str
    version: str
    date: str
    token: bool
    quick: bool
    requests: int
    well: bool
    unanswered: list[str]
    checks: list[DoctorCheck] = Field(validation_alias="results")
