"""Runs: each crawl or import has a number and a UUID, says how far it is and what it covered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast
from uuid import uuid4

from sqlalchemy import Connection, Engine, Table, func, insert, select, update

from crawler.ingest.report import PageCounts
from graph.storage.database import sole_writer
from graph.storage.tables import RunRow

RUNS = cast("Table", RunRow.__table__)
State = Literal["running", "done", "stopped", "paused", "failed"]


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl or import under way. ``as_of`` is the moment its records speak of.

    ``listed`` is when its lists were whole: then only files are left.
    """

    number: int
    id: str
    as_of: datetime
    listed: datetime | None = None


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


def resumable(
    engine: Engine, kind: str, source: str, scope: str, since: datetime | None = None
) -> Run | None:
    """Return the last run of this kind if it was cut off before its end, to go on with.

    One that is older than ``since`` (by its lists, or else by its beginning) is gone on with no
    more: what it read is too old to stand beside what would come now.
    """
    c = RUNS.c
    query = (
        select(c.number, c.id, c.as_of, c.listed, c.state)
        .where(c.kind == kind, c.source == source, c.scope == scope)
        .order_by(c.number.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    if row is None or row.state in ("done", "failed"):
        return None
    if since is not None and (row.listed or row.as_of) < since:
        return None
    return Run(row.number, row.id, row.as_of, row.listed)


def counts_of(engine: Engine, run: Run) -> PageCounts:
    """Return what a run has counted so far."""
    with engine.connect() as connection:
        told = connection.scalar(select(RUNS.c.counts).where(RUNS.c.number == run.number))
    return PageCounts(**{n: v for n, v in (told or {}).items() if n in PageCounts.__slots__})


def plan_of(engine: Engine, run: Run) -> tuple[dict[str, Any] | None, str | None]:
    """Return a run's plan and the stage that it is in, as they were written down."""
    query = select(RUNS.c.plan, RUNS.c.stage).where(RUNS.c.number == run.number)
    with engine.connect() as connection:
        row = connection.execute(query).one()
    return row.plan, row.stage


def progress(connection: Connection, run: Run, counts: PageCounts, **told: Any) -> None:
    """Write down how far a run is, in the transaction of the page that brought it there.

    ``told`` may be ``plan`` and ``stage``.
    """
    connection.execute(
        update(RUNS)
        .where(RUNS.c.number == run.number)
        .values(counts=asdict(counts), state="running", reason=None, resumes=None, **told)
    )


def listed(connection: Connection, run: Run, covered: Iterable[str], at: datetime) -> None:
    """Note that a run has read its lists, and which of them are whole."""
    told = {"listed": at, "covered": list(covered)}
    connection.execute(update(RUNS).where(RUNS.c.number == run.number).values(**told))


def finish(
    engine: Engine,
    run: Run,
    state: State,
    counts: PageCounts,
    *,
    reason: str | None = None,
    resumes: datetime | None = None,
) -> None:
    """Close a run in a state, with the reason where there is one and when it goes on."""
    values = {
        "state": state,
        "finished": datetime.now(UTC),
        "counts": asdict(counts),
        "reason": reason,
        "resumes": resumes,
    }
    if state in ("done", "failed"):
        values["stage"] = None
    with sole_writer(engine) as connection:
        connection.execute(update(RUNS).where(RUNS.c.number == run.number).values(**values))


def last_listed(engine: Engine, source: str, scope: str) -> datetime | None:
    """Return when the last crawl that read its lists whole had done so."""
    when = func.max(func.coalesce(RUNS.c.listed, RUNS.c.finished))
    return _last(engine, source, scope, when, RUNS.c.state.in_(("done", "paused", "stopped")))


def waiting_until(engine: Engine, source: str, scope: str) -> datetime | None:
    """Return when the last crawl goes on with its files, if it is paused."""
    query = (
        select(RUNS.c.state, RUNS.c.resumes)
        .where(RUNS.c.kind == "crawl", RUNS.c.source == source, RUNS.c.scope == scope)
        .order_by(RUNS.c.number.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return row.resumes if row and row.state == "paused" else None


def _last(engine: Engine, source: str, scope: str, what: Any, state: Any) -> datetime | None:
    whole = RUNS.c.listed.is_not(None) | (RUNS.c.state == "done")
    query = select(what).where(
        RUNS.c.kind == "crawl", RUNS.c.source == source, RUNS.c.scope == scope, state, whole
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
