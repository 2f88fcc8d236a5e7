"""The web application: REST under /v1, pages, health. Built around the services it is given."""

from __future__ import annotations

from threading import BoundedSemaphore

from fastapi import Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from api.dashboard import mount
from api.http import documented, errors
from api.http.guards import BodyLimit, CleanPath
from api.http.headers import SecurityHeaders
from api.http.metrics import Measured, Metrics
from api.http.parameters import known_only
from api.http.services import Services
from api.rest import (
    artifacts,
    check,
    cypher,
    families,
    findings,
    footprint,
    health,
    licences,
    queries,
    runs,
    triage,
)
from graph.catalogue.model import Kind

_ROUTES = (families, findings, triage, check, licences, queries, cypher, footprint, runs, health)


def create_app(services: Services) -> FastAPI:
    """Return the application."""
    app = FastAPI(
        title="Herdbook",
        version=services.version,
        docs_url=None,  # FastAPI's own pages fetch their scripts from outside
        redoc_url=None,
        dependencies=[Depends(known_only)],
        responses=documented.problems(422),
        redirect_slashes=False,  # an id may end in anything, and a redirect would repeat the Host
    )
    app.state.services = services
    app.state.metrics = Metrics(services.read_model)
    app.state.console_places = BoundedSemaphore(services.cypher_at_once)
    errors.install(app)
    documented.install(app)
    _wrap(app)
    for kind in Kind:
        app.include_router(artifacts.router(kind))
    for routes in _ROUTES:
        app.include_router(routes.router)
    mount(app)
    return app


def _wrap(app: FastAPI) -> None:
    """Put the middleware round the routes, the innermost first."""
    app.add_middleware(BodyLimit)
    app.add_middleware(CleanPath)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Measured, metrics=app.state.metrics)
    app.add_middleware(SecurityHeaders)
