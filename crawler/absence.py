"""What a whole list does not hold: when that is proof that a repository is gone, and when not.

One short answer once took nine thousand repositories away. A list is doubted that ends far from
where the last one ended, or that lacks more than a small share of what is known; a doubted list
removes nothing. What two lists in a row do not hold, neither of them doubted, is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, not_, select, update

from crawler.claims import keep_names_only, parts
from crawler.ledger import Ended
from crawler.stored import ARTIFACTS, RECORDS
from graph.model import DATASET_PREFIX, Kind

PROOF = 2  # whole lists in a row that do not hold a repository
FEW = 20  # repositories: so many may be missing of any list
SHARE = 0.05  # of what is known; on the Hub about one in a hundred goes in a day
AGREES = 0.02  # two lists that end so near to each other speak of the same Hub


@dataclass(frozen=True, slots=True)
class Absence:
    """What a list lacked: how many were known, how many of them it did not hold, now removed."""

    known: int
    absent: int
    removed: int = 0
    doubt: str | None = None


def doubt(rows: int, before: Ended | None, known: int, absent: int) -> str | None:
    """Say why a list cannot be whole, or None.

    ``rows`` came, ``before`` is the last list of the kind that ended, doubted or not. A doubted
    list that ended where this one does makes this one credible.
    """
    if before and before.doubted and abs(rows - before.rows) <= max(FEW, AGREES * before.rows):
        return None if rows else f"it is empty, though {known:,} are known"
    if known and not rows:
        return f"it is empty, though {known:,} are known"
    if before and before.rows - rows > max(FEW, SHARE * before.rows):
        return f"it ended after {rows:,}, the last one after {before.rows:,}"
    if absent > max(FEW, SHARE * known):
        return f"it ended after {rows:,} and lacks {absent:,} of {known:,} known"
    return None


def settle(
    connection: Connection, run: int, as_of: datetime, kind: Kind, rows: int, before: Ended | None
) -> Absence:
    """Judge a list that a run has read to its end, and mark what is gone.

    In the transaction that notes the list as settled, so that it is counted once.
    """
    of_kind = _live(kind)
    unseen = and_(of_kind, RECORDS.c.seen_run < run)
    known, absent = (
        connection.scalar(select(func.count()).select_from(_JOINED).where(which)) or 0
        for which in (of_kind, unseen)
    )
    if reason := doubt(rows, before, known, absent):
        return Absence(known, absent, 0, reason)
    keys = list(connection.scalars(select(RECORDS.c.key).select_from(_JOINED).where(unseen)))
    for part in parts(keys):
        missed = update(RECORDS).where(RECORDS.c.key.in_(part))
        connection.execute(missed.values(missed=RECORDS.c.missed + 1))
    proven = select(RECORDS.c.key).select_from(_JOINED).where(unseen, RECORDS.c.missed >= PROOF)
    gone = list(connection.scalars(proven))
    for part in parts(gone):
        removed = update(RECORDS).where(RECORDS.c.key.in_(part))
        connection.execute(removed.values(removed=as_of, changed_run=run))
    keep_names_only(connection, gone)
    return Absence(known, absent, len(gone))


_JOINED = RECORDS.join(ARTIFACTS, ARTIFACTS.c.key == RECORDS.c.key)


def _live(kind: Kind) -> ColumnElement[bool]:
    is_data = ARTIFACTS.c.id.startswith(DATASET_PREFIX, autoescape=True)
    return and_(RECORDS.c.removed.is_(None), is_data if kind is Kind.DATASET else not_(is_data))
