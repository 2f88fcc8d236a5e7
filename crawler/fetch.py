"""Fetching small files: of what is in scope, once per revision, most-downloaded first.

One transaction a repository: its files, what was answered, and the run's counts. What a crawl does
not come to (its requests used up, the Hub in trouble) is left for the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import orjson
from sqlalchemy import Connection, Engine, Table, select

from crawler import runs
from crawler.hub import Hub
from crawler.pace import Pace
from crawler.pending import Pending, pending
from crawler.record import HubRecord
from crawler.records import PageCounts, record_of, store_page, with_files
from crawler.visit import Visit, Visitor
from graph.bulk import upsert
from graph.database import sole_writer
from graph.tables import AskedRow, RecordRow

ASKED, RECORDS = cast("Table", AskedRow.__table__), cast("Table", RecordRow.__table__)


def fetch_files(
    engine: Engine,
    hub: Hub,
    run: runs.Run,
    total: PageCounts,
    most: int,
    progress: Callable[[str], None],
) -> None:
    """Fetch with ``most`` requests, adding to a run's counts. ``progress`` is called with ids."""
    visitor = Visitor(hub, Pace(most))
    waiting = pending(engine, authorised=hub.authorised)
    total.files_left = len(waiting)
    for one in waiting:
        if not visitor.may_go_on:
            break
        with engine.connect() as connection:
            visit = Visit(_stored(connection, one), dict(one.answers))
        whole = visitor.ask(visit)
        total.files += visit.fetched
        total.files_left -= whole
        state = _state(visit, whole=whole, authorised=hub.authorised)
        with sole_writer(engine) as connection:
            _store(connection, run, one, visit, state)
            runs.progress(connection, run, total)
        progress(one.id)


def _state(visit: Visit, *, whole: bool, authorised: bool) -> str:
    if not whole:
        return "open"
    return "gated" if "gated" in visit.answers.values() and not authorised else "done"


def _store(connection: Connection, run: runs.Run, one: Pending, visit: Visit, state: str) -> None:
    if visit.fetched or visit.listed:
        record = with_files(visit.record, visit.record.files)
        store_page(connection, run.number, run.as_of, [record])
    row = {"key": one.key, "revision": visit.revision, "state": state, "answers": visit.answers}
    upsert(connection, ASKED, [row])


def _stored(connection: Connection, one: Pending) -> HubRecord:
    """Return a repository's record as it is stored. Raises Refused if it would not be taken now."""
    columns = (RECORDS.c.raw, RECORDS.c.card, RECORDS.c.files, RECORDS.c.siblings)
    row = connection.execute(select(*columns).where(RECORDS.c.key == one.key)).one()
    raw, card, files, siblings = (None if part is None else orjson.loads(part) for part in row)
    return record_of(one.id, cast("dict[str, Any]", raw), card, files, siblings)
