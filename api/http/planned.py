"""A planned model judged, as REST answers it and as the page shows it."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import Request

from api.http import services
from api.schemas.preflight import PreflightResult
from graph.preflight import Asked, Judging, PlanRefused, judge, plan

MAX_NAMED = 60  # models and data sets, by what is told and by files: each is looked up


def judged(request: Request, asked: Asked) -> PreflightResult:
    """Return what is said of a planned model. Raises PlanRefused.

    The door may put how it is judged at ``app.state.judging``.
    """
    given, how = services.of(request), getattr(request.app.state, "judging", Judging())
    made = plan(asked, datetime.now(UTC))
    if len(made.claims) > MAX_NAMED:
        raise PlanRefused(f"more than {MAX_NAMED} models and data sets are named")
    return PreflightResult.of(judge(made, given.store, given.read_model, how))
