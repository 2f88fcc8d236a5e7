"""What has come since the last build: records that changed, counters that moved, a new census.

A run that was stopped goes on under its old number, so what it changed after the build is known by
when it ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select

from graph import census
from graph.columns import numbers
from graph.edges import Ints
from graph.history import LastBuild
from graph.tables import CensusRow, RecordRow, RunRow

CENSUS, RECORDS, RUNS = (cast("Table", row.__table__) for row in (CensusRow, RecordRow, RunRow))


@dataclass(frozen=True, slots=True)
class News:
    """Keys of records that changed and of those whose counters moved; what else is another.

    ``others`` tells that records went or bear another name, ``census`` that it is a new one.
    """

    changed: Ints
    counted: Ints
    others: bool
    census: bool

    @property
    def lineage(self) -> bool:
        """Whether lineage and findings may be other ones."""
        return self.others or bool(len(self.changed))

    @property
    def any(self) -> bool:
        """Whether there may be anything to do."""
        return self.lineage or self.census or bool(len(self.counted))


def since(connection: Connection, last: LastBuild, held: Mapping[str, int]) -> News:
    """Return what came since a build; ``held`` is the present stock."""
    of_census = select(CENSUS.c.run).where(_later(CENSUS.c.run, last)).limit(1)
    return News(
        changed=_keys(connection, RECORDS.c.changed_run, last),
        counted=_keys(connection, RECORDS.c.counted_run, last),
        others=any(held[name] != last.counts.get(name) for name in ("records", "keys")),
        census=held["census"] != last.counts.get("census")
        or connection.scalar(of_census) is not None,
    )


def stock(connection: Connection) -> dict[str, int]:
    """Return what tells that records or rows of the census are not the same ones as before.

    Read off an index, for records are large. What they say is told by the runs.
    """
    query = select(func.count(RECORDS.c.changed_run), func.sum(RECORDS.c.key))
    records, keys = connection.execute(query).one()
    return {"records": records, "keys": int(keys or 0), "census": census.size(connection)}


def _keys(connection: Connection, run: ColumnElement[Any], last: LastBuild) -> Ints:
    return numbers(connection, select(RECORDS.c.key).where(_later(run, last)))


def _later(run: ColumnElement[Any], last: LastBuild) -> ColumnElement[bool]:
    went_on = select(RUNS.c.number).where(RUNS.c.finished >= last.started)
    return or_(run > last.upto_run, run.in_(went_on))
