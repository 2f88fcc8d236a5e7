"""The REST interface's own page: a list of its paths, and Swagger UI where scripts run."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.page.rendering import bundled, page

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Show what the REST interface answers."""
    schema = request.app.openapi()
    return page(
        request,
        "docs.html",
        title="REST interface",
        operations=[
            (method.upper(), path, told.get("description") or told.get("summary") or "")
            for path, item in schema.get("paths", {}).items()
            for method, told in item.items()
        ],
        style=bundled("docs.css"),
        scripts=("docs.js",),
    )
