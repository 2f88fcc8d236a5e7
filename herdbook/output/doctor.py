"""The doctor's report as JSON shows it."""

from __future__ import annotations

from typing import Self

from api.schemas.base import Schema
from crawler.doctor import Report, Result
from crawler.doctor.verdict import State


class DoctorCheck(Schema):
    """One belief and what came of it; ``needed``: a crawl cannot do without it, and it differs."""

    id: str
    belief: str
    verdict: State
    needed: bool
    seen: str
    meaning: str

    @classmethod
    def of(cls, result: Result) -> Self:
        """Return a belief with its verdict."""
        told = result.verdict
        return cls(
            id=result.id,
            belief=result.belief,
            verdict=told.state,
            needed=told.needed,
            seen=told.seen,
            meaning=told.meaning,
        )


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
    checks: list[DoctorCheck]

    @classmethod
    def of(cls, report: Report) -> Self:
        """Return a report as it is shown."""
        return cls(
            endpoint=report.endpoint,
            version=report.version,
            date=report.date,
            token=report.token,
            quick=report.quick,
            requests=report.requests,
            well=report.well,
            unanswered=list(report.unanswered),
            checks=[DoctorCheck.of(one) for one in report.results],
        )
