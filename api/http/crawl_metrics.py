"""Measures of the last crawl: its state, how far its stages are, the files that are left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from api.schemas.run_words import STATES
from graph.storage.progress import stages
from graph.storage.read_model import ReadModel


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
