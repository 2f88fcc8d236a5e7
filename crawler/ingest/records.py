"""The stored records: each page of records, its claims and its cursor in one transaction.

A record of which the list tells the same as before costs one column, one of which counters moved
three more; one that has changed is read by every signal again and its claims replace the old ones.
Texts that were read stay until newer ones are: they say at which revision they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple, cast

import orjson
from sqlalchemy import Connection, Engine, Table, bindparam, delete, func, select, update

from crawler.ingest import renames
from crawler.ingest.claims import keep_names_only, keys_of
from crawler.ingest.claims import replace as replace_said
from crawler.ingest.report import Notice, PageCounts
from crawler.ingest.stored import (
    ARTIFACTS,
    RECORDS,
    digest,
    read_now,
    revision_of,
    row_of,
    with_files,
)
from graph.catalogue.facts import COUNTERS, counters, untold
from graph.catalogue.model import Claim
from graph.evidence import classify, signals
from graph.evidence.inference import Classification
from graph.evidence.record import HubRecord, ReadAt
from graph.evidence.version import version
from graph.storage import bulk
from graph.storage.bulk import parts
from graph.storage.database import sole_writer
from graph.storage.tables import SAMPLE_SCOPE, NoticeRow, RunRow

NOT_LISTED = -1  # in `missed`: found by a filter, and no list has held it yet
_SEEN = ("removed", "missed", "seen_run")  # what only a list or an import tells
_GONE = ("key", "removed", "seen_run", "changed_run", "signals")
NOTICES, RUNS = (cast("Table", row.__table__) for row in (NoticeRow, RunRow))


class _Stored(NamedTuple):
    key: int
    digest: bytes
    removed: datetime | None
    modified: datetime | None
    signals: int
    sha: str | None
    hub_id: str | None
    former: str | None
    counters: tuple[int | None, ...]


@dataclass(slots=True)
class _Changes:
    """What is to be written of a page's changed records, and what is to be reported."""

    notices: list[Notice]
    records: list[HubRecord] = field(default_factory=list)
    claims: list[tuple[str, Claim]] = field(default_factory=list)
    classifications: dict[str, Classification] = field(default_factory=dict)

    def take(self, record: HubRecord) -> None:
        """Read a record by every signal, with a notice where it names itself as parent."""
        self.records.append(record)
        if (made := classify.of_record(record)) is not None:
            self.classifications[record.id] = made
        for claim in signals.claims(record):
            if claim.child == claim.parent:
                told = f"{claim.evidence.field} names itself"
                self.notices.append(Notice("self-parent", record.id, told))
            else:
                self.claims.append((record.id, claim))


def store_page(
    connection: Connection,
    run: int,
    as_of: datetime,
    records: Sequence[HubRecord],
    notices: Sequence[Notice] = (),
    *,
    listed: bool = True,
) -> PageCounts:
    """Store a page of records inside the caller's transaction, and say what changed.

    ``as_of`` is the moment the page speaks of: a removal is dated by it. Where a page names a
    repository twice the last one counts. One that the Hub knows by another id than we did
    (``_id``) was renamed: what is held of it goes along. Of what is not ``listed``, but only
    found by a filter, the whole list must still show that it is there (`crawler.crawl.absence`).
    """
    page = {record.id: record for record in records}
    counts = PageCounts(records=len(page))
    counts.renamed = renames.follow(connection, page.values())
    known = _stored(connection, list(page))
    told = {record.id: digest(record) for record in page.values()}
    unchanged = {i for i, r in page.items() if i in known and _same(known[i], r, told[i])}
    counted = [i for i in unchanged if not page[i].removed and _moved(known[i], page[i])]
    moved = {i: record for i, record in page.items() if i not in unchanged}
    moved |= _with_what_is_known(connection, moved, known)
    changes = _Changes(list(notices))
    for record in moved.values():
        before = known.get(record.id)
        counts.new += before is None
        counts.changed += before is not None
        counts.removed += record.removed and (before is None or before.removed is None)
        changes.take(record)
    counts.counted = len(counted)
    missed = 0 if listed else NOT_LISTED
    _touch(connection, [known[i].key for i in unchanged], run, missed)
    _recount(connection, run, [(known[i].key, page[i]) for i in counted])
    _write(connection, run, as_of, changes, told, known, missed)
    _report(connection, run, changes.notices, counts)
    return counts


def rewrite(connection: Connection, run: int, records: Sequence[HubRecord]) -> PageCounts:
    """Store records again of which we know more than a list tells: texts, newer signals.

    What the list told, and so whether it tells something else the next time, stays as it is.
    """
    known = _stored(connection, [record.id for record in records])
    changes = _Changes([])
    for record in records:
        changes.take(record)
    digests = {record.id: known[record.id].digest for record in records}
    _write(connection, run, None, changes, digests, known)
    counts = PageCounts(records=len(records), changed=len(records))
    _report(connection, run, changes.notices, counts)
    return counts


def _report(
    connection: Connection, run: int, notices: Iterable[Notice], counts: PageCounts
) -> None:
    """Write down a page's notices, and count them."""
    report(connection, run, notices)
    kinds = [notice.kind for notice in notices]
    counts.refused, counts.dropped = kinds.count("refused"), kinds.count("dropped")
    counts.private, counts.self_parents = kinds.count("private"), kinds.count("self-parent")


def _stored(connection: Connection, ids: Sequence[str]) -> dict[str, _Stored]:
    own = _Stored._fields[:-1]
    end = 1 + len(own)  # the id is first
    columns = [RECORDS.c[name] for name in (*own, *COUNTERS)]
    found: dict[str, _Stored] = {}
    for part in parts(ids):
        query = select(ARTIFACTS.c.id, *columns).join(RECORDS, RECORDS.c.key == ARTIFACTS.c.key)
        for row in connection.execute(query.where(ARTIFACTS.c.id.in_(part))):
            found[row[0]] = _Stored._make((*row[1:end], row[end:]))
    return found


def _same(before: _Stored, record: HubRecord, told: bytes) -> bool:
    if before.signals != version() or (before.removed is not None) != record.removed:
        return False
    return record.removed or before.digest == told


def _moved(before: _Stored, record: HubRecord) -> bool:
    """Tell whether a counter is told and another one than before."""
    pairs = zip(before.counters, counters(record), strict=True)
    return any(now is not None and now != then for then, now in pairs)


def _touch(connection: Connection, keys: list[int], run: int, missed: int) -> None:
    for part in parts(keys):
        seen = update(RECORDS).where(RECORDS.c.key.in_(part))
        connection.execute(seen.values(seen_run=run, missed=missed))


def _recount(connection: Connection, run: int, moved: Sequence[tuple[int, HubRecord]]) -> None:
    """Write the counters that are told; those that are not stay as they were."""
    rows = [
        {"_key": key, **{f"_{n}": v for n, v in zip(COUNTERS, counters(record), strict=True)}}
        for key, record in moved
    ]
    if rows:
        told = {n: func.coalesce(bindparam(f"_{n}", type_=RECORDS.c[n].type), RECORDS.c[n])
                for n in COUNTERS}  # fmt: skip
        query = update(RECORDS).where(RECORDS.c.key == bindparam("_key"))
        connection.execute(query.values(counted_run=run, **told), rows)


def _write(
    connection: Connection,
    run: int,
    as_of: datetime | None,
    changes: _Changes,
    digests: Mapping[str, bytes],
    known: Mapping[str, _Stored],
    missed: int = 0,
) -> None:
    ends = (end for _, claim in changes.claims for end in (claim.child, claim.parent))
    keys = keys_of(connection, [*(r.id for r in changes.records), *ends])
    rows: list[dict[str, Any]] = []
    for record in changes.records:
        row = row_of(record, keys[record.id], digests[record.id], run)
        row |= {"removed": as_of if record.removed else None, "missed": missed}
        if as_of is None:
            row = {name: value for name, value in row.items() if name not in _SEEN}
        elif record.id in known and record.removed:  # its last known facts stay
            row = {name: row[name] for name in _GONE}
        rows.append(row)
    for columns in {tuple(row) for row in rows}:
        same = [row for row in rows if tuple(row) == columns]
        if {*_SEEN, "digest"} <= {*columns}:
            bulk.upsert(connection, RECORDS, same)
        else:
            _update(connection, same)
    owners = [record.id for record in changes.records]
    replace_said(connection, owners, keys, changes.claims, changes.classifications)


def _update(connection: Connection, rows: list[dict[str, Any]]) -> None:
    named = [{f"_{k}" if k == "key" else k: v for k, v in row.items()} for row in rows]
    connection.execute(update(RECORDS).where(RECORDS.c.key == bindparam("_key")), named)


def _with_what_is_known(
    connection: Connection, page: Mapping[str, HubRecord], known: Mapping[str, _Stored]
) -> dict[str, HubRecord]:
    """Return the records of a page that are known, with the texts, names and counters held."""
    mine = {known[i].key: r for i, r in page.items() if i in known and not r.removed}
    found: dict[str, HubRecord] = {}
    for part in parts(list(mine)):
        columns = (RECORDS.c.key, RECORDS.c.files, RECORDS.c.read_at, RECORDS.c.siblings)
        for key, *told in connection.execute(select(*columns).where(RECORDS.c.key.in_(part))):
            record = mine[key]
            files, read_at, siblings = (orjson.loads(one) if one else None for one in told)
            found[record.id] = _merged(record, known[record.id], files, read_at, siblings)
    own = {i: r for i, r in page.items() if i not in found and r.files and not r.removed}
    return found | {i: replace(r, read_at=read_now(r, r.files)) for i, r in own.items()}


def _merged(
    record: HubRecord,
    before: _Stored,
    files: Mapping[str, str] | None,
    read_at: Mapping[str, Sequence[str]] | None,
    siblings: Sequence[str] | None,
) -> HubRecord:
    """Return a record with what is held of the same repository and not told anew.

    Texts hold on at a later revision too, unless their file is gone; a file list does not.
    """
    record = replace(record, **untold(record, before.counters))
    if before.hub_id and record.hub_id and before.hub_id != record.hub_id:
        return replace(record, read_at=read_now(record, record.files))  # another one, same name
    former = tuple(filter(None, (before.former or "").split("\n")))
    record = replace(record, hub_id=record.hub_id or before.hub_id, former=former)
    if record.siblings is None and siblings is not None and _same_revision(before, record):
        record = replace(record, siblings=tuple(siblings))
    if record.files:
        return replace(record, read_at=read_now(record, record.files))
    listed = record.siblings
    held = {n: t for n, t in (files or {}).items() if listed is None or n in listed}
    return with_files(record, held, _dated(held, read_at or {}, before))


def _dated(
    held: Mapping[str, str], read_at: Mapping[str, Sequence[str]], before: _Stored
) -> dict[str, ReadAt]:
    """Return when texts were read; those of before this was written down, at the last revision."""
    then = (revision_of(before.sha, before.modified), "")
    return {
        name: (read_at[name][0], read_at[name][1]) if name in read_at else then for name in held
    }


def _same_revision(before: _Stored, record: HubRecord) -> bool:
    if before.sha and record.sha:
        return before.sha == record.sha
    return before.modified == record.modified


def report(connection: Connection, run: int, notices: Iterable[Notice]) -> None:
    """Add lines to a run's report."""
    rows = [{"run": run, **asdict(notice)} for notice in dict.fromkeys(notices)]
    bulk.insert(connection, NOTICES, rows)


def drop_sample(engine: Engine) -> None:
    """Forget what only the bundled sample says, once something real is stored."""
    sample = select(RUNS.c.number).where(RUNS.c.scope == SAMPLE_SCOPE)
    with sole_writer(engine) as connection:
        keys = list(connection.scalars(select(RECORDS.c.key).where(RECORDS.c.seen_run.in_(sample))))
        keep_names_only(connection, keys)
        for part in parts(keys):
            connection.execute(delete(RECORDS).where(RECORDS.c.key.in_(part)))
