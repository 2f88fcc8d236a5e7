"""The stored records: each page of records, its claims and its cursor in one transaction.

A record that has not changed costs one column; one that has is read by every signal again and
its claims replace the old ones. A record never loses files it once had at the same revision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, cast

import orjson
from sqlalchemy import Connection, Engine, Table, bindparam, delete, insert, select, update

from crawler import signals
from crawler.record import HubRecord
from crawler.signals import identity
from crawler.signals.licence import declared
from graph.database import insert_missing, upsert
from graph.model import Claim
from graph.tables import (
    RELATION_CODE,
    SAMPLE_SCOPE,
    ArtifactRow,
    ClaimRow,
    NoticeRow,
    RecordRow,
    RunRow,
)

ARTIFACTS, RECORDS, CLAIMS, NOTICES, RUNS = (
    cast("Table", row.__table__) for row in (ArtifactRow, RecordRow, ClaimRow, NoticeRow, RunRow)
)
NAME_SIGNALS = ("identity", "cache_path")  # they belong to an id, whatever its record says
T = TypeVar("T")
BATCH = 1000  # ids in one IN (...), below every engine's limit of bound values


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of a run's report."""

    kind: str
    place: str
    reason: str


@dataclass(slots=True)
class PageCounts:
    """What storing a page did."""

    records: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    refused: int = 0
    dropped: int = 0
    self_parents: int = 0

    def add(self, other: PageCounts) -> None:
        """Add another page's counts to these."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class _Stored:
    key: int
    digest: bytes
    removed: datetime | None
    modified: datetime | None
    signals: int


@dataclass(slots=True)
class _Changes:
    """What is to be written of a page's changed records."""

    records: list[HubRecord] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict)
    claims: list[tuple[str, Claim]] = field(default_factory=list)


def store_page(
    connection: Connection,
    run: int,
    as_of: datetime,
    records: Sequence[HubRecord],
    notices: Sequence[Notice] = (),
) -> PageCounts:
    """Store a page of records inside the caller's transaction, and say what changed.

    ``as_of`` is the moment the page speaks of: a removal is dated by it. Where a page names a
    repository twice the last one counts.
    """
    page = {record.id: record for record in records}
    known = _stored(connection, list(page))
    counts = PageCounts(records=len(page))
    counts.refused = sum(n.kind == "refused" for n in notices)
    counts.dropped = sum(n.kind == "dropped" for n in notices)
    changes, report = _Changes(), list(notices)
    unchanged: list[int] = []
    for record in page.values():
        before = known.get(record.id)
        digest = _digest(record)
        if before and _same(before, record, digest):
            unchanged.append(before.key)
            continue
        counts.new += before is None
        counts.changed += before is not None
        counts.removed += record.removed and (before is None or before.removed is None)
        changes.records.append(record)
        changes.digests[record.id] = digest
        for claim in signals.claims(record):
            if claim.child == claim.parent:
                report.append(
                    Notice("self-parent", record.id, f"{claim.evidence.field} names itself")
                )
                counts.self_parents += 1
            else:
                changes.claims.append((record.id, claim))
    _touch(connection, unchanged, run)
    _write(connection, run, as_of, changes, known)
    _report(connection, run, report)
    return counts


def _stored(connection: Connection, ids: Sequence[str]) -> dict[str, _Stored]:
    columns = (
        RECORDS.c.key,
        RECORDS.c.digest,
        RECORDS.c.removed,
        RECORDS.c.modified,
        RECORDS.c.signals,
    )
    found: dict[str, _Stored] = {}
    for part in _parts(ids):
        query = select(ARTIFACTS.c.id, *columns).join(RECORDS).where(ARTIFACTS.c.id.in_(part))
        found |= {row[0]: _Stored(*row[1:]) for row in connection.execute(query)}
    return found


def _digest(record: HubRecord) -> bytes:
    told = (record.raw, record.card, record.siblings, dict(record.files))
    packed = orjson.dumps(told, option=orjson.OPT_SORT_KEYS, default=str)
    return hashlib.blake2b(packed, digest_size=16).digest()


def _same(before: _Stored, record: HubRecord, digest: bytes) -> bool:
    if before.signals != signals.VERSION or (before.removed is not None) != record.removed:
        return False
    return record.removed or before.digest == digest


def _touch(connection: Connection, keys: list[int], run: int) -> None:
    for part in _parts(keys):
        connection.execute(update(RECORDS).where(RECORDS.c.key.in_(part)).values(seen_run=run))


def _write(
    connection: Connection,
    run: int,
    as_of: datetime,
    changes: _Changes,
    known: dict[str, _Stored],
) -> None:
    ends = (end for _, claim in changes.claims for end in (claim.child, claim.parent))
    keys = register(connection, [*(r.id for r in changes.records), *ends])
    rows: list[dict[str, Any]] = []
    for record in changes.records:
        before = known.get(record.id)
        row = _row(record, keys[record.id], changes.digests[record.id], run)
        row["removed"] = as_of if record.removed else None
        if before is not None and record.removed:
            row = {
                name: row[name] for name in ("key", "removed", "seen_run", "changed_run", "signals")
            }
        rows.append(row)
    _keep_files(connection, rows, known)
    for columns in {tuple(row) for row in rows}:
        same = [row for row in rows if tuple(row) == columns]
        if "digest" in columns:
            upsert(connection, RECORDS, same)
        else:
            _update(connection, same)
    _replace_claims(connection, [keys[r.id] for r in changes.records], changes.claims, keys)


def _update(connection: Connection, rows: list[dict[str, Any]]) -> None:
    named = [{f"_{k}" if k == "key" else k: v for k, v in row.items()} for row in rows]
    connection.execute(update(RECORDS).where(RECORDS.c.key == bindparam("_key")), named)


def _row(record: HubRecord, key: int, digest: bytes, run: int) -> dict[str, Any]:
    licence = declared(record)
    return {
        "key": key,
        "author": record.author,
        "created": record.created,
        "modified": record.modified,
        "downloads": record.downloads,
        "likes": record.likes,
        "sha": record.sha,
        "children": record.children,
        "licences": None if licence.ids is None else "\n".join(licence.ids),
        "licence_name": licence.name,
        "licence_link": licence.link,
        "raw": orjson.dumps(record.raw),
        "card": None if record.card is None else orjson.dumps(record.card, default=str),
        "files": orjson.dumps(dict(record.files)) if record.files else None,
        "siblings": None if record.siblings is None else orjson.dumps(record.siblings),
        "digest": digest,
        "seen_run": run,
        "changed_run": run,
        "signals": signals.VERSION,
    }


def _keep_files(
    connection: Connection, rows: list[dict[str, Any]], known: dict[str, _Stored]
) -> None:
    """Leave out of an update the files and siblings that an answer did not bring.

    They hold as long as the repository was not modified since.
    """
    modified = {stored.key: stored.modified for stored in known.values()}
    for row in rows:
        if row["key"] in modified and row.get("modified") == modified[row["key"]]:
            for name in ("files", "siblings"):
                if name in row and row[name] is None:
                    del row[name]


def register(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """Number ids that are new, with what is known of each by name alone; return all numbers."""
    wanted = list(dict.fromkeys(ids))
    keys = _keys(connection, wanted)
    new = [i for i in wanted if i not in keys]
    if not new:
        return keys
    insert_missing(connection, ARTIFACTS, [{"id": i} for i in new])
    keys |= _keys(connection, new)
    known = [(i, claim) for i in new for claim in identity.of_id(i)]
    ends = register(connection, [claim.parent for _, claim in known])
    _insert_claims(connection, known, keys | ends)
    return keys


def _keys(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _parts(ids):
        rows = connection.execute(
            select(ARTIFACTS.c.id, ARTIFACTS.c.key).where(ARTIFACTS.c.id.in_(part))
        )
        found |= {row[0]: row[1] for row in rows}
    return found


def _replace_claims(
    connection: Connection, owners: list[int], claims: list[tuple[str, Claim]], keys: dict[str, int]
) -> None:
    for part in _parts(owners):
        connection.execute(delete(CLAIMS).where(CLAIMS.c.owner.in_(part)))
    _insert_claims(connection, claims, keys)


def _insert_claims(
    connection: Connection, claims: list[tuple[str, Claim]], keys: dict[str, int]
) -> None:
    rows = [
        {
            "owner": keys[owner],
            "child": keys[claim.child],
            "parent": keys[claim.parent],
            "relation": RELATION_CODE[claim.relation],
            "strength": int(claim.strength),
            "confidence": claim.confidence,
            "signal": claim.signal,
            "field": claim.evidence.field,
            "value": claim.evidence.value,
            "revision": claim.evidence.revision,
        }
        for owner, claim in claims
    ]
    if rows:
        connection.execute(insert(CLAIMS), rows)


def _report(connection: Connection, run: int, notices: list[Notice]) -> None:
    rows = [
        {"run": run, "kind": n.kind, "place": n.place, "reason": n.reason}
        for n in dict.fromkeys(notices)
    ]
    if rows:
        connection.execute(insert(NOTICES), rows)


def mark_absent(
    engine: Engine, run: int, as_of: datetime, *, kind_prefix: str, models: bool
) -> int:
    """Mark as removed every live record of a kind that a run which covered the kind did not see."""
    of_kind = ARTIFACTS.c.id.startswith(kind_prefix, autoescape=True)
    with engine.begin() as connection:
        query = (
            select(RECORDS.c.key)
            .join(ARTIFACTS)
            .where(RECORDS.c.removed.is_(None), RECORDS.c.seen_run < run)
            .where(~of_kind if models else of_kind)
        )
        keys = list(connection.scalars(query))
        for part in _parts(keys):
            gone = update(RECORDS).where(RECORDS.c.key.in_(part))
            connection.execute(gone.values(removed=as_of, changed_run=run))
            known = CLAIMS.c.signal.in_(NAME_SIGNALS)
            connection.execute(delete(CLAIMS).where(CLAIMS.c.owner.in_(part), ~known))
    return len(keys)


def drop_sample(engine: Engine) -> None:
    """Forget what only the bundled sample says, once something real is stored."""
    sample = select(RUNS.c.number).where(RUNS.c.scope == SAMPLE_SCOPE)
    with engine.begin() as connection:
        keys = list(connection.scalars(select(RECORDS.c.key).where(RECORDS.c.seen_run.in_(sample))))
        for part in _parts(keys):
            known = CLAIMS.c.signal.in_(NAME_SIGNALS)
            connection.execute(delete(CLAIMS).where(CLAIMS.c.owner.in_(part), ~known))
            connection.execute(delete(RECORDS).where(RECORDS.c.key.in_(part)))


def _parts(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[i : i + BATCH] for i in range(0, len(items), BATCH))
