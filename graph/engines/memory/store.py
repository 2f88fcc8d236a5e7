"""The graph in dictionaries, for unit tests: the plainest reading of the port. No Cypher."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from graph.catalogue.model import Strength
from graph.engines.port.ports import Batch, Direction, GraphState, Row
from graph.engines.port.schema import LINEAGE_TYPES
from graph.engines.port.traversal import walk

Edge = tuple[str, str, str]


class MemoryStore:
    """Holds nodes by id, and edges by (type, from, to) with one row per relation."""

    def __init__(self) -> None:
        self.nodes: dict[str, Row] = {}
        self.labels: dict[str, str] = {}
        self.edges: dict[Edge, dict[str, Row]] = {}
        self._build: str | None = None

    def state(self) -> GraphState:
        """Return the last build written."""
        return GraphState(self._build)

    def prepare(self) -> None:
        """Nothing to make ready."""

    def write(self, build: str, batches: Iterable[Batch], *, fresh: bool) -> None:
        """Apply a build to a copy, and put it in the place of what was there when it is whole."""
        new = MemoryStore()
        if not fresh:
            new.nodes, new.labels = dict(self.nodes), dict(self.labels)
            new.edges = {edge: dict(rows) for edge, rows in self.edges.items()}
        for batch in batches:
            new._apply(batch)
        self.nodes, self.labels, self.edges, self._build = new.nodes, new.labels, new.edges, build

    def _apply(self, batch: Batch) -> None:
        for ids in batch.renew.values():
            self._renew(set(ids))
        for ids in batch.gone.values():
            self._renew(set(ids))
            self._drop(set(ids))
        if batch.whole:
            self._drop({i for i, label in self.labels.items() if label in batch.whole})
        for label, rows in batch.nodes.items():
            for row in rows:
                self.nodes[row["id"]], self.labels[row["id"]] = row, label
        for rows in batch.update.values():
            self._update(rows)
        for edges in batch.edges:
            for row in edges.rows:
                for end, label in ((row["from"], edges.source), (row["to"], edges.target)):
                    self.nodes.setdefault(end, {"id": end})
                    self.labels.setdefault(end, label)
                key = (edges.type, row["from"], row["to"])
                self.edges.setdefault(key, {})[row.get("relation", "")] = row

    def _update(self, rows: list[Row]) -> None:
        for row in rows:
            if (old := self.nodes.get(row["id"])) is not None:
                told = {**old, **row}
                self.nodes[row["id"]] = {k: v for k, v in told.items() if v is not None}

    def _renew(self, ids: set[str]) -> None:
        findings = {
            to for kind, source, to in self.edges if kind == "HAS_FINDING" and source in ids
        }
        self.edges = {edge: rows for edge, rows in self.edges.items() if edge[1] not in ids}
        self._drop(findings)

    def _drop(self, ids: set[str]) -> None:
        self.edges = {
            e: rows for e, rows in self.edges.items() if e[1] not in ids and e[2] not in ids
        }
        for gone in ids:
            self.nodes.pop(gone, None)
            self.labels.pop(gone, None)

    def lineage(
        self, artifact_id: str, direction: Direction, depth: int, at_least: Strength, limit: int
    ) -> nx.MultiDiGraph[str]:
        """Walk the lineage."""

        def step(frontier: list[str], towards_parents: bool) -> Iterable[Row]:
            wanted = set(frontier)
            for (kind, child, parent), rows in sorted(self.edges.items()):
                if kind in LINEAGE_TYPES and (child if towards_parents else parent) in wanted:
                    for row in rows.values():
                        if Strength.parse(row["strength"]) >= at_least:
                            yield {**row, "child": child, "parent": parent}

        def describe(ids: list[str]) -> Iterable[Row]:
            for i in ids:
                if i in self.nodes:
                    families = [
                        to for kind, source, to in self.edges if kind == "IN_FAMILY" and source == i
                    ]
                    yield {
                        "id": i,
                        "crawled": self.nodes[i].get("crawled", False),
                        "families": families,
                    }

        return walk(artifact_id, direction, depth, limit, step, describe)

    def close(self) -> None:
        """Nothing to let go of."""
