"""What of a batch differs from what a graph server holds: no more is written over an older graph.

A reader of Neo4j may look while a commit is on its way. An edge that stays as it is is not touched,
and so is missing from no answer; and to find out costs less than to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from neo4j import ManagedTransaction

from graph.engines.bolt.statements import CHUNK
from graph.engines.port.ports import EdgeRows, Row
from graph.engines.port.statements import Statement, chunks

_KNOWN = (
    "UNWIND $ids AS id MATCH (:LABEL {id: id})-[d]->(b) "
    "RETURN type(d), id, b.id, properties(d), elementId(d)"
)
_FIND = "MATCH ()-[d]->() WHERE elementId(d) ="
_DROP = f"UNWIND $rows AS r {_FIND} r DELETE d"
_CHANGE = f"UNWIND $rows AS r {_FIND} r[0] SET d = r[1]"
_DROP_FINDINGS = "UNWIND $rows AS r MATCH (f:Finding {id: r}) DETACH DELETE f"


Key = tuple[object, ...]


class Known(NamedTuple):
    """An edge that the server holds, with the server's name for it."""

    type: str
    source: str
    target: str
    told: Row
    element: str

    @property
    def key(self) -> Key:
        """What makes it another edge, not the same one changed."""
        return self.type, self.source, self.target, self.told.get("relation")


@dataclass(frozen=True, slots=True)
class Renewal:
    """What is to be done: edges to make, to change, to drop, and findings to drop with theirs."""

    made: list[EdgeRows] = field(default_factory=list)
    changed: list[tuple[str, Row]] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    def statements(self) -> Iterator[Statement]:
        """Yield what drops and changes; what is made comes after the nodes."""
        for query, rows in (
            (_DROP_FINDINGS, self.findings), (_DROP, self.dropped), (_CHANGE, self.changed),
        ):  # fmt: skip
            for some in chunks(list(rows), CHUNK):
                yield query, {"rows": some}


def held(transaction: ManagedTransaction, renew: Mapping[str, list[str]]) -> Iterator[Known]:
    """Read what goes out of artifacts now."""
    for label, ids in renew.items():
        for some in chunks(ids, CHUNK):
            for row in transaction.run(_KNOWN.replace("LABEL", label), ids=some):
                yield Known(*row.values())


def difference(wanted: Iterable[EdgeRows], found: Iterable[Known]) -> Renewal:
    """Compare what is to go out of artifacts with what does."""
    left: dict[Key, list[Known]] = {}
    for one in found:
        left.setdefault(one.key, []).append(one)
    kept: set[Key] = set()
    renewal = Renewal()
    for edges in wanted:
        new = []
        for row in edges.rows:
            key = (edges.type, row["from"], row["to"], row.get("relation"))
            if not (same := left.get(key)):
                new.append(row)
                continue
            kept.add(key)
            if (told := _told(row)) != (old := same.pop()).told:
                renewal.changed.append((old.element, told))
        renewal.made.append(EdgeRows(edges.type, edges.source, edges.target, new))
    for own, some in left.items():
        if own[0] == "HAS_FINDING" and own not in kept:
            renewal.findings.extend({one.target for one in some})
        else:
            renewal.dropped.extend(one.element for one in some)
    return renewal


def _told(row: Row) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in ("from", "to") and v is not None}
