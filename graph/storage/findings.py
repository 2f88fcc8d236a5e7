"""The SQL side of a build: how artifacts stand now, and findings over time.

A finding that no longer stands is closed, not deleted, so that one can ask what was found when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from graph.catalogue.model import (
    Derivation,
    Evidence,
    Finding,
    Membership,
    Outcome,
    Relation,
    Source,
    Strength,
)
from graph.storage import bulk
from graph.storage.tables import tables

BUILDS, FINDINGS, MEMBERS, STANDINGS = tables("builds", "findings", "members", "standings")


@dataclass(frozen=True, slots=True)
class Standing:
    """How one artifact stands: what lists and filters need, and its families."""

    key: int
    crawled: bool
    outcome: Outcome
    relations: int  # a bit for each relation of its own edges, by code
    edges_digest: int
    members: list[tuple[Membership, str]]  # with the family's licence
    unknown: bytes | None = None  # JSON of why its lineage is not known


@dataclass(frozen=True, slots=True)
class LastBuild:
    """The build that the present standings come from; ``counts`` are those of its record."""

    id: str
    engine: str
    upto_run: int
    code: str
    started: datetime
    finished: datetime
    counts: dict[str, int]


def last_build(connection: Connection) -> LastBuild | None:
    """Return the last build that ended."""
    columns = [BUILDS.c[field.name] for field in fields(LastBuild)]
    query = select(*columns).order_by(BUILDS.c.number.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return LastBuild(*row) if row else None


def record_build(connection: Connection, values: dict[str, Any]) -> None:
    """Write down a build that has ended."""
    connection.execute(insert(BUILDS), values)


def digests(connection: Connection) -> dict[int, int]:
    """Return the digest of the edges of every artifact in the graph, by key."""
    query = select(STANDINGS.c.key, STANDINGS.c.edges_digest)
    return dict(connection.execute(query).all())


def put(connection: Connection, standings: Sequence[Standing]) -> None:
    """Replace some artifacts' standing and families."""
    forget(connection, [s.key for s in standings])
    names = STANDINGS.c.keys()
    rows = [{name: getattr(s, name) for name in names} for s in standings]
    members = [
        {"key": s.key, "licence": licence, **member._asdict()}
        for s in standings
        for member, licence in s.members
    ]
    bulk.insert(connection, STANDINGS, rows)
    bulk.insert(connection, MEMBERS, members)


def forget(connection: Connection, keys: Sequence[int]) -> None:
    """Remove artifacts that are in the graph no more from standings and families."""
    for part in bulk.parts(keys):
        for table in (STANDINGS, MEMBERS):
            connection.execute(delete(table).where(table.c.key.in_(part)))


def put_findings(
    connection: Connection, keys: Sequence[int], found: dict[int, list[Finding]], now: datetime
) -> None:
    """Make ``found`` the open findings of the given artifacts; those that stand are left alone."""
    for part in bulk.parts(keys):
        query = select(FINDINGS.c.number, FINDINGS.c.key, FINDINGS.c.body).where(
            FINDINGS.c.key.in_(part), FINDINGS.c.closed.is_(None)
        )
        rows = (_row(key, finding, now) for key in part for finding in found.get(key, ()))
        new = {(row["key"], _mark(row["body"])): row for row in rows}
        closed: list[int] = []
        for number, key, body in connection.execute(query):
            if new.pop((key, _mark(body)), None) is None:
                closed.append(number)
        for numbers in bulk.parts(closed):
            gone = update(FINDINGS).where(FINDINGS.c.number.in_(numbers))
            connection.execute(gone.values(closed=now))
        bulk.insert(connection, FINDINGS, list(new.values()))


def _row(key: int, finding: Finding, now: datetime) -> dict[str, Any]:
    body = body_of(finding)
    told = {name: body[name] for name in ("check", "outcome", "licence")}
    lineage = {"strength": finding.strength, "source": finding.source}
    return {"key": key, **told, **lineage, "body": body, "opened": now}


def _mark(body: dict[str, Any]) -> str:
    return repr(sorted(body.items()))


def body_of(finding: Finding) -> dict[str, Any]:
    """Return a finding as it is stored; what is shown of it is `api.schemas.findings`."""
    body = finding._asdict() | {
        "outcome": finding.outcome.value,
        "strength": finding.strength.word if finding.strength else None,
        "evidence": [e._asdict() for e in finding.evidence],
        "path": [edge_of(d) for d in finding.path],
    }
    del body["artifact"]
    return body


def edge_of(edge: Derivation) -> dict[str, Any]:
    """Return an edge as it is stored: whose word it is, where it is not the author's."""
    told = {"relation": edge.relation.value, "strength": edge.strength.word}
    if edge.source is not Source.AUTHOR:
        told["source"] = edge.source.word
    return {"child": edge.child, "parent": edge.parent, **told, "confidence": edge.confidence}


def finding_of(artifact: str, body: dict[str, Any]) -> Finding:
    """Return a stored finding."""
    told = {
        "outcome": Outcome(body["outcome"]),
        "strength": Strength.parse(body["strength"]) if body["strength"] else None,
        "evidence": tuple(Evidence(**e) for e in body["evidence"]),
        "path": tuple(Derivation(**edge | _words(edge)) for edge in body["path"]),
    }
    return Finding(**{"artifact": artifact, **body, **told})


def _words(edge: dict[str, str]) -> dict[str, Any]:
    return {
        "relation": Relation(edge["relation"]),
        "strength": Strength.parse(edge["strength"]),
        "source": Source.parse(edge.get("source", "author")),
    }
