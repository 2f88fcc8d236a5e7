"""Renames: a repository keeps the Hub's ``_id``, whatever it is called.

What hangs on a record goes along to its new name: texts, what was asked, findings, annotations. The
old name stays as one that the repository bore.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Table, delete, select, update

from crawler.ingest.claims import keep_names_only, keys_of
from graph.catalogue.model import Finding, Kind
from graph.compliance.triage import digest
from graph.evidence.record import HubRecord
from graph.storage import bulk
from graph.storage.bulk import parts
from graph.storage.findings import finding_of
from graph.storage.tables import AnnotationRow, ArtifactRow, AskedRow, FindingRow, RecordRow

A, ASKED, F, R, P = (
    cast("Table", row.__table__)
    for row in (ArtifactRow, AskedRow, FindingRow, RecordRow, AnnotationRow)
)
MOST_NAMES = 20  # former names that are kept of one repository


@dataclass(frozen=True, slots=True)
class Move:
    """One repository's way from a name to another, with the keys of both."""

    old: str
    new: str
    old_key: int
    new_key: int


def follow(connection: Connection, records: Iterable[HubRecord]) -> int:
    """Carry what is held under older names over to the names that records have now; count them."""
    live = [r for r in records if r.hub_id and not r.removed]
    listed = {(r.id, r.hub_id) for r in live}
    now = {cast("str", r.hub_id): r.id for r in live}
    held: dict[str, dict[str, int]] = {}
    for part in parts(list(now)):
        query = select(R.c.hub_id, A.c.id, A.c.key).join(A, A.c.key == R.c.key)
        for hub_id, old, key in connection.execute(query.where(R.c.hub_id.in_(part))):
            held.setdefault(hub_id, {})[old] = key
    moved = {
        old: (key, now[hub_id])
        for hub_id, names in held.items()
        if now[hub_id] not in names
        for old, key in names.items()
        if (old, hub_id) not in listed and Kind.of(old) is Kind.of(now[hub_id])
    }
    if not moved:
        return 0
    keys = keys_of(connection, [new for _, new in moved.values()])
    _carry(connection, [Move(old, new, key, keys[new]) for old, (key, new) in moved.items()])
    return len(moved)


def _carry(connection: Connection, moves: Sequence[Move]) -> None:
    """Move everything; read before it is written, since names may have been swapped."""
    target = {move.old_key: move for move in moves}
    records = _rows(connection, R, target)
    asked = _rows(connection, ASKED, target)
    findings = {
        n: target[key].new_key
        for part in parts(list(target))
        for n, key in connection.execute(select(F.c.number, F.c.key).where(F.c.key.in_(part)))
    }
    _answer_anew(connection, moves)
    taken = [*target, *(move.new_key for move in moves)]
    for table in (R, ASKED):
        for part in parts(taken):
            connection.execute(delete(table).where(table.c.key.in_(part)))
    for row in records:
        move = target[row["key"]]
        names = [*filter(None, (row["former"] or "").split("\n")), move.old]
        row |= {"key": move.new_key, "former": "\n".join(names[-MOST_NAMES:])}
    for row in asked:
        row["key"] = target[row["key"]].new_key
    bulk.insert(connection, R, records)
    bulk.insert(connection, ASKED, asked)
    for number, key in findings.items():
        connection.execute(update(F).where(F.c.number == number).values(key=key))
    keep_names_only(connection, list(target))


def _rows(connection: Connection, table: Table, keys: Iterable[int]) -> list[dict[str, Any]]:
    return [
        dict(row)
        for part in parts(list(keys))
        for row in connection.execute(select(table).where(table.c.key.in_(part))).mappings()
    ]


def _answer_anew(connection: Connection, moves: Sequence[Move]) -> None:
    """Let annotations answer the same findings under the new name."""
    ids = {move.old: move.new for move in moves}
    for move in moves:
        mine = select(P.c.number, P.c.rests_on).where(P.c.artifact == move.old)
        annotations = connection.execute(mine).all()
        if not annotations:
            continue
        bodies = connection.scalars(
            select(F.c.body).where(F.c.key == move.old_key, F.c.closed.is_(None))
        )
        found = [finding_of(move.old, body) for body in bodies]
        marks = {digest(one): digest(_renamed(one, ids)) for one in found}
        for number, mark in annotations:
            told = {"artifact": move.new, "rests_on": marks.get(mark, mark)}
            connection.execute(update(P).where(P.c.number == number).values(**told))


def _renamed(finding: Finding, ids: Mapping[str, str]) -> Finding:
    """Return a finding as it reads under the new names."""
    evidence = tuple(
        e._replace(repository=ids.get(e.repository, e.repository)) for e in finding.evidence
    )
    path = tuple(d._replace(child=ids.get(d.child, d.child)) for d in finding.path[:1])
    return finding._replace(
        artifact=ids.get(finding.artifact, finding.artifact),
        evidence=evidence,
        path=(*path, *finding.path[1:]),
    )
