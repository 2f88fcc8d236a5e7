"""The Cypher that stores write and read with, made from the schema. Neo4j's dialect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.engines.port.ports import Batch, Row
from graph.engines.port.schema import LINEAGE_TYPES, NODES, label_of

Statement = tuple[str, dict[str, Any]]

_TYPES = "|".join(LINEAGE_TYPES)
_EDGES = (
    "IN $ids AND d.strength IN $strengths RETURN c.id AS child, p.id AS parent, d.relation AS "
    "relation, d.strength AS strength, d.confidence AS confidence, "
    "coalesce(d.source, 'register') AS source ORDER BY child, parent, relation"
)
PARENTS = f"MATCH (c:LABEL)-[d:{_TYPES}]->(p) WHERE c.id {_EDGES}"
CHILDREN = f"MATCH (p:LABEL)<-[d:{_TYPES}]-(c) WHERE p.id {_EDGES}"
DESCRIBE = (
    "MATCH (a:LABEL) WHERE a.id IN $ids OPTIONAL MATCH (a)-[:IN_FAMILY]->(f:Family) "
    "RETURN a.id AS id, a.crawled AS crawled, collect(f.id) AS families"
)


def constraints() -> Iterator[str]:
    """Yield the statements that declare keys and indexes."""
    for label, kind in NODES.items():
        name = label.lower()
        yield f"CREATE CONSTRAINT {name}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for prop in kind.indexed:
            yield f"CREATE INDEX {name}_{prop} IF NOT EXISTS FOR (n:{label}) ON (n.{prop})"


def of_batch(batch: Batch, chunk: int) -> Iterator[Statement]:
    """Yield the statements that apply a batch, in order, with at most ``chunk`` rows each."""
    for label, ids in (*batch.renew.items(), *batch.gone.items()):
        for some in chunks(ids, chunk):
            old = f"UNWIND $ids AS id MATCH (a:{label} {{id: id}})"
            yield f"{old}-[:HAS_FINDING]->(f:Finding) DETACH DELETE f", {"ids": some}
            yield f"{old}-[d]->() DELETE d", {"ids": some}
    for label, ids in batch.gone.items():
        for some in chunks(ids, chunk):
            yield f"UNWIND $ids AS id MATCH (a:{label} {{id: id}}) DETACH DELETE a", {"ids": some}
    for label in sorted(batch.whole):
        yield f"MATCH (n:{label}) DETACH DELETE n", {}
    for label, rows in batch.nodes.items():
        for part in chunks(rows, chunk):
            yield f"UNWIND $rows AS r MERGE (n:{label} {{id: r.id}}) SET n = r", {"rows": part}
    for edges in batch.edges:
        query = (
            f"UNWIND $rows AS r MERGE (a:{edges.source} {{id: r.from}}) "
            f"MERGE (b:{edges.target} {{id: r.to}}) CREATE (a)-[d:{edges.type}]->(b) SET d = r.set"
        )
        packed = [_pack(row) for row in edges.rows]
        for part in chunks(packed, chunk):
            yield query, {"rows": part}
    yield from of_update(batch, chunk)


def of_update(batch: Batch, chunk: int) -> Iterator[Statement]:
    """Yield the statements that set some properties of nodes that are there."""
    for label, rows in batch.update.items():
        names = sorted({name for row in rows for name in row} - {"id"})
        told = ", ".join(f"n.{name} = r[{place}]" for place, name in enumerate(names, 1))
        query = f"UNWIND $rows AS r MATCH (n:{label} {{id: r[0]}}) SET {told}"
        for part in chunks(rows, chunk):
            yield query, {"rows": [[row["id"], *map(row.get, names)] for row in part]}


def by_label(ids: list[str]) -> dict[str, list[str]]:
    """Return artifacts' ids by the label of their nodes."""
    split: dict[str, list[str]] = {}
    for i in ids:
        split.setdefault(label_of(i), []).append(i)
    return split


def _pack(row: Row) -> Row:
    properties = {k: v for k, v in row.items() if k not in ("from", "to")}
    return {"from": row["from"], "to": row["to"], "set": properties}


def chunks(items: list[Any], size: int) -> Iterator[list[Any]]:
    """Yield a list in parts of at most a size."""
    return (items[i : i + size] for i in range(0, len(items), size))
