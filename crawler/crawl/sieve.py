"""Scope ``llama`` keeps what descends from Llama; what does is known when the list is whole.

A list comes newest first, children before their parents. So a row that nothing held names is set
aside, packed, with what it says of its parents, until the list has ended
(`crawler.crawl.frontier`).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, cast

import orjson
from sqlalchemy import ColumnElement, Connection, Table, delete, select

from crawler.crawl.frontier import Said
from graph.catalogue.facts import FACTS
from graph.catalogue.model import Claim
from graph.evidence import classify, signals
from graph.evidence.inference import Classification
from graph.evidence.record import HubRecord
from graph.lineage.edges import CODE
from graph.storage import bulk
from graph.storage.bulk import parts
from graph.storage.columns import OLDER_NAME
from graph.storage.tables import ArtifactRow, PassedRow, RecordRow

A, P, R = (cast("Table", row.__table__) for row in (ArtifactRow, PassedRow, RecordRow))
POPULAR = 100  # downloads in 30 days: such a model may well be somebody's other parent
# What is kept of the others, should somebody name them all the same; the next list tells the rest.
SLIM = frozenset(
    {"_id", "author", "gated", "id", "kind", "lastModified", "private", "sha", "tags"}
    | {fact.hub for fact in FACTS}
)
POSSIBLE = -3.0  # log odds: below, no author's other models make a Llama of it


def split(
    connection: Connection, run: int, records: Sequence[HubRecord], items: dict[str, Any]
) -> list[HubRecord]:
    """Return the records that something held names, or that are held; set the others aside.

    ``items`` are the Hub's own answers by id. In the transaction that notes the page's cursor.
    """
    known_as = {r.hub_id: r.id for r in records if r.hub_id}
    named = _held(connection, A.c.id, [record.id for record in records])
    named |= {known_as[hub_id] for hub_id in _held(connection, R.c.hub_id, list(known_as))}
    aside = {r.id: r for r in records if r.id not in named}
    rows = [_row(run, record, items[record.id]) for record in aside.values()]
    for part in parts(list(aside)):  # a row may come twice, and this page twice after a kill
        connection.execute(delete(P).where(P.c.run == run, P.c.id.in_(part)))
    bulk.insert(connection, P, rows)
    return [record for record in records if record.id in named]


def _held(connection: Connection, column: ColumnElement[Any], values: Sequence[Any]) -> set[Any]:
    """Return which of some values a column holds."""
    queries = (select(column).where(column.in_(part)) for part in parts(values))
    return {value for query in queries for value in connection.scalars(query)}


def _row(run: int, record: HubRecord, item: Any) -> dict[str, Any]:
    claims = [packed(claim) for claim in signals.claims(record) if claim.child != claim.parent]
    possible = odds(classify.of_record(record))
    told = {"claims": claims, "guess": possible}
    use = claims or possible
    if not use and (record.downloads or 0) < POPULAR:
        item = {name: value for name, value in item.items() if name in SLIM}
    return {
        "run": run,
        "id": record.id,
        "created": record.created,
        "downloads": record.downloads,
        "body": zlib.compress(orjson.dumps(item), 1),
        "claims": orjson.dumps(told) if use else None,
    }


def packed(claim: Claim) -> Said:
    """Return a claim as it is set aside."""
    return (
        claim.child,
        claim.parent,
        CODE[claim.relation],
        int(claim.strength),
        claim.confidence,
        claim.signal in OLDER_NAME,
        int(claim.source),
    )


def odds(classified: Classification | None) -> tuple[float, str, float] | None:
    """Return a guess as it is set aside, if it may come to anything."""
    if classified is None or classified.odds < POSSIBLE:
        return None
    return classified.odds, classified.family, classified.share


def unpacked(body: bytes) -> Any:
    """Return the Hub's answer that was set aside."""
    return orjson.loads(zlib.decompress(body))
