"""Reading stored records again when signals have changed, without asking the Hub."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import orjson
from sqlalchemy import Engine, Select, Table, func, select, update

from crawler import runs, signals
from crawler.record import HubRecord, Refused
from crawler.records import Notice, PageCounts, record_of, store_page
from graph.database import sole_writer
from graph.tables import ArtifactRow, RecordRow

A, R = cast("Table", ArtifactRow.__table__), cast("Table", RecordRow.__table__)
PAGE = 1000


def refresh(engine: Engine) -> int:
    """Read every record whose claims are another version's again; return how many there were."""
    outdated = (R.c.signals != signals.VERSION) & R.c.removed.is_(None)
    with engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(R).where(outdated)) or 0
    if not count:
        return 0
    run = runs.start(engine, "refresh", "stored records", "any")
    total = PageCounts()
    while True:
        with sole_writer(engine) as connection:
            rows = connection.execute(_outdated(outdated)).all()
            if not rows:
                break
            records, notices = _read(rows)
            total.add(store_page(connection, run.number, run.as_of, records, notices))
            # One that would not be taken today keeps what it said before, and is not read again.
            keys = [row.key for row in rows]
            connection.execute(update(R).where(R.c.key.in_(keys)).values(signals=signals.VERSION))
    runs.finish(engine, run, "done", total)
    return count


def _outdated(which: Any) -> Select[Any]:
    columns = (A.c.id, R.c.key, R.c.raw, R.c.card, R.c.files, R.c.siblings)
    return select(*columns).select_from(R).join(A).where(which).limit(PAGE)


def _read(rows: Sequence[Any]) -> tuple[list[HubRecord], list[Notice]]:
    """Return the records that rows were made from, and why some would not be taken today."""
    records: list[HubRecord] = []
    notices: list[Notice] = []
    for row in rows:
        card, files, siblings = (_json(row.card), _json(row.files), _json(row.siblings))
        try:
            records.append(record_of(row.id, orjson.loads(row.raw), card, files, siblings))
        except Refused as reason:
            notices.append(Notice("refused", row.id, str(reason)))
    return records, notices


def _json(stored: bytes | None) -> Any:
    return None if stored is None else orjson.loads(stored)
