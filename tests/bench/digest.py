"""A graph's digest, whatever the order: of what a server holds, and of what a build was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import orjson

from graph.engines.port.ports import Batch
from graph.engines.port.schema import ARTIFACTS
from tests.services.neo4j import Address

NODES = "MATCH (n) WHERE NOT n:Build RETURN labels(n)[0] AS label, properties(n) AS told"
EDGES = "MATCH (a)-[d]->(b) RETURN type(d) AS kind, a.id AS a, b.id AS b, properties(d) AS told"


@dataclass
class Digest:
    """How many nodes and edges, and the sum of a hash of each with all its properties."""

    nodes: int = 0
    edges: int = 0
    total: int = 0

    def node(self, label: str, told: Mapping[str, Any]) -> None:
        """Add a node. The stamp of the build that wrote it does not count."""
        self.nodes += 1
        self._add([label, {name: value for name, value in told.items() if name != "build"}])

    def edge(self, kind: str, source: str, target: str, told: Mapping[str, Any]) -> None:
        """Add an edge."""
        self.edges += 1
        self._add([kind, source, target, dict(told)])

    def _add(self, row: list[Any]) -> None:
        text = orjson.dumps(row, option=orjson.OPT_SORT_KEYS)
        digest = int.from_bytes(blake2b(text, digest_size=8).digest())
        self.total = (self.total + digest) & 0xFFFF_FFFF_FFFF_FFFF


def of_server(address: Address) -> Digest:
    """Return the digest of everything that a server holds but the build's own node."""
    found = Digest()
    with address.driver() as driver, driver.session(database="neo4j") as session:
        for row in session.run(NODES):
            found.node(row["label"], row["told"])
        for row in session.run(EDGES):
            found.edge(row["kind"], row["a"], row["b"], row["told"])
    return found


def of_batches(batches: Iterable[Batch]) -> Digest:
    """Return the digest of the graph that batches of a whole build make."""
    found, bare = Digest(), set[tuple[str, str]]()
    for batch in batches:
        for label, rows in batch.nodes.items():
            for row in rows:
                found.node(label, row)
                if label not in ARTIFACTS:
                    bare.add((label, row["id"]))
        for edges in batch.edges:
            for row in edges.rows:
                told = {name: row[name] for name in row if name not in ("from", "to")}
                found.edge(edges.type, row["from"], row["to"], told)
                if edges.target not in ARTIFACTS and (end := (edges.target, row["to"])) not in bare:
                    bare.add(end)
                    found.node(edges.target, {"id": row["to"]})
    return found
