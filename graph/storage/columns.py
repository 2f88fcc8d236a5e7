"""The stored records and claims as columns, read in chunks rather than row by row as objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, case, select

from graph.lineage.edges import Classifications, Edges, Ints, Mask, mask
from graph.storage.tables import tables

ARTIFACTS, RECORDS = tables("artifacts", "records")
CLAIMS, CLASSIFICATIONS = tables("claims", "classifications")
CHUNK = 100_000
# Signals that tell of a name borne before, by card or by the Hub's own id: it is none where a live
# repository bears it now.
OLDER_NAME = ("card_older_name", "former_name")


@dataclass(frozen=True, slots=True)
class Columns:
    """Everything named, in order of id: a node is a position in ``ids``.

    ``keys`` are the nodes' numbers in SQL; ``live`` marks nodes whose record stands, ``unread``
    those of them of which a file could not be read that tells of parents; ``claims`` are the
    claims' edges, ``owner`` the node whose record makes each, and ``older_name`` marks claims of a
    name borne before (`OLDER_NAME`). ``author`` numbers the owners in the ids, -1 where there is
    none.
    """

    ids: list[str]
    keys: Ints
    live: Mask
    unread: Mask
    claims: Edges
    owner: Ints
    older_name: Mask
    node_of_key: Ints
    classifications: Classifications
    author: Ints

    def nodes(self, keys: Ints) -> Ints:
        """Return the nodes that some SQL keys stand for."""
        return self.node_of_key[keys]


def load(connection: Connection) -> Columns:
    """Read all columns."""
    named = sorted(connection.execute(select(ARTIFACTS.c.id, ARTIFACTS.c.key)))
    ids = [name for name, _ in named]
    keys = np.array([key for _, key in named], np.int64)
    node_of_key = np.full(int(keys.max(initial=0)) + 1, -1, np.int64)
    node_of_key[keys] = np.arange(len(ids))
    stands = select(RECORDS.c.key).where(RECORDS.c.removed.is_(None))
    live, unread = (
        mask(len(ids), node_of_key[numbers(connection, which)])
        for which in (stands, stands.where(RECORDS.c.unread.is_not(None)))
    )
    c = CLAIMS.c
    told = (c.relation, c.strength, c.confidence, c.source, c.signal.in_(OLDER_NAME))
    owner, child, parent, relation, strength, confidence, source, older = _columns(
        connection,
        select(c.owner, c.child, c.parent, *told),
        [np.int64, np.int64, np.int64, np.int8, np.int8, np.float32, np.int8, np.bool_],
    )
    claims = Edges(node_of_key[child], node_of_key[parent], relation, strength, confidence, source)
    maker, classified = node_of_key[owner], _classifications(connection, node_of_key)
    return Columns(
        ids, keys, live, unread, claims, maker, older, node_of_key, classified, authors(ids)
    )


def _classifications(connection: Connection, node_of_key: Ints) -> Classifications:
    g = CLASSIFICATIONS.c
    families = sorted(connection.scalars(select(g.family).distinct()))
    places = {family: place for place, family in enumerate(families)} or {"": 0}
    query = select(g.key, g.odds, case(places, value=g.family), g.share)
    types = [np.int64, np.float64, np.int64, np.float64]
    key, odds, family, share = _columns(connection, query, types)
    return Classifications(node_of_key[key], odds, family, share, families)


def authors(ids: list[str]) -> Ints:
    """Return a number for the owner in each id."""
    numbers: dict[str, int] = {}
    owners = (i.rpartition("/")[0] for i in ids)
    return np.array([numbers.setdefault(o, len(numbers)) if o else -1 for o in owners], np.int64)


def numbers(connection: Connection, query: Select[Any]) -> Ints:
    """Return a query's one column of whole numbers."""
    (found,) = _columns(connection, query, [np.int64])
    return cast("Ints", found)


def _columns(
    connection: Connection, query: Select[Any], types: Sequence[type]
) -> list[NDArray[Any]]:
    """Run a query and return its columns as arrays."""
    parts: list[list[NDArray[Any]]] = [[] for _ in types]
    # On the statement: on the connection it would hold for every later one, writes included.
    result = connection.execute(query, execution_options={"yield_per": CHUNK})
    for rows in result.partitions():
        for part, values, dtype in zip(parts, zip(*rows, strict=True), types, strict=True):
            part.append(np.array(values, dtype))
    return [
        np.concatenate(part) if part else np.zeros(0, dtype)
        for part, dtype in zip(parts, types, strict=True)
    ]
