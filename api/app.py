"""The web application: REST under /v1, pages, health. Built around the services it is given."""

from __future__ import annotations

from fastapi import FastAPI

from api.services import Services


def create_app(services: Services) -> FastAPI:
    """Return the application."""
    app = FastAPI(title="Herdbook", version=services.version, docs_url=None, redoc_url=None)
    app.state.services = services
    return app
