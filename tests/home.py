"""An empty home for a test: a database, a graph, records in, everything that was found out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from crawler.ingest.importer import import_file
from crawler.ingest.report import PageCounts
from graph.engines import open_graph
from graph.engines.memory.store import MemoryStore
from graph.engines.port.ports import CypherConsole, GraphStore
from graph.pipeline.build import BuildReport, build
from graph.storage.database import open_database
from graph.storage.read_model import ReadModel
from graph.storage.tables import Base

Record = dict[str, Any]
LLAMA = "meta-llama/Llama-3.1-8B"

_FINDINGS = """
select a.id, f."check", f.outcome, f.licence, f.strength, f.body from findings f
join artifacts a on a.key = f.key where f.closed is null
"""
_STANDINGS = """
select a.id, s.crawled, s.outcome, s.relations, s.unknown, s.edges_digest from standings s
join artifacts a on a.key = s.key
"""
_MEMBERS = """
select a.id, m.family, m.licence, m.strength, m.confidence, m.source from members m
join artifacts a on a.key = m.key
"""


def model(repo: str, *parents: str, licence: str | None = None, **more: Any) -> Record:
    """Return a record; a parent is written ``RELATION:ID``. The Hub tags it with and without."""
    tags = [f"base_model:{parent.partition(':')[2]}" for parent in parents]
    tags += [f"base_model:{parent}" for parent in parents]
    tags += [f"license:{licence}"] if licence else []
    return {"id": repo, "tags": tags, **more}


def gone(repo: str) -> Record:
    """Return the line that takes a repository away."""
    return {"id": repo, "removed": True}


class Home:
    """Everything that a home holds, in a folder of its own."""

    def __init__(self, folder: Path, graph: str = "memory://", database: str = "") -> None:
        self.folder, self.graph = folder, graph
        self.engine: Engine = open_database(database or f"sqlite:///{folder}/herdbook.db")
        Base.metadata.create_all(self.engine)
        self.store: GraphStore = open_graph(graph)
        self.read_model = ReadModel(self.engine)
        self._files = 0

    def take(self, *records: Record, scope: str = "file") -> PageCounts:
        """Import some records as one file."""
        return self.take_lines([json.dumps(record) for record in records], scope=scope)

    def take_lines(self, lines: Sequence[str], *, scope: str = "file") -> PageCounts:
        """Import some lines as one file."""
        self._files += 1
        path = self.folder / f"{self._files:03}.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        return import_file(self.engine, path, scope=scope)

    def build(self, *, fresh: bool = False) -> BuildReport:
        """Build."""
        return build(self.engine, self.store, self.graph, fresh=fresh)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of an SQL query, in order."""
        with self.engine.connect() as connection:
            return sorted((tuple(row) for row in connection.execute(text(query))), key=repr)

    def live(self) -> set[str]:
        """Return the ids of live records."""
        query = "select a.id from records r join artifacts a using (key) where removed is null"
        return {row[0] for row in self.rows(query)}

    def found(self) -> dict[str, list[Any]]:
        """Return what the database holds of a build: standings, families, open findings."""
        return {
            "standings": self.rows(_STANDINGS),
            "members": self.rows(_MEMBERS),
            "findings": [(*row[:-1], _json(row[-1])) for row in self.rows(_FINDINGS)],
        }

    def edges(self) -> set[tuple[str, str, str, str]]:
        """Return the graph's lineage: child, relation, parent, strength."""
        if isinstance(self.store, MemoryStore):
            return {
                (child, row["relation"], parent, row["strength"])
                for (_, child, parent), rows in self.store.edges.items()
                for row in rows.values()
                if "relation" in row
            }
        return {
            (c, r, p, s)
            for c, r, p, s in self.cypher(
                "MATCH (c)-[d:DERIVED_FROM|TRAINED_ON]->(p) "
                "RETURN c.id AS c, d.relation AS r, p.id AS p, d.strength AS s"
            )
        }

    def cypher(self, query: str) -> list[list[Any]]:
        """Run a query on a graph that answers Cypher."""
        assert isinstance(self.store, CypherConsole)
        return self.store.cypher(query, {}, seconds=30, rows=None).rows

    @property
    def console(self) -> CypherConsole:
        """The graph's console."""
        assert isinstance(self.store, CypherConsole)
        return self.store

    def graph_held(self) -> dict[str, list[Any]]:
        """Return all nodes and edges of the graph, the build's own node aside."""
        if isinstance(self.store, MemoryStore):
            labels, nodes = self.store.labels, self.store.nodes
            return {
                "nodes": _ordered([labels[i], row] for i, row in nodes.items()),
                "edges": _ordered(
                    [*edge, row] for edge, rows in self.store.edges.items() for row in rows.values()
                ),
            }
        return {
            "nodes": _ordered(self.cypher("MATCH (n) WHERE NOT n:Build RETURN labels(n) AS l, "
                                          "properties(n) AS p")),
            "edges": _ordered(self.cypher("MATCH (a)-[e]->(b) RETURN type(e) AS t, a.id AS a, "
                                          "b.id AS b, properties(e) AS p")),
        }  # fmt: skip

    def close(self) -> None:
        """Let go of files."""
        self.store.close()
        with suppress(OSError):
            self.engine.dispose()


def _json(stored: Any) -> Any:
    """Return a JSON column's value: PostgreSQL's driver reads it, SQLite's gives text."""
    return json.loads(stored) if isinstance(stored, str) else stored


def _ordered(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, default=str))
