"""The SQL side of a build: how artifacts stand now, and findings over time.

A finding that no longer stands is closed, not deleted, so that one can ask what was found when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Table, delete, insert, select, update

from graph.catalogue.model import (
    Derivation,
    Evidence,
    Finding,
    Membership,
    Outcome,
    Relation,
    Strength,
)
from graph.storage import bulk
from graph.storage.tables import BuildRow, FindingRow, MembershipRow, StandingRow

BUILDS, FINDINGS, MEMBERS, STANDINGS = (
    cast("Table", row.__table__) for row in (BuildRow, FindingRow, MembershipRow, StandingRow)
)
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """How one artifact stands: what lists and filters need, and its families."""

    key: int
    crawled: bool
    outcome: Outcome
    relations: int  # a bit for each relation of its own edges, by code
    edges_digest: int
    members: list[tuple[Membership, str]]  # with the family's licence


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
    c = BUILDS.c
    query = (
        select(c.id, c.engine, c.upto_run, c.code, c.started, c.finished, c.counts)
        .order_by(c.number.desc())
        .limit(1)
    )
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
    rows = [
        {
            "key": s.key,
            "crawled": s.crawled,
            "outcome": s.outcome.value,
            "relations": s.relations,
            "edges_digest": s.edges_digest,
        }
        for s in standings
    ]
    members = [
        {
            "key": s.key,
            "family": m.family,
            "licence": licence,
            "strength": int(m.strength),
            "confidence": m.confidence,
        }
        for s in standings
        for m, licence in s.members
    ]
    bulk.insert(connection, STANDINGS, rows)
    bulk.insert(connection, MEMBERS, members)


def forget(connection: Connection, keys: Sequence[int]) -> None:
    """Remove artifacts that are in the graph no more from standings and families."""
    for chunk in _chunks(keys):
        connection.execute(delete(STANDINGS).where(STANDINGS.c.key.in_(chunk)))
        connection.execute(delete(MEMBERS).where(MEMBERS.c.key.in_(chunk)))


def put_findings(
    connection: Connection, keys: Sequence[int], found: dict[int, list[Finding]], now: datetime
) -> None:
    """Make ``found`` the open findings of the given artifacts; those that stand are left alone."""
    for chunk in _chunks(keys):
        query = select(FINDINGS.c.number, FINDINGS.c.key, FINDINGS.c.body).where(
            FINDINGS.c.key.in_(chunk), FINDINGS.c.closed.is_(None)
        )
        new = {
            (key, _mark(body)): _row(key, f, body, now) for key, f, body in _bodies(chunk, found)
        }
        closed: list[int] = []
        for number, key, body in connection.execute(query):
            if new.pop((key, _mark(body)), None) is None:
                closed.append(number)
        for numbers in _chunks(closed):
            gone = update(FINDINGS).where(FINDINGS.c.number.in_(numbers))
            connection.execute(gone.values(closed=now))
        bulk.insert(connection, FINDINGS, list(new.values()))


def _bodies(
    keys: Iterable[int], found: dict[int, list[Finding]]
) -> Iterator[tuple[int, Finding, dict[str, Any]]]:
    return ((key, finding, body_of(finding)) for key in keys for finding in found.get(key, ()))


def _row(key: int, finding: Finding, body: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "key": key,
        "check": finding.check,
        "outcome": finding.outcome.value,
        "licence": finding.licence,
        "strength": int(finding.strength) if finding.strength else None,
        "body": body,
        "opened": now,
        "closed": None,
    }


def _mark(body: dict[str, Any]) -> str:
    return repr(sorted(body.items()))


def body_of(finding: Finding) -> dict[str, Any]:
    """Return a finding as it is stored; what is shown of it is `api.schemas.findings`."""
    return {
        "check": finding.check,
        "outcome": finding.outcome.value,
        "strength": finding.strength.word if finding.strength else None,
        "licence": finding.licence,
        "section": finding.section,
        "quote": finding.quote,
        "message": finding.message,
        "remedy": finding.remedy,
        "evidence": [e._asdict() for e in finding.evidence],
        "path": [edge_of(d) for d in finding.path],
    }


def edge_of(derivation: Derivation) -> dict[str, Any]:
    """Return an edge as it is stored."""
    return {
        "child": derivation.child,
        "parent": derivation.parent,
        "relation": derivation.relation.value,
        "strength": derivation.strength.word,
        "confidence": derivation.confidence,
    }


def finding_of(artifact: str, body: dict[str, Any]) -> Finding:
    """Return a stored finding."""
    path = tuple(
        Derivation(
            d["child"],
            d["parent"],
            Relation(d["relation"]),
            Strength.parse(d["strength"]),
            d["confidence"],
        )
        for d in body["path"]
    )
    return Finding(
        artifact=artifact,
        check=body["check"],
        outcome=Outcome(body["outcome"]),
        licence=body["licence"],
        strength=Strength.parse(body["strength"]) if body["strength"] else None,
        section=body["section"],
        quote=body["quote"],
        message=body["message"],
        remedy=body["remedy"],
        evidence=tuple(Evidence(**e) for e in body["evidence"]),
        path=path,
    )


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[i : i + BATCH] for i in range(0, len(items), BATCH))
