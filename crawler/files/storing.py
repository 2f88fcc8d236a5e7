"""The stored side of visits: records loaded for them, and what they brought, a group at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Connection, Engine, Row, Select, Table, select

from crawler.files.fetcher import Visit
from crawler.files.queue import Turn
from crawler.ingest import runs
from crawler.ingest.records import rewrite
from crawler.ingest.report import PageCounts
from crawler.ingest.stored import ARTIFACTS, COLUMNS, RECORDS, record_of
from graph.evidence.record import Refused
from graph.storage.bulk import upsert
from graph.storage.database import sole_writer
from graph.storage.tables import AskedRow

ASKED = cast("Table", AskedRow.__table__)


def load(engine: Engine, turns: Sequence[Turn]) -> list[Visit]:
    """Return visits for some turns, in order; without records that would not be taken today."""
    columns = select(*COLUMNS, RECORDS.c.digest)
    query: Select[Any] = columns.join(RECORDS, RECORDS.c.key == ARTIFACTS.c.key)
    with engine.connect() as connection:
        found = connection.execute(query.where(RECORDS.c.key.in_([turn.key for turn in turns])))
        rows: dict[int, Row[Any]] = {row.key: row for row in found}
    visits: list[Visit] = []
    for turn in turns:
        try:
            visits.append(Visit(turn, record_of(rows[turn.key]), rows[turn.key].digest))
        except (Refused, KeyError):  # the latter for one that was forgotten meanwhile
            continue
    return visits


def store(
    engine: Engine, run: runs.Run, visits: Sequence[Visit], total: PageCounts, *, authorised: bool
) -> list[Visit]:
    """Store what visits brought in one transaction, and the run's counts; return those stored.

    A record that was stored anew meanwhile (an import) is left as it is, and visited another time.
    """
    with sole_writer(engine) as connection:
        stored = _as_before(connection, visits)
        rewrite(connection, run.number, [visit.result() for visit in stored if visit.news])
        upsert(connection, ASKED, [_row(visit, authorised=authorised) for visit in stored])
        total.files += sum(visit.fetched for visit in stored)
        total.files_left -= sum(visit.whole for visit in stored)
        runs.progress(connection, run, total)
    return stored


def _as_before(connection: Connection, visits: Sequence[Visit]) -> list[Visit]:
    keys = [visit.turn.key for visit in visits]
    c = RECORDS.c
    query = select(c.key, c.digest).where(c.key.in_(keys), c.removed.is_(None))
    digests = dict(connection.execute(query).all())
    return [visit for visit in visits if digests.get(visit.turn.key) == visit.digest]


def _row(visit: Visit, *, authorised: bool) -> dict[str, Any]:
    state = "done" if visit.whole else "open"
    if visit.whole and not authorised and "gated" in visit.answers.values():
        state = "gated"
    return {
        "key": visit.turn.key,
        "revision": visit.revision,
        "state": state,
        "answers": visit.answers,
    }
