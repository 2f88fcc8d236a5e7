"""The baseline of a load: one session, UNWIND of 10,000, MERGE, constraints first; no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from neo4j import ManagedTransaction, Session

from graph.engines.port.ports import Batch, Row
from graph.engines.port.schema import ARTIFACTS
from graph.engines.port.statements import chunks, constraints
from tests.services.neo4j import Address

ROWS = 10_000


def load(server: Address, batches: Iterable[Batch]) -> None:
    """Write a graph to an empty server, as anybody would who has its rows."""
    with server.driver() as driver, driver.session(database="neo4j") as session:
        for statement in constraints():
            session.run(statement).consume()
        held: dict[str, set[str]] = defaultdict(set)
        nodes: dict[str, list[Row]] = defaultdict(list)
        edges: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for batch in batches:
            for label, rows in batch.nodes.items():
                nodes[label] += rows
            for some in batch.edges:
                edges[some.type, some.source, some.target] += some.rows
                if some.target not in ARTIFACTS:
                    held[some.target].update(row["to"] for row in some.rows)
        for label, ids in held.items():
            known = {row["id"] for row in nodes[label]}
            nodes[label] += [{"id": i} for i in ids - known]
        for label, rows in nodes.items():
            _merge(session, f"MERGE (n:{label} {{id: r.id}}) SET n += r", rows)
        for (kind, source, target), rows in edges.items():
            ends = f"MATCH (a:{source} {{id: r.from}}) MATCH (b:{target} {{id: r.to}})"
            packed = [
                {"from": row["from"], "to": row["to"],
                 "told": {name: row[name] for name in row if name not in ("from", "to")}}
                for row in rows
            ]  # fmt: skip
            _merge(session, f"{ends} MERGE (a)-[d:{kind}]->(b) SET d += r.told", packed)


def _merge(session: Session, query: str, rows: list[Row]) -> None:
    for some in chunks(rows, ROWS):
        session.execute_write(_run, f"UNWIND $rows AS r {query}", some)


def _run(transaction: ManagedTransaction, query: str, rows: list[Row]) -> None:
    transaction.run(query, rows=rows).consume()
