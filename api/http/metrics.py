"""Measures of one application: requests by route, and the size of the register."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from time import monotonic, perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.crawl_metrics import Crawling
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
