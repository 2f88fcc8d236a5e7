"""The page of what cannot be shown as asked."""

from __future__ import annotations

from typing import cast

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.dashboard.page.asked import Refused
from api.dashboard.page.rendering import page


async def refusal(request: Request, error: Exception) -> HTMLResponse:
    """Say why a page is not there."""
    reason = cast("Refused", error)
    return page(
        request, "refused.html", title=reason.title, status=reason.status, message=reason.message
    )
