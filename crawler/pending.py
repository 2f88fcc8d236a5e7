"""Whose small files are still to be asked for: Llama's descendants, and data sets they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import numpy as np
from sqlalchemy import Connection, Engine, Table, select

from crawler.claims import parts
from graph import columns
from graph.database import one_moment
from graph.edges import Ints
from graph.families import Families
from graph.model import Relation
from graph.resolve import resolve
from graph.roster import load
from graph.tables import RELATION_CODE, ArtifactRow, AskedRow, MemberRow, RecordRow

A, R, ASKED, M = (
    cast("Table", row.__table__) for row in (ArtifactRow, RecordRow, AskedRow, MemberRow)
)
FAILED = "failed"  # the answer where the Hub was in trouble


@dataclass(frozen=True, slots=True)
class Pending:
    """A repository with files to ask for, and what was answered at its revision so far.

    ``failed`` is how many answers failed when they were last asked for.
    """

    key: int
    id: str
    downloads: int
    answers: dict[str, str]
    failed: int = 0


def revision_of(sha: str | None, modified: datetime | None) -> str:
    """Return what a repository's state is told by: the sha, or else when it was modified."""
    return sha or (modified.isoformat() if modified else "")


def pending(engine: Engine, *, authorised: bool) -> list[Pending]:
    """Return every live repository in scope with files not asked for, most-downloaded first.

    What was gated to a stranger is asked for again once there is a token. Where the Hub failed
    comes after all others, so that it keeps nothing from being fetched.
    """
    with one_moment(engine) as connection:
        found = [
            one
            for part in parts(_in_scope(connection))
            for row in _rows(connection, part)
            if (one := _open(row, authorised=authorised)) is not None
        ]
    return sorted(found, key=lambda one: (one.failed > 0, -one.downloads, one.id))


def _rows(connection: Connection, keys: Sequence[int]) -> Iterator[Any]:
    query = (
        select(
            A.c.key,
            A.c.id,
            R.c.downloads,
            R.c.sha,
            R.c.modified,
            ASKED.c.revision,
            ASKED.c.state,
            ASKED.c.answers,
        )
        .select_from(A.join(R).outerjoin(ASKED, ASKED.c.key == A.c.key))
        .where(A.c.key.in_(keys), R.c.removed.is_(None))
    )
    yield from connection.execute(query)


def _open(row: Any, *, authorised: bool) -> Pending | None:
    revision = revision_of(row.sha, row.modified)
    answers: dict[str, str] = row.answers if row.revision == revision else {}
    if answers and row.state == "gated" and authorised:
        answers = {name: why for name, why in answers.items() if why != "gated"}
    elif row.revision == revision and row.state != "open":
        return None
    told = {name: why for name, why in answers.items() if why != FAILED}
    return Pending(row.key, row.id, row.downloads or 0, told, len(answers) - len(told))


def _in_scope(connection: Connection) -> list[int]:
    """Return the keys of Llama's family, as claimed now or found by the last build, and its data.

    The build knows the families that are inferred; the claims what came in since.
    """
    told = columns.load(connection)
    edges, _ = resolve(told.claims, told.older_name, told.live)
    families = Families(told.ids, edges, load())
    names = [family.id for family in load().llama_families()]
    inside = np.zeros(len(told.ids), np.bool_)
    for name in names:
        if name in families.reaches:
            inside[families.reaches[name].nodes] = True
    inside[told.nodes(_members(connection, names))] = True
    inside &= told.live
    trains = told.claims.relation == RELATION_CODE[Relation.TRAINED_ON]
    inside[told.claims.parent[trains & inside[told.claims.child]]] = True
    return cast("list[int]", told.keys[inside & told.live].tolist())


def _members(connection: Connection, families: list[str]) -> Ints:
    keys = connection.scalars(select(M.c.key).where(M.c.family.in_(families)).distinct())
    return np.array(list(keys), np.int64)
