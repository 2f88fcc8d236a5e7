"""What OpenAPI says beyond the routes themselves: errors, tags, the document's own words."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.http.errors import MEDIA_TYPE
from api.schemas.base import Problem

ABOUT = """\
The register of the Llama models on the Hugging Face Hub: who descends from whom, and who may \
bear the name.

Ids are written as the Hub writes them; an id without an owner takes `_` as owner. Lists come as \
`{"items": [...], "next": cursor | null}`. Errors are problem details (RFC 9457). Answers carry a \
weak ETag and, where they come from a build, its id in `Herdbook-Build`.\
"""
TAGS = [
    {"name": "artifacts", "description": "Models and data sets, their lineage and findings."},
    {"name": "families", "description": "The lines of models, and who belongs to them."},
    {"name": "findings", "description": "What the checks say, across the register."},
    {"name": "licences", "description": "The terms that are judged, clause by clause."},
    {"name": "questions", "description": "The query library and the Cypher console."},
    {"name": "footprint", "description": "Brand and share in the open ecosystem."},
    {"name": "runs", "description": "What was crawled and imported, and what was refused."},
    {"name": "health", "description": "For those who run the server."},
]
_REF = {"schema": {"$ref": "#/components/schemas/Problem"}}
Responses = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Responses:
    """Return the description of the errors that a route answers with, for ``responses``."""
    content = {MEDIA_TYPE: _REF}
    return {s: {"description": HTTPStatus(s).phrase, "content": content} for s in statuses}


def marked(*statuses: int) -> Responses:
    """Return the same for a route whose answers carry an ETag, so that 304 is one of them."""
    unchanged: Responses = {304: {"description": "Not changed since the ETag in If-None-Match."}}
    return {**unchanged, **problems(*statuses)}


def install(app: FastAPI) -> None:
    """Put the shape of problems into the document, which no route returns as its own."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            told = get_openapi(
                title=app.title,
                version=app.version,
                description=ABOUT,
                routes=app.routes,
                tags=TAGS,
            )
            shape = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            told.setdefault("components", {}).setdefault("schemas", {})["Problem"] = shape
            app.openapi_schema = told
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # as FastAPI's own guide does it
