"""Counters of nodes that are in the graph: they move every day, and nothing else hangs on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sqlalchemy import Connection, Table, select

from graph.engines.port.ports import Batch, Row
from graph.engines.port.schema import COUNTERS, label_of
from graph.lineage.edges import Ints
from graph.storage.bulk import parts
from graph.storage.tables import ArtifactRow, RecordRow

ARTIFACTS, RECORDS = cast("Table", ArtifactRow.__table__), cast("Table", RecordRow.__table__)
PART = 5000  # nodes in a batch


def batches(connection: Connection, keys: Ints) -> Iterator[Batch]:
    """Yield the present counters of live records, which the graph must hold."""
    for start in range(0, len(keys), PART):
        nodes: dict[str, list[Row]] = {}
        for row in _rows(connection, keys[start : start + PART]):
            nodes.setdefault(label_of(row["id"]), []).append(row)
        yield Batch(update=nodes)


def _rows(connection: Connection, keys: Ints) -> Iterator[Row]:
    columns = (ARTIFACTS.c.id, *(RECORDS.c[name] for name in COUNTERS))
    query = select(*columns).join(RECORDS, RECORDS.c.key == ARTIFACTS.c.key)
    live = query.where(RECORDS.c.removed.is_(None))
    for part in parts(keys.tolist()):
        rows = connection.execute(live.where(RECORDS.c.key.in_(part))).mappings()
        yield from map(dict, rows)
