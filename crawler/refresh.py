"""Reading stored records again when signals have changed, without asking the Hub."""

from __future__ import annotations

from typing import Any, cast

import orjson
from sqlalchemy import Connection, Engine, Table, func, select

from crawler import runs, signals
from crawler.record import HubRecord, Refused, read
from crawler.records import PageCounts, store_page
from graph.model import Kind
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
        with engine.begin() as connection:
            records = _page(connection, outdated)
            if not records:
                break
            total.add(store_page(connection, run.number, run.as_of, records))
    runs.finish(engine, run, "done", total)
    return count


def _page(connection: Connection, outdated: Any) -> list[HubRecord]:
    columns = (A.c.id, R.c.raw, R.c.card, R.c.files, R.c.siblings)
    query = select(*columns).select_from(R).join(A).where(outdated).limit(PAGE)
    return [_record(row) for row in connection.execute(query)]


def _record(row: Any) -> HubRecord:
    """Return the record that a row was made from. Raises Refused if it would not be taken today."""
    told = orjson.loads(row.raw) | {"kind": Kind.of(row.id).value}
    if row.card is not None:
        told["cardData"] = orjson.loads(row.card)
    if row.files is not None:
        told["files"] = orjson.loads(row.files)
    if row.siblings is not None:
        told["siblings"] = orjson.loads(row.siblings)
    try:
        return read(told, lambda _line: None)
    except Refused as reason:
        raise Refused(f"the stored record of {row.id} cannot be read: {reason}") from None
