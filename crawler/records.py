"""The stored records: each page of records, its claims and its cursor in one transaction.

A record that has not changed costs one column; one that has is read by every signal again and
its claims replace the old ones. A record never loses files it once had at the same revision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

import orjson
from sqlalchemy import Connection, Engine, Table, bindparam, delete, select, update

from crawler import guess, signals
from crawler.claims import forget, keep_names_only, parts, register
from crawler.claims import replace as replace_said
from crawler.record import HubRecord, read
from crawler.signals.licence import declared
from graph import bulk
from graph.database import sole_writer
from graph.inference import Guess
from graph.model import Claim, Kind
from graph.tables import (
    SAMPLE_SCOPE,
    ArtifactRow,
    NoticeRow,
    RecordRow,
    RunRow,
)

ARTIFACTS, RECORDS, NOTICES, RUNS = (
    cast("Table", row.__table__) for row in (ArtifactRow, RecordRow, NoticeRow, RunRow)
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of a run's report."""

    kind: str
    place: str
    reason: str


@dataclass(slots=True)
class PageCounts:
    """What storing a page did; ``files_left`` counts repositories with files not yet asked for."""

    records: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    refused: int = 0
    dropped: int = 0
    self_parents: int = 0
    files: int = 0
    files_left: int = 0

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
    sha: str | None


@dataclass(slots=True)
class _Changes:
    """What is to be written of a page's changed records."""

    records: list[HubRecord] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict)
    claims: list[tuple[str, Claim]] = field(default_factory=list)
    guesses: dict[str, Guess] = field(default_factory=dict)


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
    page |= _with_known_files(connection, page, known)
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
        if (made := guess.of_record(record)) is not None:
            changes.guesses[record.id] = made
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
        RECORDS.c.sha,
    )
    found: dict[str, _Stored] = {}
    for part in parts(ids):
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
    for part in parts(keys):
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
    for columns in {tuple(row) for row in rows}:
        same = [row for row in rows if tuple(row) == columns]
        if "digest" in columns:
            bulk.upsert(connection, RECORDS, same)
        else:
            _update(connection, same)
    forget(connection, [keys[record.id] for record in changes.records])
    replace_said(connection, keys, changes.claims, changes.guesses)


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


def _with_known_files(
    connection: Connection, page: dict[str, HubRecord], known: dict[str, _Stored]
) -> dict[str, HubRecord]:
    """Return the records of a page that brought no files, with those known from before.

    They hold as long as the repository's revision is the same.
    """
    bare = {
        known[record.id].key: record
        for record in page.values()
        if record.id in known
        and not record.removed
        and not (record.files and record.siblings is not None)
        and _same_revision(known[record.id], record)
    }
    found: dict[str, HubRecord] = {}
    for part in parts(list(bare)):
        query = select(RECORDS.c.key, RECORDS.c.files, RECORDS.c.siblings).where(
            RECORDS.c.key.in_(part),
            RECORDS.c.files.is_not(None) | RECORDS.c.siblings.is_not(None),
        )
        for key, files, siblings in connection.execute(query):
            record = bare[key]
            if record.siblings is None and siblings is not None:
                record = replace(record, siblings=tuple(orjson.loads(siblings)))
            known_files = record.files or (orjson.loads(files) if files else {})
            found[record.id] = with_files(record, known_files)
    return found


def _same_revision(before: _Stored, record: HubRecord) -> bool:
    if before.sha and record.sha:
        return before.sha == record.sha
    return before.modified == record.modified


def with_files(record: HubRecord, files: Mapping[str, str]) -> HubRecord:
    """Return a record with these files; a card that the Hub did not tell is read off README.md."""
    if record.card is not None or "README.md" not in files:
        return replace(record, files=files)
    return record_of(record.id, record.raw, None, files, record.siblings)


def record_of(
    artifact_id: str,
    raw: Mapping[str, Any],
    card: Any,
    files: Mapping[str, str] | None,
    siblings: Sequence[str] | None,
) -> HubRecord:
    """Return the record that these parts of a stored one come to. Raises Refused."""
    told = {**raw, "kind": Kind.of(artifact_id).value}
    listed = None if siblings is None else list(siblings)
    fields = {"cardData": card, "files": files and dict(files), "siblings": listed}
    told |= {name: value for name, value in fields.items() if value is not None}
    return replace(read(told, lambda _line: None), raw=dict(raw))


def _report(connection: Connection, run: int, notices: list[Notice]) -> None:
    rows = [
        {"run": run, "kind": n.kind, "place": n.place, "reason": n.reason}
        for n in dict.fromkeys(notices)
    ]
    bulk.insert(connection, NOTICES, rows)


def mark_absent(
    engine: Engine, run: int, as_of: datetime, *, kind_prefix: str, models: bool
) -> int:
    """Mark as removed every live record of a kind that a run which covered the kind did not see."""
    of_kind = ARTIFACTS.c.id.startswith(kind_prefix, autoescape=True)
    with sole_writer(engine) as connection:
        query = (
            select(RECORDS.c.key)
            .join(ARTIFACTS)
            .where(RECORDS.c.removed.is_(None), RECORDS.c.seen_run < run)
            .where(~of_kind if models else of_kind)
        )
        keys = list(connection.scalars(query))
        for part in parts(keys):
            gone = update(RECORDS).where(RECORDS.c.key.in_(part))
            connection.execute(gone.values(removed=as_of, changed_run=run))
        keep_names_only(connection, keys)
    return len(keys)


def drop_sample(engine: Engine) -> None:
    """Forget what only the bundled sample says, once something real is stored."""
    sample = select(RUNS.c.number).where(RUNS.c.scope == SAMPLE_SCOPE)
    with sole_writer(engine) as connection:
        keys = list(connection.scalars(select(RECORDS.c.key).where(RECORDS.c.seen_run.in_(sample))))
        keep_names_only(connection, keys)
        for part in parts(keys):
            connection.execute(delete(RECORDS).where(RECORDS.c.key.in_(part)))
