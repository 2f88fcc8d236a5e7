"""What has come since the last build: records that changed, counters that moved, a new census.

A run that was stopped goes on under its old number: what it stored after the build is known by when
it ended, or, while it is under way, by how far it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from zlib import crc32

import orjson
from sqlalchemy import Connection, Select, Table, and_, func, or_, select

from graph.lineage.edges import Ints
from graph.pipeline import census
from graph.storage.columns import numbers
from graph.storage.findings import LastBuild
from graph.storage.tables import CensusRow, RecordRow, RunRow

CENSUS, RECORDS, RUNS = (cast("Table", row.__table__) for row in (CensusRow, RecordRow, RunRow))


@dataclass(frozen=True, slots=True)
class News:
    """Keys of records that changed and of those whose counters moved; what else is another.

    ``lineage`` tells that lineage and findings may be other ones, for records changed, went or bear
    another name; ``census`` that it is a new one.
    """

    changed: Ints
    counted: Ints
    lineage: bool
    census: bool


def since(connection: Connection, last: LastBuild, held: Mapping[str, int]) -> News:
    """Return what came since a build; ``held`` is the present stock."""
    other = {name for name, told in held.items() if told != last.counts.get(name)}
    later = _later(last, moving="under_way" in other)
    of_census = select(CENSUS.c.run).where(CENSUS.c.run.in_(later)).limit(1)
    changed, counted = (
        numbers(connection, select(RECORDS.c.key).where(run.in_(later)))
        for run in (RECORDS.c.changed_run, RECORDS.c.counted_run)
    )
    return News(
        changed,
        counted,
        lineage=bool(len(changed)) or not other.isdisjoint(("records", "keys")),
        census="census" in other or connection.scalar(of_census) is not None,
    )


def stock(connection: Connection) -> dict[str, int]:
    """Return what tells that something is stored that was not, or not any more.

    How many records there are and the sum of their keys, read off an index, for records are large;
    the size of the census; and a digest of how far the runs under way are.
    """
    query = select(func.count(RECORDS.c.changed_run), func.sum(RECORDS.c.key))
    records, keys = connection.execute(query).one()
    running = select(RUNS.c.number, RUNS.c.counts).where(RUNS.c.state == "running")
    under_way = sorted(tuple(row) for row in connection.execute(running))
    return {
        "records": records,
        "keys": int(keys or 0),
        "census": census.size(connection),
        "under_way": crc32(orjson.dumps(under_way, option=orjson.OPT_SORT_KEYS)),
    }


def _later(last: LastBuild, *, moving: bool) -> Select[tuple[int]]:
    """Return the runs that may have stored something since a build."""
    number, state = RUNS.c.number, RUNS.c.state
    ended = or_(and_(number > last.upto_run, state != "running"), RUNS.c.finished >= last.started)
    return select(number).where(or_(ended, state == "running") if moving else ended)
