"""What is known of artifacts, read from SQL in batches for judging and showing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, select

from graph.catalogue.facts import NAMES
from graph.catalogue.model import Artifact
from graph.storage.bulk import parts
from graph.storage.tables import tables

ARTIFACTS, RECORDS = tables("artifacts", "records")


class Known(NamedTuple):
    """What is stored of one artifact, texts as JSON: it goes to another process as it is.

    ``facts`` are its plain facts, in the order of `NAMES`.
    """

    id: str
    digest: bytes | None
    removed: datetime | None
    author: str | None
    sha: str | None
    licences: str | None
    licence_name: str | None
    licence_link: str | None
    files: bytes | None
    read_at: bytes | None
    siblings: bytes | None
    weights: bool | None
    unread: bytes | None
    facts: tuple[Any, ...]


_OWN = len(Known._fields) - 1
_TOLD = (RECORDS.c[name] for name in (*Known._fields[1:_OWN], *NAMES))
_QUERY = select(ARTIFACTS.c.key, ARTIFACTS.c.id, *_TOLD).outerjoin(RECORDS)


def rows(connection: Connection, keys: Sequence[int]) -> dict[int, Known]:
    """Return what is stored of some SQL keys."""
    found: dict[int, Known] = {}
    for part in parts(keys):
        for key, *known in connection.execute(_QUERY.where(ARTIFACTS.c.key.in_(part))):
            found[key] = Known._make((*known[:_OWN], tuple(known[_OWN:])))
    return found


def artifacts(connection: Connection, keys: Sequence[int]) -> dict[int, Artifact]:
    """Return the artifacts of some SQL keys; one without a record is marked as not crawled."""
    return {key: artifact(known) for key, known in rows(connection, keys).items()}


def artifact(row: Known) -> Artifact:
    """Return the artifact that a stored row tells of."""
    if row.digest is None:
        return Artifact(row.id, crawled=False)
    return Artifact(
        id=row.id,
        crawled=row.removed is None,
        removed=row.removed,
        author=row.author,
        revision=row.sha,
        licences=None if row.licences is None else tuple(filter(None, row.licences.split("\n"))),
        licence_name=row.licence_name,
        licence_link=row.licence_link,
        files=orjson.loads(row.files) if row.files else {},
        read_at=_revisions(row.read_at),
        siblings=tuple(orjson.loads(row.siblings)) if row.siblings else None,
        weights=bool(row.weights),
        unread=tuple((file, why) for file, why in orjson.loads(row.unread or b"[]")),
        **dict(zip(NAMES, row.facts, strict=True)),
    )


def _revisions(told: bytes | None) -> dict[str, str]:
    """Return the revision that each text was read at; the blob ids beside them are the crawl's."""
    return {name: revision for name, (revision, _) in orjson.loads(told).items()} if told else {}
