"""Measures of one application: requests by route, the register's size, the last crawl."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from time import monotonic, perf_counter
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.schemas.run_words import STATES
from graph.storage.progress import stages
from graph.storage.read_model import ReadModel

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OTHER = "other"  # what strangers make up must not become a label each
RECOUNT = 60.0  # seconds; counting millions of rows at every scrape would be dear


class Metrics:
    """The measures of one application, in a registry of its own."""

    def __init__(self, read_model: ReadModel) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "herdbook_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "herdbook_request_seconds",
            "Time to answer.",
            ("method", "route"),
            registry=self.registry,
        )
        self.registry.register(Sizes(read_model))
        self.registry.register(Crawling(read_model))

    def observe(self, scope: Scope, status: int, seconds: float) -> None:
        """Take down one request, by its route's template and not by its address."""
        method = scope["method"] if scope["method"] in _METHODS else _OTHER
        route = getattr(scope.get("route"), "path_format", _OTHER)
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)


class Sizes(Collector):
    """The size of the register, counted at most once a minute."""

    def __init__(self, read_model: ReadModel) -> None:
        self._read_model = read_model
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}
        self._counted: float | None = None

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield a gauge each; the last known ones while the database cannot be read."""
        with self._lock:
            if self._counted is None or monotonic() - self._counted > RECOUNT:
                self._recount()
            counts = dict(self._counts)
        for name, count in counts.items():
            yield GaugeMetricFamily(f"herdbook_{name}", f"How many {name} there are.", count)

    def _recount(self) -> None:
        try:
            self._counts = self._read_model.counts()
        except SQLAlchemyError:
            return
        self._counted = monotonic()


class Crawling(Collector):
    """Reads one row at every scrape; nothing is told while the database cannot be read."""

    def __init__(self, read_model: ReadModel) -> None:
        self._read_model = read_model

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges; every state is 0 before a first crawl."""
        try:
            last = self._read_model.last_crawl()
        except SQLAlchemyError:
            return
        yield _states(last)
        if last is None:
            return
        yield _requests(last)
        left = (last["counts"] or {}).get("files_left") or 0
        yield GaugeMetricFamily(
            "herdbook_files_left", "Repositories with files not yet asked for.", left
        )


def _states(last: dict[str, Any] | None) -> GaugeMetricFamily:
    told = GaugeMetricFamily(
        "herdbook_crawl_state", "1 for the state that the last crawl is in.", labels=("state",)
    )
    for state in STATES:
        told.add_metric((state,), float(last is not None and last["state"] == state))
    return told


def _requests(last: dict[str, Any]) -> GaugeMetricFamily:
    told = GaugeMetricFamily(
        "herdbook_crawl_stage_requests",
        "Requests of the last crawl by stage: expected, where that is known, and made.",
        labels=("stage", "kind"),
    )
    for stage in stages(last["plan"]):
        if stage.requests is not None:
            told.add_metric((stage.name, "expected"), stage.requests)
        told.add_metric((stage.name, "done"), stage.done)
    return told


class Measured:
    """Measures every request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; one that ends without an answer counts as a fault of ours."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        status, started = 500, perf_counter()

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            return await self._app(scope, receive, seen)
        finally:
            self._metrics.observe(scope, status, perf_counter() - started)
