"""The REST interface's own page: a list of its paths, and Swagger UI where scripts run."""

from __future__ import annotations

from typing import Any

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
        operations=list(operations(schema)),
        style=bundled("docs.css"),
        scripts=("docs.js",),
    )


def operations(schema: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return method, path and summary of each operation."""
    return [
        (method.upper(), path, told.get("description") or told.get("summary") or "")
        for path, item in schema.get("paths", {}).items()
        for method, told in item.items()
    ]
