"""What a whole list does not hold: when that is proof that a repository is gone, and when not.

One short answer once took nine thousand repositories away. A list is doubted that ends far from
where the last one ended, or that lacks more than a small share of what is known; a doubted list
removes nothing. What two lists in a row do not hold, neither of them doubted, is gone.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, func, not_, or_, select, update

from crawler.crawl.checkpoints import Ended
from crawler.ingest.claims import keep_names_only
from crawler.ingest.stored import ARTIFACTS, RECORDS
from graph.catalogue.model import DATASET_PREFIX, Kind
from graph.storage.bulk import parts

PROOF = 2  # whole lists in a row that do not hold a repository
FEW = 20  # repositories: so many may be missing of any list
SHARE = 0.05  # of what is known; on the Hub about one in a hundred goes in a day
AGREES = 0.02  # two lists that end so near to each other speak of the same Hub


def doubt(kind: Kind, ended: Ended, before: Ended | None, known: int, absent: int) -> str | None:
    """Say why a list cannot be whole, or None.

    ``absent`` counts what the last list still held. ``ended`` is doubted already where its last
    page was full; ``before`` is the last list of the kind that ended, doubted or not. A doubted
    list that ended where this one does makes this one credible, unless both are empty.
    """
    rows, ended_full = ended.rows, ended.doubted
    agree = before and abs(rows - before.rows) <= max(FEW, AGREES * before.rows)
    if before and before.doubted and agree and rows:
        return None
    if not rows and (known or kind is Kind.MODEL):
        return f"it is empty, though {known:,} are known" if known else "it is empty"
    if before is None and ended_full:
        return f"it ended after {rows:,} on a full page, without a link to a next one"
    if before and before.rows - rows > max(FEW, SHARE * before.rows):
        return f"it ended after {rows:,}, the last one after {before.rows:,}"
    if absent > max(FEW, SHARE * known):
        return f"it ended after {rows:,} and lacks {absent:,} of {known:,} known"
    return None


def judge(
    connection: Connection, run: int, kind: Kind, ended: Ended, before: Ended | None
) -> str | None:
    """Say why the list of a kind that a run has read to its end cannot be whole, or None."""
    newly = and_(_unseen(run, kind), RECORDS.c.missed <= 0)  # the last list held it
    known, absent = (
        connection.scalar(select(func.count()).select_from(_JOINED).where(which)) or 0
        for which in (_live(kind), newly)
    )
    return doubt(kind, ended, before, known, absent)


def settle(connection: Connection, run: int, as_of: datetime, kind: Kind) -> tuple[int, int]:
    """Note what a whole list did not hold; return how many that are, and how many are gone now.

    In the transaction that notes the lists as whole, so that it is counted once.
    """
    keys = list(
        connection.scalars(select(RECORDS.c.key).select_from(_JOINED).where(_unseen(run, kind)))
    )
    count = case((RECORDS.c.missed < 0, 1), else_=RECORDS.c.missed + 1)
    for part in parts(keys):
        connection.execute(update(RECORDS).where(RECORDS.c.key.in_(part)).values(missed=count))
    lacking = and_(_live(kind), RECORDS.c.seen_run < run, RECORDS.c.missed >= PROOF)
    gone = list(connection.scalars(select(RECORDS.c.key).select_from(_JOINED).where(lacking)))
    for part in parts(gone):
        removed = update(RECORDS).where(RECORDS.c.key.in_(part))
        connection.execute(removed.values(removed=as_of, changed_run=run))
    keep_names_only(connection, gone)
    return len(keys), len(gone)


_JOINED = RECORDS.join(ARTIFACTS, ARTIFACTS.c.key == RECORDS.c.key)


def _unseen(run: int, kind: Kind) -> ColumnElement[bool]:
    return and_(_live(kind), or_(RECORDS.c.seen_run < run, RECORDS.c.missed < 0))


def _live(kind: Kind) -> ColumnElement[bool]:
    is_data = ARTIFACTS.c.id.startswith(DATASET_PREFIX, autoescape=True)
    return and_(RECORDS.c.removed.is_(None), is_data if kind is Kind.DATASET else not_(is_data))
