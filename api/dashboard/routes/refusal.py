"""The page of what cannot be shown as asked."""

from __future__ import annotations

from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse

from api.dashboard.page.asked import Refused
from api.dashboard.page.rendering import page
from api.http.errors import answer, invalid


def install(app: FastAPI) -> None:
    """Say in a page why a page is not there. What REST refuses stays a problem."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Refused, refusal)


async def _invalid(request: Request, error: Exception) -> Response:
    problem = invalid(cast("RequestValidationError", error))
    if request.scope["route"].include_in_schema:
        return answer(request, problem)
    return await refusal(request, Refused(problem.status, "Wrong parameter", f"{problem.detail}."))


async def refusal(request: Request, error: Exception) -> HTMLResponse:
    """Say why a page is not there."""
    reason = cast("Refused", error)
    return page(
        request, "refused.html", title=reason.title, status=reason.status, message=reason.message
    )
