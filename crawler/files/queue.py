"""Whose small files are still to be asked for, and in which order: models of Llama's families."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from sqlalchemy import Connection, Engine, Table, select

from crawler.ingest.stored import revision_of
from graph.catalogue.model import DATASET_PREFIX, Outcome
from graph.catalogue.roster import load
from graph.lineage.edges import Ints
from graph.lineage.families import Families
from graph.lineage.resolve import resolve
from graph.storage import columns
from graph.storage.bulk import parts
from graph.storage.database import one_moment
from graph.storage.tables import ArtifactRow, AskedRow, FindingRow, MembershipRow, RecordRow

A, R, ASKED, F, M = (
    cast("Table", row.__table__)
    for row in (ArtifactRow, RecordRow, AskedRow, FindingRow, MembershipRow)
)
FAILED = "failed"  # the answer where the Hub was in trouble


@dataclass(slots=True)
class QueueItem:
    """A repository with files to ask for, and what was answered at its revision so far.

    ``waits`` tells whether a finding is unknown for want of them, ``failed`` how many answers
    failed when they were last asked for, ``tries`` how often this run has asked.
    """

    key: int
    id: str
    downloads: int
    answers: dict[str, str]
    failed: int = 0
    waits: bool = False
    tries: int = 0


def fetch_queue(engine: Engine, *, authorised: bool) -> list[QueueItem]:
    """Return every repository in scope with files not asked for, in order.

    The most downloaded first, then what a finding waits for. Where the Hub failed comes after
    all others, so that it keeps nothing from being fetched. What was gated to a stranger is asked
    for again once there is a token.
    """
    with one_moment(engine) as connection:
        waits = _waiting(connection)
        found = [
            item
            for part in parts(_in_scope(connection))
            for row in _rows(connection, part)
            if (item := _open(row, waits, authorised=authorised)) is not None
        ]
    return sorted(found, key=lambda one: (one.failed > 0, -one.downloads, not one.waits, one.id))


def _rows(connection: Connection, keys: Sequence[int]) -> Iterator[Any]:
    told = (R.c.downloads, R.c.sha, R.c.modified, ASKED.c.revision, ASKED.c.state, ASKED.c.answers)
    query = (
        select(A.c.key, A.c.id, *told)
        .select_from(A.join(R).outerjoin(ASKED, ASKED.c.key == A.c.key))
        .where(A.c.key.in_(keys), R.c.removed.is_(None), R.c.disabled.is_(False))
    )
    yield from connection.execute(query)


def _open(row: Any, waits: set[int], *, authorised: bool) -> QueueItem | None:
    same = row.revision == revision_of(row.sha, row.modified)
    answers: dict[str, str] = row.answers if same else {}
    if answers and row.state == "gated" and authorised:
        answers = {name: why for name, why in answers.items() if why != "gated"}
    elif same and row.state != "open":
        return None
    told = {name: why for name, why in answers.items() if why != FAILED}
    failed = len(answers) - len(told)
    return QueueItem(row.key, row.id, row.downloads or 0, told, failed, row.key in waits)


def _waiting(connection: Connection) -> set[int]:
    """Return the keys of what an open finding says nothing of yet."""
    unknown = (F.c.closed.is_(None), F.c.outcome == Outcome.UNKNOWN.value)
    return set(connection.scalars(select(F.c.key).where(*unknown).distinct()))


def _in_scope(connection: Connection) -> list[int]:
    """Return the keys of Llama's models, as claimed now or found by the last build.

    The build knows the families that are inferred; the claims what came in since. All that is
    named is read for it, so this is for once a run.
    """
    told = columns.load(connection)
    edges = resolve(told.claims, told.older_name, told.live)
    families = Families(told.ids, edges, load())
    names = [family.id for family in load().llama_families()]
    inside = np.zeros(len(told.ids), np.bool_)
    for name in names:
        if name in families.reaches:
            inside[families.reaches[name].nodes] = True
    inside[told.nodes(_members(connection, names))] = True
    nodes = np.flatnonzero(inside & told.live).tolist()
    return [int(told.keys[n]) for n in nodes if not told.ids[n].startswith(DATASET_PREFIX)]


def _members(connection: Connection, families: list[str]) -> Ints:
    keys = connection.scalars(select(M.c.key).where(M.c.family.in_(families)).distinct())
    return np.array(list(keys), np.int64)
