"""Reading runs: the last ones, the last crawl, their reports, and what they cover together."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, Select, exists, func, select

from graph.storage import coverage
from graph.storage.coverage import Coverage
from graph.storage.findings import last_build
from graph.storage.tables import SAMPLE_SCOPE, tables

CENSUS, N, R, RUN = tables("census", "notices", "records", "runs")
_NEWEST = select(RUN).order_by(RUN.c.number.desc())
_CRAWLS = _NEWEST.where(RUN.c.kind == "crawl")


class Runs:
    """Answers about runs from the SQL database. Every method is one short transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def runs(self, limit: int = 20, before: int | None = None) -> list[dict[str, Any]]:
        """Return the last runs, newest first; those before a number."""
        query = _NEWEST if before is None else _NEWEST.where(RUN.c.number < before)
        return self._rows(query.limit(limit))

    def run(self, run_id: str) -> dict[str, Any] | None:
        """Return one run by its UUID."""
        return self._first(_NEWEST.where(RUN.c.id == run_id))

    def last_crawl(self) -> dict[str, Any] | None:
        """Return the last crawl that was begun."""
        return self._first(_CRAWLS)

    def sample(self) -> dict[str, Any] | None:
        """Return the run that the bundled sample came with, where all live records are its own."""
        samples = select(RUN.c.number).where(RUN.c.scope == SAMPLE_SCOPE)
        live = R.c.removed.is_(None)
        own = exists().where(live, R.c.seen_run.in_(samples))
        other = exists().where(live, R.c.seen_run.not_in(samples))
        return self._first(_NEWEST.where(RUN.c.scope == SAMPLE_SCOPE, own, ~other))

    def notices(self, run: int, limit: int = 200) -> list[dict[str, Any]]:
        """Return the lines of a run's report, as they came."""
        query = select(N.c.kind, N.c.place, N.c.reason).where(N.c.run == run)
        return self._rows(query.order_by(N.c.number).limit(limit))

    def report(self, run: int, most: int) -> list[tuple[str, int, list[Any]]]:
        """Return a run's report by kind: how many lines (kind, place, reason), and the first."""
        nth = func.row_number().over(partition_by=N.c.kind, order_by=N.c.number).label("nth")
        total = func.count().over(partition_by=N.c.kind).label("total")
        lines = select(N, nth, total).where(N.c.run == run).subquery()
        first = select(lines).where(lines.c.nth <= most).order_by(lines.c.kind, lines.c.number)
        with self._engine.connect() as connection:
            found = groupby(connection.execute(first).all(), lambda row: (row.kind, row.total))
        return [(*kind_and_total, list(rows)) for kind_and_total, rows in found]

    def coverage(self) -> Coverage:
        """Return whether the Hub's list was read whole, and built since."""
        first = _CRAWLS.where(RUN.c.listed.is_not(None)).order_by(None).order_by(RUN.c.listed)
        if (whole := self._first(first)) is None:
            return coverage.of_runs(self._rows(_CRAWLS))
        with self._engine.connect() as connection:
            built = last_build(connection)
            if built and built.started < whole["listed"] and _brought(connection, whole["number"]):
                return coverage.unbuilt(whole["listed"])
        return coverage.of_runs([whole])

    def _first(self, query: Select[Any]) -> dict[str, Any] | None:
        return next(iter(self._rows(query.limit(1))), None)

    def _rows(self, query: Select[Any]) -> list[dict[str, Any]]:
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _brought(connection: Connection, run: int) -> bool:
    """Tell whether a run changed anything that a graph holds: a record, or what else there is."""
    told = exists().where(R.c.changed_run == run), exists().where(CENSUS.c.run == run)
    return any(connection.scalar(select(one)) for one in told)
