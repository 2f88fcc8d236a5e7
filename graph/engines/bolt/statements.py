"""The Cypher that a build writes to a graph server with. Rows travel as lists: names once.

What stands here was measured on Neo4j 5.26; `graph.engines.port.statements` is the plain form.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.engines.port.ports import Batch, EdgeRows, Row
from graph.engines.port.schema import ARTIFACTS, NODES
from graph.engines.port.statements import Statement, chunks

CHUNK = 10_000  # rows an UNWIND
SWEPT = 1000  # nodes a transaction, where many are removed: small ones keep to the server's memory

STATE = (
    "MATCH (b:Build) RETURN b.id AS build, b.under_way AS under_way, b.form AS form, "
    "b.batches AS batches"
)
BEGIN = "MERGE (b:Build) SET b.under_way = $build, b.batches = 0, b.form = $form"
# What is set first is the lock: what is read after it is what the transaction before has left.
ADVANCE = (
    "MATCH (b:Build) SET b.turn = $build WITH b, b.batches AS done "
    "WHERE b.under_way = $build SET b.batches = coalesce($number, done) RETURN done"
)
END = (
    "MATCH (b:Build) WHERE b.under_way = $build SET b.id = $build "
    "REMOVE b.under_way, b.batches, b.turn"
)
ANY = "MATCH (n) RETURN count(n) AS nodes"

_UNSTAMPED = "n.build IS NULL OR n.build <> $build"
_REMOVED = f"CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF {SWEPT} ROWS"


def nodes(label: str, rows: list[Row], build: str) -> Iterator[Statement]:
    """Yield the statements that put nodes of one label, with a build's stamp."""
    names = ["id", *(name for name in NODES[label].properties if name != "id")]
    told = "".join(f"{name}: r[{place}], " for place, name in enumerate(names[1:], 1))
    # A null takes an old value away.
    query = f"UNWIND $rows AS r MERGE (n:{label} {{id: r[0]}}) SET n += {{{told}build: $build}}"
    for some in chunks(rows, CHUNK):
        yield query, {"rows": [list(map(row.get, names)) for row in some], "build": build}


def edges(some: EdgeRows) -> Iterator[Statement]:
    """Yield the statements that make edges between nodes that are there."""
    names = sorted({name for row in some.rows for name in row} - {"from", "to"})
    told = ", ".join(f"{name}: r[{place}]" for place, name in enumerate(names, 2))
    query = (
        f"UNWIND $rows AS r MATCH (a:{some.source} {{id: r[0]}}) "
        f"MATCH (b:{some.target} {{id: r[1]}}) CREATE (a)-[:{some.type} {{{told}}}]->(b)"
    )
    for part in chunks(some.rows, CHUNK):
        yield query, {"rows": [_values(row, names) for row in part]}


def ends(batch: Batch) -> dict[str, set[str]]:
    """Return by label the ids that a batch's edges lead to or from and that it does not hold."""
    found: dict[str, set[str]] = {}
    for edges in batch.edges:
        for label, side in ((edges.source, "from"), (edges.target, "to")):
            found.setdefault(label, set()).update(row[side] for row in edges.rows)
    for label, ids in found.items():
        ids.difference_update(row["id"] for row in batch.nodes.get(label, ()))
    return {label: ids for label, ids in found.items() if ids}


def ensure(label: str, ids: set[str], build: str) -> Iterator[Statement]:
    """Yield the statements that make bare nodes where there are none.

    Only what is never written as a row of its own is stamped here: authors, and licences by name.
    """
    mark = "ON CREATE SET" if label in ARTIFACTS else "SET"
    query = f"UNWIND $ids AS id MERGE (n:{label} {{id: id}}) {mark} n.build = $build"
    for some in chunks(sorted(ids), CHUNK):
        yield query, {"ids": some, "build": build}


def others(label: str, build: str) -> Statement:
    """Return the statement that removes the nodes of a label that a build did not stamp."""
    return f"MATCH (n:{label}) WHERE {_UNSTAMPED} DETACH DELETE n", {"build": build}


def gone(batch: Batch) -> Iterator[Statement]:
    """Yield the statements that remove artifacts with their findings, each a transaction."""
    for label, ids in batch.gone.items():
        query = (
            f"UNWIND $ids AS id MATCH (a:{label} {{id: id}}) "
            "OPTIONAL MATCH (a)-[:HAS_FINDING]->(f:Finding) DETACH DELETE f, a"
        )
        for some in chunks(ids, SWEPT):
            yield query, {"ids": some}


def sweep(build: str) -> Iterator[Statement]:
    """Yield the statements that remove what a whole build did not stamp, each by itself."""
    for label in NODES:
        if label != "Build":
            yield f"MATCH (n:{label}) WHERE {_UNSTAMPED} {_REMOVED}", {"build": build}


def orphans() -> Iterator[Statement]:
    """Yield the statements that remove authors of nothing, and names of licences none declares."""
    yield f"MATCH (n:Author) WHERE NOT EXISTS {{ (n)<--() }} {_REMOVED}", {}
    bare = "n.title IS NULL AND NOT EXISTS { (n)<--() }"
    yield f"MATCH (n:Licence) WHERE {bare} {_REMOVED}", {}


def _values(row: Row, names: list[str]) -> list[object]:
    return [row["from"], row["to"], *map(row.get, names)]
