"""The census: what the last whole list held and the register does not keep, counted for shares.

A repository counts once in all and once in each of its lines, as where it is kept. One of several
lines has a row in each of them, and a row of the line ``several`` for each but the firmest, whose
count is less than zero: so the rows of a kind add up to its repositories, at whatever strength and
by whosever word lineage counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Table, delete, func, select

from graph.catalogue.floor import EARLIER, is_floor
from graph.catalogue.model import Kind, Source, Strength
from graph.engines.port.ports import Batch, Row
from graph.storage import bulk
from graph.storage.tables import CensusRow

CENSUS = cast("Table", CensusRow.__table__)
LABEL = "Census"
NONE, SEVERAL = "none", "several"
_OF_NONE = (NONE, int(Strength.DECLARED), int(Source.AUTHOR))
Line = tuple[str, int, int]  # a family, strength and source of the lineage to it
Place = tuple[str, str, int, int, str]  # kind, line, strength, source, month of creation


@dataclass(slots=True)
class Tally:
    """Counts repositories that are not kept, one after the other."""

    count: Counter[Place] = field(default_factory=Counter)
    downloads: Counter[Place] = field(default_factory=Counter)

    def add(
        self,
        kind: Kind,
        lines: Iterable[Line],
        created: datetime | None,
        downloads: int | None,
    ) -> None:
        """Count one, of some families with the strength and source of the lineage to each."""
        firmest_first = sorted(lines, key=lambda line: (-line[1], -line[2], line[0]))
        month = month_of(created)
        for line in firmest_first or [_OF_NONE]:
            self._put((kind.value, *line, month), 1, downloads or 0)
        nearest = 0
        for n, (_, strength, source) in enumerate(firmest_first):
            if n:  # where this line counts, and one before it
                both = strength, min(source, nearest)
                self._put((kind.value, SEVERAL, *both, month), -1, -(downloads or 0))
            nearest = max(nearest, source)

    def _put(self, place: Place, count: int, downloads: int) -> None:
        self.count[place] += count
        self.downloads[place] += downloads

    def rows(self, run: int) -> list[dict[str, Any]]:
        """Return the rows of the table, as a run counted them."""
        names = ("kind", "line", "strength", "source", "month", "count", "downloads", "run")
        return [
            dict(zip(names, (*place, count, self.downloads[place], run), strict=True))
            for place, count in self.count.items()
        ]


def month_of(created: datetime | None) -> str:
    """Return the month of creation as questions by month name it; empty where it is not known."""
    if created is None:
        return ""
    return EARLIER if is_floor(created) else f"{created:%Y-%m}"


def store(connection: Connection, run: int, tally: Tally) -> None:
    """Put a census in the place of the last one."""
    connection.execute(delete(CENSUS))
    bulk.insert(connection, CENSUS, tally.rows(run))


def size(connection: Connection) -> int:
    """Return how many rows there are: fewer than there were tell of a census that was dropped."""
    return connection.scalar(select(func.count()).select_from(CENSUS)) or 0


def batch(connection: Connection) -> Batch:
    """Return the census as nodes, which take the place of all that there are."""
    c = CENSUS.c
    query = select(c.kind, c.line, c.strength, c.source, c.month, c.count, c.downloads)
    rows = connection.execute(query.order_by(*CENSUS.primary_key)).mappings()
    nodes = [_node(dict(row)) for row in rows]
    return Batch(nodes={LABEL: nodes}, whole=frozenset({LABEL}))


def _node(row: Row) -> Row:
    row["strength"], row["source"] = Strength(row["strength"]).word, Source(row["source"]).word
    told = {name: value for name, value in row.items() if value != ""}  # a month not known
    return {"id": " ".join(v for v in told.values() if isinstance(v, str)), **told}
