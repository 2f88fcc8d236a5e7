"""Reading stored records again when what reads them has changed, without asking the Hub."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, func, select, update

from crawler.ingest import runs
from crawler.ingest.claims import keep_names_only
from crawler.ingest.records import report, rewrite
from crawler.ingest.report import Notice, PageCounts
from crawler.ingest.stored import ARTIFACTS, COLUMNS, record_of
from crawler.ingest.stored import RECORDS as R
from graph.evidence.record import HubRecord, Refused
from graph.evidence.version import version
from graph.storage.database import sole_writer

PAGE = 1000


def refresh(engine: Engine) -> int:
    """Read every record whose claims are another version's again; return how many there were."""
    which = (R.c.signals != version()) & R.c.removed.is_(None)
    outdated = (
        select(*COLUMNS).select_from(R.join(ARTIFACTS, ARTIFACTS.c.key == R.c.key)).where(which)
    )
    with engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(R).where(which)) or 0
    if not count:
        return 0
    _read_names(engine)  # first: should this be cut off, the records still ask for it
    run = runs.start(engine, "refresh", "stored records", "any")
    total = PageCounts()
    while True:
        with sole_writer(engine) as connection:
            rows = connection.execute(outdated).all()
            if not rows:
                break
            records, notices = _read(rows)
            total.add(rewrite(connection, run.number, records))
            total.refused += len(notices)
            report(connection, run.number, notices)
            # One that would not be taken today keeps what it said before, and is not read again.
            keys = [row.key for row in rows]
            connection.execute(update(R).where(R.c.key.in_(keys)).values(signals=version()))
    runs.finish(engine, run, "done", total)
    return count


def _read_names(engine: Engine) -> None:
    """Read the names that no record bears again: what is known of a name holds without one."""
    unborne = ARTIFACTS.outerjoin(R, R.c.key == ARTIFACTS.c.key)
    query = select(ARTIFACTS.c.key).select_from(unborne).where(R.c.key.is_(None))
    last = -1
    while True:
        page = query.where(ARTIFACTS.c.key > last).order_by(ARTIFACTS.c.key).limit(PAGE)
        with sole_writer(engine) as connection:
            keys = list(connection.scalars(page))
            if not keys:
                return
            keep_names_only(connection, keys)
            last = keys[-1]


def _read(rows: Sequence[Any]) -> tuple[list[HubRecord], list[Notice]]:
    """Return the records that rows were made from, and why some would not be taken today."""
    records: list[HubRecord] = []
    notices: list[Notice] = []
    for row in rows:
        try:
            records.append(record_of(row))
        except Refused as reason:
            notices.append(Notice("refused", row.id, str(reason)))
    return records, notices
