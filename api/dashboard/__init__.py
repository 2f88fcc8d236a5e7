"""The pages: server-rendered, readable without JavaScript, improved by it."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api.dashboard.page.rendering import BUNDLE, STYLES
from api.dashboard.routes import (
    artifacts,
    check,
    console,
    docs,
    families,
    findings,
    licences,
    overview,
    refusal,
    runs,
    search,
)

PAGES = (overview, search, artifacts, findings, check, licences, families, console, runs, docs)


def mount(app: FastAPI) -> None:
    """Add the pages, their style and their scripts to the application.

    The bundle need not be there yet: pages then leave their scripts out.
    """
    refusal.install(app)
    app.mount("/styles", StaticFiles(directory=STYLES), name="styles")
    app.mount("/static", StaticFiles(directory=BUNDLE, check_dir=False), name="static")
    for part in PAGES:
        app.include_router(part.router)
