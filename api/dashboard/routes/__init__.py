"""The routes of the pages, a file for each kind of page."""

from __future__ import annotations

from fastapi import APIRouter

from api.dashboard.routes import (
    artifacts,
    console,
    docs,
    families,
    findings,
    licence_diff,
    licences,
    overview,
    runs,
    search,
)


def all_routes() -> list[APIRouter]:
    """Return the routers of all pages; the schema of the REST interface leaves them out."""
    parts = (
        overview,
        search,
        artifacts,
        findings,
        licences,
        licence_diff,
        families,
        console,
        runs,
        docs,
    )
    return [part.router for part in parts]
