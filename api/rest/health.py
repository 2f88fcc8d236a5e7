"""For those who run the server: is it alive, can it answer, how is it doing."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from api.http.documented import problems
from api.http.errors import Problem
from api.http.etag import not_stored
from api.http.services import Given, Services
from api.schemas import run_words
from api.schemas.health import Health, Readiness
from graph.engines.port.ports import GraphState, StoreError

router = APIRouter(tags=["health"], dependencies=[Depends(not_stored)])


@router.get("/healthz", summary="Is it alive", operation_id="get_health")
async def alive() -> Health:
    """Answer as long as the process does."""
    return Health()


@router.get(
    "/readyz",
    summary="Can it answer",
    operation_id="get_readiness",
    response_model_exclude_unset=True,
    responses=problems(503),
)
def ready(services: Given) -> Readiness:
    """Look whether the database and the graph can be read; 503 says which cannot.

    `degraded` says that what is answered is true and grows old: the last crawl failed, or was
    stopped by something, for the `reason` told.
    """
    state, graph = _state(services)
    if faults := [f"{part}: {how}" for part, how in state.items() if how != "readable"]:
        raise Problem(503, "; ".join(faults), kind="not-ready", parts=state)
    last = services.read_model.last_crawl()
    reason = run_words.trouble(last)
    told: dict[str, Any] = {"status": "ready", **state}
    if last and reason:
        told |= {"status": "degraded", "reason": f"The last crawl {last['state']}: {reason}"}
    return Readiness(**told, build=graph.build, under_way=graph.under_way)


@router.get(
    "/metrics",
    summary="How it is doing",
    operation_id="get_metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request, response: Response) -> Response:
    """Return counts, latencies and the size of the register, as Prometheus reads them."""
    body = generate_latest(request.app.state.metrics.registry)
    return Response(body, 200, response.headers, CONTENT_TYPE_LATEST)


def _state(services: Services) -> tuple[dict[str, str], GraphState]:
    last: dict[str, Any] | None = None
    state = {"database": "readable", "graph": "readable"}
    try:
        last = services.read_model.build()
    except SQLAlchemyError:
        state["database"] = "not readable"
    graph = GraphState()
    try:
        graph = services.store.state()
    except (StoreError, OSError):
        state["graph"] = "not readable"
    if last and graph == GraphState() and state["graph"] == "readable":
        state["graph"] = "empty, though something was built"
    return state, graph
