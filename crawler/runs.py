"""Runs: each crawl or import has a number and a UUID, says how far it is and what it covered."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import cast
from uuid import uuid4

from sqlalchemy import Connection, Engine, Table, func, insert, select, update

from crawler.records import PageCounts
from graph.database import sole_writer
from graph.tables import RunRow

RUNS = cast("Table", RunRow.__table__)


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl or import under way. ``as_of`` is the moment its records speak of."""

    number: int
    id: str
    as_of: datetime


def start(engine: Engine, kind: str, source: str, scope: str, as_of: datetime | None = None) -> Run:
    """Open a run."""
    now = datetime.now(UTC)
    run_id, moment = str(uuid4()), as_of or now
    values = {
        "id": run_id, "kind": kind, "source": source, "scope": scope, "state": "running",
        "as_of": moment, "started": now, "counts": {}, "covered": [],
    }  # fmt: skip
    with sole_writer(engine) as connection:
        number = connection.execute(insert(RUNS).values(values)).inserted_primary_key
    return Run(cast("tuple[int]", number)[0], run_id, moment)


def resumable(engine: Engine, kind: str, source: str, scope: str) -> Run | None:
    """Return the last run of this kind that was stopped before its end, to go on with."""
    query = (
        select(RUNS.c.number, RUNS.c.id, RUNS.c.as_of, RUNS.c.state)
        .where(RUNS.c.kind == kind, RUNS.c.source == source, RUNS.c.scope == scope)
        .order_by(RUNS.c.number.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return Run(row.number, row.id, row.as_of) if row and row.state != "done" else None


def counts_of(engine: Engine, run: Run) -> PageCounts:
    """Return what a run has counted so far."""
    with engine.connect() as connection:
        told = connection.scalar(select(RUNS.c.counts).where(RUNS.c.number == run.number))
    return PageCounts(**(told or {}))


def progress(connection: Connection, run: Run, counts: PageCounts) -> None:
    """Write down how far a run is, in the transaction of the page that brought it there."""
    connection.execute(
        update(RUNS)
        .where(RUNS.c.number == run.number)
        .values(counts=asdict(counts), state="running")
    )


def finish(
    engine: Engine, run: Run, state: str, counts: PageCounts, covered: tuple[str, ...] = ()
) -> None:
    """Close a run as ``done``, ``stopped`` or ``failed``, with what it covered whole."""
    values = {
        "state": state,
        "finished": datetime.now(UTC),
        "counts": asdict(counts),
        "covered": list(covered),
    }
    with sole_writer(engine) as connection:
        connection.execute(update(RUNS).where(RUNS.c.number == run.number).values(**values))


def last_done(engine: Engine, kind: str, source: str, scope: str) -> datetime | None:
    """Return when the last run of this kind that came to its end did so."""
    query = select(func.max(RUNS.c.finished)).where(
        RUNS.c.kind == kind, RUNS.c.source == source, RUNS.c.scope == scope, RUNS.c.state == "done"
    )
    with engine.connect() as connection:
        last: datetime | None = connection.scalar(query)
    return last


def imported(engine: Engine, sources: list[str]) -> set[str]:
    """Return which of some files an import has read to the end."""
    query = select(RUNS.c.source).where(
        RUNS.c.kind == "import", RUNS.c.state == "done", RUNS.c.source.in_(sources)
    )
    with engine.connect() as connection:
        return set(connection.scalars(query))
