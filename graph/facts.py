"""What is known of artifacts, read from SQL in batches for judging and showing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

import orjson
from sqlalchemy import Connection, Row, Table, select

from graph.model import Artifact
from graph.tables import ArtifactRow, RecordRow

ARTIFACTS, RECORDS = cast("Table", ArtifactRow.__table__), cast("Table", RecordRow.__table__)
BATCH = 1000


def artifacts(connection: Connection, keys: Sequence[int]) -> dict[int, Artifact]:
    """Return the artifacts of some SQL keys; one without a record is marked as not crawled."""
    found: dict[int, Artifact] = {}
    for part in _parts(keys):
        query = (
            select(ARTIFACTS.c.id, ARTIFACTS.c.key.label("artifact"), *RECORDS.c)
            .outerjoin(RECORDS)
            .where(ARTIFACTS.c.key.in_(part))
        )
        for row in connection.execute(query):
            found[row.artifact] = _artifact(row)
    return found


def _artifact(row: Row[Any]) -> Artifact:
    if row.digest is None:
        return Artifact(row.id, crawled=False)
    if row.removed is not None:
        return Artifact(row.id, crawled=False, removed=row.removed)
    return Artifact(
        id=row.id,
        author=row.author,
        created=row.created,
        revision=row.sha,
        downloads=row.downloads,
        likes=row.likes,
        licences=None if row.licences is None else tuple(filter(None, row.licences.split("\n"))),
        licence_name=row.licence_name,
        licence_link=row.licence_link,
        files=orjson.loads(row.files) if row.files else {},
        siblings=tuple(orjson.loads(row.siblings)) if row.siblings else None,
    )


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[i : i + BATCH] for i in range(0, len(keys), BATCH))
