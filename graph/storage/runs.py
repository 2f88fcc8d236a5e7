"""Reading runs: the last ones, the last crawl, their reports, and what they cover together."""

from __future__ import annotations

from itertools import groupby
from typing import Any, cast

from sqlalchemy import Connection, Select, Table, exists, func, select

from graph.storage import coverage
from graph.storage.coverage import Coverage
from graph.storage.findings import last_build
from graph.storage.tables import SAMPLE_SCOPE, CensusRow, NoticeRow, RecordRow, RunRow

CENSUS, N, R, RUN = (
    cast("Table", row.__table__) for row in (CensusRow, NoticeRow, RecordRow, RunRow)
)
_NEWEST = select(RUN).order_by(RUN.c.number.desc())
_CRAWLS = select(
    *(RUN.c[name] for name in ("number", "state", "counts", "covered", "plan", "listed")),
    *(RUN.c[name] for name in ("finished", "as_of")),
).where(RUN.c.kind == "crawl")


def last(connection: Connection, limit: int, before: int | None = None) -> list[dict[str, Any]]:
    """Return the last runs, newest first; those before a number."""
    query = _NEWEST if before is None else _NEWEST.where(RUN.c.number < before)
    return _rows(connection, query.limit(limit))


def one(connection: Connection, run_id: str) -> dict[str, Any] | None:
    """Return one run by its UUID."""
    return next(iter(_rows(connection, select(RUN).where(RUN.c.id == run_id))), None)


def last_crawl(connection: Connection) -> dict[str, Any] | None:
    """Return the last crawl that was begun."""
    query = _NEWEST.where(RUN.c.kind == "crawl").limit(1)
    return next(iter(_rows(connection, query)), None)


def notices(connection: Connection, run: int, limit: int) -> list[dict[str, Any]]:
    """Return the lines of a run's report, as they came."""
    query = select(N.c.kind, N.c.place, N.c.reason).where(N.c.run == run).order_by(N.c.number)
    return _rows(connection, query.limit(limit))


def grouped(connection: Connection, run: int, most: int) -> list[tuple[str, int, list[Any]]]:
    """Return the lines of a run's report by kind: how many there are, and the first of them."""
    nth = func.row_number().over(partition_by=N.c.kind, order_by=N.c.number).label("nth")
    first = (
        select(N.c.number, N.c.kind, N.c.place, N.c.reason, nth).where(N.c.run == run).subquery()
    )
    query = select(first).where(first.c.nth <= most).order_by(first.c.kind, first.c.number)
    count = select(N.c.kind, func.count()).where(N.c.run == run).group_by(N.c.kind)
    totals = {row[0]: row[1] for row in connection.execute(count)}
    told = groupby(connection.execute(query).all(), lambda row: str(row.kind))
    return [(kind, totals.get(kind, 0), list(rows)) for kind, rows in told]


def sample(connection: Connection) -> dict[str, Any] | None:
    """Return the run that the bundled sample came with, where all live records are its own."""
    samples = select(RUN.c.number).where(RUN.c.scope == SAMPLE_SCOPE)
    live = R.c.removed.is_(None)
    own = exists().where(live, R.c.seen_run.in_(samples))
    other = exists().where(live, R.c.seen_run.not_in(samples))
    if not connection.scalar(select(own)) or connection.scalar(select(other)):
        return None
    query = _NEWEST.where(RUN.c.scope == SAMPLE_SCOPE).limit(1)
    return next(iter(_rows(connection, query)), None)


def covered(connection: Connection) -> Coverage:
    """Return whether the Hub's list was read whole, and built since."""
    first = _CRAWLS.where(RUN.c.listed.is_not(None)).order_by(RUN.c.listed).limit(1)
    if not (whole := _rows(connection, first)):
        return coverage.of_runs(_rows(connection, _CRAWLS.order_by(RUN.c.number.desc())))
    moment, built = whole[0]["listed"], last_build(connection)
    if built and built.started < moment and _brought(connection, whole[0]["number"]):
        return coverage.unbuilt(moment)
    return coverage.of_runs(whole)


def _brought(connection: Connection, run: int) -> bool:
    """Tell whether a run changed anything that a graph holds: a record, or what else there is."""
    told = exists().where(R.c.changed_run == run), exists().where(CENSUS.c.run == run)
    return any(connection.scalar(select(one)) for one in told)


def _rows(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]
