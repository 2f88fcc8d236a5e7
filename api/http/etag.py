"""Which state an answer comes from, and whether the one who asks has it already (ETag, 304).

The mark is made of the build, of what was stored since (a sheet shows the record as it is now),
of the code and data this process answers with, and of the address. It is read before the answer
is worked out: a build that ends in between makes the mark too old, never too new.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from urllib.parse import urlencode

from fastapi import HTTPException, Request, Response

from api.http import graphml
from api.http.services import Given, Services
from graph.engines.port.ports import GraphState
from graph.engines.queries.query import library
from graph.pipeline.build import code_digest

BUILD_HEADER = "Herdbook-Build"
UNDER_WAY_HEADER = "Herdbook-Build-Under-Way"
RUNS = 5  # of the last runs, any may still be storing records


def from_read_model(request: Request, response: Response, services: Given) -> None:
    """Mark an answer that depends on the build and the records. Raises HTTPException (304)."""
    build = services.read_model.build()
    runs = [(r["number"], r["state"], r["counts"]) for r in services.read_model.runs(RUNS)]
    state = repr((runs, services.triage.mark()))
    _mark(request, response, build["id"] if build else None, state)


def from_graph(request: Request, response: Response, services: Given) -> None:
    """Mark an answer that depends on the graph alone. Raises HTTPException (304)."""
    _of_graph(request, response, services, "")


def from_footprint(request: Request, response: Response, services: Given) -> None:
    """Mark an answer of the graph that also tells how much was read. Raises HTTPException (304)."""
    _of_graph(request, response, services, repr(services.read_model.coverage()))


def _of_graph(request: Request, response: Response, services: Services, more: str) -> None:
    """Mark an answer of the graph, and of ``more``.

    While a build is written into the graph that is read, answers change from one to the next.
    """
    state = services.store.state()
    if state.under_way:
        not_stored(response)
        tell(response, state)
    else:
        _mark(request, response, state.build, more)


def tell(response: Response, state: GraphState) -> None:
    """Say which build an answer of the graph comes from, and which one is under way."""
    if state.build:
        response.headers[BUILD_HEADER] = state.build
    if state.under_way:
        response.headers[UNDER_WAY_HEADER] = state.under_way


def from_code(request: Request, response: Response, services: Given) -> None:
    """Mark an answer that comes with the code: licences, the query library."""
    _mark(request, response, None, services.version)


def not_stored(response: Response) -> None:
    """Say of an answer that is of this moment only that nobody should keep it."""
    response.headers["Cache-Control"] = "no-store"


def _mark(request: Request, response: Response, build: str | None, state: str) -> None:
    headers = {"ETag": _etag(request, build, state), "Cache-Control": "no-cache", "Vary": "Accept"}
    if build:
        headers[BUILD_HEADER] = build
    if headers["ETag"] in _held(request):
        raise HTTPException(304, headers=headers)
    response.headers.update(headers)


def _etag(request: Request, build: str | None, state: str) -> str:
    """Return a weak mark: the same answer may travel compressed or not."""
    query = urlencode(sorted(request.query_params.multi_items()), errors="backslashreplace")
    told = (build, state, _code(), request.scope["path"], query, graphml.accepted(request))
    digest = blake2b(repr(told).encode("utf-8", "backslashreplace"), digest_size=12)
    return f'W/"{digest.hexdigest()}"'


def _held(request: Request) -> set[str]:
    """Return the marks of `If-None-Match`, compared weakly; ``*`` is never ours to promise."""
    told = ",".join(request.headers.getlist("if-none-match"))
    opaque = (mark.strip().removeprefix("W/") for mark in told.split(","))
    return {f"W/{mark}" for mark in opaque if mark}


@cache
def _code() -> str:
    """Return a digest of the code, rosters, licences and queries that answers are made with."""
    return code_digest() + blake2b(repr(library()).encode(), digest_size=8).hexdigest()
