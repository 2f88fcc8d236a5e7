"""Claims and classifications in SQL: what records say of lineage, and what their features come to.

Both belong to an owner, the artifact whose record (or name alone) they were read off, and are
replaced as one with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import orjson
from sqlalchemy import Connection, Table, delete, select

from graph.catalogue.model import Claim
from graph.evidence import classify
from graph.evidence.inference import Classification
from graph.evidence.signals import identity
from graph.lineage.edges import CODE
from graph.storage import bulk
from graph.storage.bulk import parts
from graph.storage.tables import ArtifactRow, ClaimRow, ClassificationRow

ARTIFACTS, CLAIMS, CLASSIFICATIONS = (
    cast("Table", row.__table__) for row in (ArtifactRow, ClaimRow, ClassificationRow)
)


def keys_of(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """Number ids that are new, with what is known of each by name alone; return all numbers."""
    wanted = list(dict.fromkeys(ids))
    keys = _keys(connection, wanted)
    new = [i for i in wanted if i not in keys]
    if not new:
        return keys
    bulk.insert_missing(connection, ARTIFACTS, [{"id": i} for i in new])
    keys |= _keys(connection, new)
    _know_by_name(connection, {i: keys[i] for i in new})
    return keys


def replace(
    connection: Connection,
    owners: Iterable[str],
    keys: Mapping[str, int],
    claims: Sequence[tuple[str, Claim]],
    classifications: Mapping[str, Classification],
) -> None:
    """Replace everything that owners said: ``keys`` has theirs and those of all ends of claims."""
    forget(connection, [keys[owner] for owner in owners])
    _insert_claims(connection, claims, keys)
    _insert_classifications(
        connection, {keys[owner]: made for owner, made in classifications.items()}
    )


def forget(connection: Connection, owners: Sequence[int]) -> None:
    """Remove everything that some owners said."""
    for part in parts(owners):
        connection.execute(delete(CLAIMS).where(CLAIMS.c.owner.in_(part)))
        connection.execute(delete(CLASSIFICATIONS).where(CLASSIFICATIONS.c.key.in_(part)))


def keep_names_only(connection: Connection, owners: Sequence[int]) -> None:
    """Take back what the records of some owners said; what their names tell holds on."""
    forget(connection, owners)
    for part in parts(owners):
        query = select(ARTIFACTS.c.id, ARTIFACTS.c.key).where(ARTIFACTS.c.key.in_(part))
        _know_by_name(connection, dict(connection.execute(query).all()))


def _know_by_name(connection: Connection, keys: Mapping[str, int]) -> None:
    """Write what names alone tell: renames, re-uploads, cache paths, words of a family."""
    known = [(i, claim) for i in keys for claim in identity.of_id(i)]
    ends = keys_of(connection, [claim.parent for _, claim in known])
    _insert_claims(connection, known, {**keys, **ends})
    made = {keys[i]: made for i in keys if (made := classify.of_id(i)) is not None}
    _insert_classifications(connection, made)


def _keys(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    query = select(ARTIFACTS.c.id, ARTIFACTS.c.key)
    for part in parts(ids):
        found |= dict(connection.execute(query.where(ARTIFACTS.c.id.in_(part))).all())
    return found


def _insert_claims(
    connection: Connection, claims: Sequence[tuple[str, Claim]], keys: Mapping[str, int]
) -> None:
    rows = [
        {
            "owner": keys[owner],
            "child": keys[claim.child],
            "parent": keys[claim.parent],
            "relation": CODE[claim.relation],
            "strength": int(claim.strength),
            "confidence": claim.confidence,
            "source": int(claim.source),
            "signal": claim.signal,
            "field": claim.evidence.field,
            "value": claim.evidence.value,
            "revision": claim.evidence.revision,
        }
        for owner, claim in claims
    ]
    bulk.insert(connection, CLAIMS, rows)


def _insert_classifications(
    connection: Connection, classifications: Mapping[int, Classification]
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "key": key,
            "odds": made.odds,
            "family": made.family,
            "share": made.share,
            "features": orjson.dumps([(c.kind, c.field, c.value) for c in made.features]),
        }
        for key, made in classifications.items()
    ]
    bulk.insert(connection, CLASSIFICATIONS, rows)
