"""The stored side of visits: records loaded for them, and what they brought, a group at a time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

from sqlalchemy import Connection, Engine, Row, Select, Table, select

from crawler.files.fetcher import FileFetch
from crawler.files.queue import QueueItem
from crawler.ingest import runs
from crawler.ingest.records import rewrite
from crawler.ingest.report import PageCounts
from crawler.ingest.stored import ARTIFACTS, COLUMNS, RECORDS, record_of
from graph.evidence.record import Refused
from graph.storage.bulk import upsert
from graph.storage.database import sole_writer
from graph.storage.tables import AskedRow

ASKED = cast("Table", AskedRow.__table__)


def load(engine: Engine, items: Sequence[QueueItem]) -> list[FileFetch]:
    """Return visits for some turns, in order; without records that would not be taken today."""
    columns = select(*COLUMNS, RECORDS.c.digest)
    query: Select[Any] = columns.join(RECORDS, RECORDS.c.key == ARTIFACTS.c.key)
    with engine.connect() as connection:
        found = connection.execute(query.where(RECORDS.c.key.in_([item.key for item in items])))
        rows: dict[int, Row[Any]] = {row.key: row for row in found}
    fetches: list[FileFetch] = []
    for item in items:
        with suppress(Refused, KeyError):  # the latter for one that was forgotten meanwhile
            fetches.append(FileFetch(item, record_of(rows[item.key]), rows[item.key].digest))
    return fetches


def store(
    engine: Engine,
    run: runs.Run,
    fetches: Sequence[FileFetch],
    total: PageCounts,
    *,
    authorised: bool,
) -> list[FileFetch]:
    """Store what visits brought in one transaction, and the run's counts; return those stored.

    A record that was stored anew meanwhile (an import) is left as it is, and visited another time.
    """
    with sole_writer(engine) as connection:
        stored = _as_before(connection, fetches)
        rewrite(connection, run.number, [fetch.result() for fetch in stored if fetch.news])
        upsert(connection, ASKED, [_row(fetch, authorised=authorised) for fetch in stored])
        total.files += sum(fetch.fetched for fetch in stored)
        total.files_left -= sum(fetch.whole for fetch in stored)
        runs.progress(connection, run, total)
    return stored


def _as_before(connection: Connection, fetches: Sequence[FileFetch]) -> list[FileFetch]:
    keys = [fetch.item.key for fetch in fetches]
    c = RECORDS.c
    query = select(c.key, c.digest).where(c.key.in_(keys), c.removed.is_(None))
    digests = dict(connection.execute(query).all())
    return [fetch for fetch in fetches if digests.get(fetch.item.key) == fetch.digest]


def _row(fetch: FileFetch, *, authorised: bool) -> dict[str, Any]:
    state = "done" if fetch.whole else "open"
    if fetch.whole and not authorised and "gated" in fetch.answers.values():
        state = "gated"
    return {
        "key": fetch.item.key,
        "revision": fetch.revision,
        "state": state,
        "answers": fetch.answers,
    }
