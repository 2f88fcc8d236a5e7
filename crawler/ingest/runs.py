"""Runs: each crawl or import has a number and a UUID, says how far it is and what it covered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Table,
    func,
    insert,
    select,
    update,
)

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


def resumable(engine: Engine, source: str, scope: str, since: datetime) -> Run | None:
    """Return the last crawl if it was cut off before its end, to go on with.

    One that is older than ``since`` (by its lists, or else by its beginning) is gone on with no
    more: what it read is too old to stand beside what would come now.
    """
    row = _last_crawl(engine, source, scope)
    if row is None or row.state in ("done", "failed") or (row.listed or row.as_of) < since:
        return None
    return Run(row.number, row.id, row.as_of, row.listed)


def so_far(engine: Engine, run: Run) -> tuple[PageCounts, dict[str, Any] | None, str | None]:
    """Return what a run has counted so far, its plan, and the stage that it is in."""
    query = select(RUNS.c.counts, RUNS.c.plan, RUNS.c.stage).where(RUNS.c.number == run.number)
    with engine.connect() as connection:
        told, plan, stage = connection.execute(query).one()
    counts = {n: v for n, v in (told or {}).items() if n in PageCounts.__slots__}
    return PageCounts(**counts), plan, stage


def progress(connection: Connection, run: Run, counts: PageCounts, **told: Any) -> None:
    """Write down how far a run is, in the transaction of the page that brought it there.

    ``told`` may be ``plan`` and ``stage``.
    """
    told |= {"counts": asdict(counts), "state": "running"}
    _update(connection, run, **told, reason=None, resumes=None)


def listed(connection: Connection, run: Run, covered: Iterable[str], at: datetime) -> None:
    """Note that a run has read its lists, and which of them are whole."""
    _update(connection, run, listed=at, covered=list(covered))


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
    told: dict[str, Any] = {"stage": None} if state in ("done", "failed") else {}
    told |= {"state": state, "finished": datetime.now(UTC), "counts": asdict(counts)}
    with sole_writer(engine) as connection:
        _update(connection, run, **told, reason=reason, resumes=resumes)


def _update(connection: Connection, run: Run, **values: Any) -> None:
    connection.execute(update(RUNS).where(RUNS.c.number == run.number).values(**values))


def last_listed(engine: Engine, source: str, scope: str) -> datetime | None:
    """Return when the last crawl that read its lists whole had done so."""
    c = RUNS.c
    when = select(func.max(func.coalesce(c.listed, c.finished)))
    whole = (c.state == "done") | c.state.in_(("paused", "stopped")) & c.listed.is_not(None)
    with engine.connect() as connection:
        last: datetime | None = connection.scalar(when.where(*_crawls(source, scope), whole))
    return last


def waiting_until(engine: Engine, source: str, scope: str) -> datetime | None:
    """Return when the last crawl goes on with its files, if it is paused."""
    row = _last_crawl(engine, source, scope)
    return row.resumes if row and row.state == "paused" else None


def _last_crawl(engine: Engine, source: str, scope: str) -> Row[Any] | None:
    query = select(RUNS).where(*_crawls(source, scope)).order_by(RUNS.c.number.desc()).limit(1)
    with engine.connect() as connection:
        return connection.execute(query).one_or_none()


def _crawls(source: str, scope: str) -> tuple[ColumnElement[bool], ...]:
    return RUNS.c.kind == "crawl", RUNS.c.source == source, RUNS.c.scope == scope


def imported(engine: Engine, sources: list[str]) -> set[str]:
    """Return which of some files an import has read to the end."""
    query = select(RUNS.c.source).where(
        RUNS.c.kind == "import", RUNS.c.state == "done", RUNS.c.source.in_(sources)
    )
    with engine.connect() as connection:
        return set(connection.scalars(query))
