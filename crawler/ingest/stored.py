"""A record as a row of SQL and back, and the digest by which a changed one is told.

Counters stand in columns of their own and are no part of the digest: they move every day on
nearly every repository, and nothing is read off them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

import orjson
from sqlalchemy import ColumnElement, Row, Table

from graph.catalogue.facts import COUNTERS, values
from graph.catalogue.model import Kind
from graph.evidence.licence import declared
from graph.evidence.record import HubRecord, ReadAt, read
from graph.evidence.unread import unread
from graph.evidence.version import version
from graph.storage.tables import ArtifactRow, RecordRow

ARTIFACTS, RECORDS = cast("Table", ArtifactRow.__table__), cast("Table", RecordRow.__table__)
# What `record_of` reads of a row, which may hold more.
COLUMNS: tuple[ColumnElement[Any], ...] = (
    ARTIFACTS.c.id,
    *(RECORDS.c[name] for name in ("key", "hub_id", "former", "raw", "card", "files", "read_at")),
    *(RECORDS.c[name] for name in ("siblings", *COUNTERS)),
)


def revision_of(sha: str | None, modified: datetime | None) -> str:
    """Return what a repository's state is told by: the sha, or else when it was modified."""
    return sha or (modified.isoformat() if modified else "")


def blob_id(text: str) -> str:
    """Return the id that git, and so the Hub, gives a text."""
    content = text.encode("utf-8", "surrogatepass")
    header = b"blob %d\0" % len(content)
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def read_now(record: HubRecord, names: Iterable[str]) -> dict[str, ReadAt]:
    """Return that some of a record's texts were read at its present revision."""
    revision = revision_of(record.sha, record.modified)
    return {name: (revision, blob_id(record.files[name])) for name in names}


def digest(record: HubRecord) -> bytes:
    """Return what tells a record from itself at another time, counters aside."""
    told = (record.raw, record.card, record.siblings, dict(record.files), record.former)
    packed = orjson.dumps(told, option=orjson.OPT_SORT_KEYS, default=str)
    return hashlib.blake2b(packed, digest_size=16).digest()


def row_of(record: HubRecord, key: int, told: bytes, run: int) -> dict[str, Any]:
    """Return the row of a live record; ``told`` is its digest."""
    licence = declared(record)
    return {
        "key": key,
        "hub_id": record.hub_id,
        "former": "\n".join(record.former) or None,
        "author": record.author,
        "modified": record.modified,
        **values(record),
        "sha": record.sha,
        "licences": None if licence.ids is None else "\n".join(licence.ids),
        "licence_name": licence.name,
        "licence_link": licence.link,
        "raw": orjson.dumps(record.raw),
        "card": None if record.card is None else orjson.dumps(record.card, default=str),
        "files": orjson.dumps(dict(record.files)) if record.files else None,
        "read_at": orjson.dumps(dict(record.read_at)) if record.read_at else None,
        "siblings": None if record.siblings is None else orjson.dumps(record.siblings),
        "unread": orjson.dumps(closed) if (closed := [*unread(record)]) else None,
        "weights": record.kind is Kind.DATASET and record.holds_weights,
        "digest": told,
        "removed": None,
        "missed": 0,
        "seen_run": run,
        "changed_run": run,
        "signals": version(),
    }


def record_of(row: Row[Any]) -> HubRecord:
    """Return the record that a row with `COLUMNS` was made from. Raises Refused."""
    record = _made(
        row.id, orjson.loads(row.raw), _json(row.card), _json(row.files), _json(row.siblings)
    )
    read_at = _json(row.read_at) or {}
    return replace(
        record,
        hub_id=row.hub_id,
        former=tuple(filter(None, (row.former or "").split("\n"))),
        read_at={name: (revision, oid) for name, (revision, oid) in read_at.items()},
        **{name: getattr(row, name) for name in COUNTERS},
    )


def with_files(
    record: HubRecord, files: Mapping[str, str], read_at: Mapping[str, ReadAt]
) -> HubRecord:
    """Return a record with these files; a card that the Hub did not tell is read off README.md."""
    known = {name: at for name, at in read_at.items() if name in files}
    if record.card is not None or "README.md" not in files:
        return replace(record, files=files, read_at=known)
    card = _made(record.id, record.raw, None, files, record.siblings).card
    return replace(record, files=files, read_at=known, card=card)


def _made(
    artifact_id: str,
    raw: Mapping[str, Any],
    card: Any,
    files: Mapping[str, str] | None,
    siblings: Sequence[str] | None,
) -> HubRecord:
    told = {**raw, "id": artifact_id, "kind": Kind.of(artifact_id).value}
    listed = None if siblings is None else list(siblings)
    fields = {"cardData": card, "files": files and dict(files), "siblings": listed}
    told |= {name: value for name, value in fields.items() if value is not None}
    return replace(read(told, lambda _line: None), raw=dict(raw))


def _json(stored: bytes | None) -> Any:
    return None if stored is None else orjson.loads(stored)
