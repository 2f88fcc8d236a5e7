"""Reading the register: one artifact whole, and lists with filters, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Select, and_, func, not_, or_, select

from graph.catalogue.model import (
    DATASET_PREFIX,
    Artifact,
    Finding,
    Kind,
    Membership,
    Outcome,
    Source,
    Strength,
    Unknown,
    worst,
)
from graph.compliance import triage as rules
from graph.compliance.judge import complete
from graph.compliance.triage import Annotation
from graph.evidence.inference import Feature
from graph.storage import facts, triage
from graph.storage.filters.declaration import LineageFilter
from graph.storage.filters.lists import FindingFilter, MemberFilter, counted
from graph.storage.findings import finding_of, last_build
from graph.storage.runs import Runs
from graph.storage.tables import tables

A, G, F = tables("artifacts", "classifications", "findings")
M, R, S = tables("members", "records", "standings")
# One that went keeps its last known facts, for its own sheet: lists are of what is there.
_FACTS = (R.c.author, R.c.created, R.c.downloads, R.c.likes, R.c.licences)
_IS_DATA = A.c.id.startswith(DATASET_PREFIX, autoescape=True)
_THERE = R.c.removed.is_(None)
NEAREST = 5
LIMIT = 50


@dataclass(frozen=True, slots=True)
class StoredArtifact:
    """One artifact with its families, arriving licences and findings, every check included.

    ``features`` are what an inferred family rests on; empty where none is inferred. ``annotations``
    are people's, to any of the findings.
    """

    artifact: Artifact
    memberships: list[Membership]
    concluded: list[str]
    findings: list[Finding]
    features: list[Feature]
    annotations: list[Annotation]

    @property
    def outcome(self) -> Outcome:
        """The worst outcome."""
        return worst([finding.outcome for finding in self.findings])


@dataclass(frozen=True, slots=True)
class ListedArtifact:
    """One line of a list of artifacts. Of one that was ``removed`` a list tells no facts."""

    id: str
    crawled: bool
    removed: datetime | None
    author: str | None
    created: datetime | None
    downloads: int | None
    likes: int | None
    licences: list[str]
    families: list[str]
    outcome: str


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding in a list, with what people sort by and the repository's present revision."""

    finding: Finding
    downloads: int | None
    revision: str | None
    opened: datetime
    annotations: tuple[Annotation, ...]
    place: tuple[int, int] = field(repr=False)


class ReadModel(Runs):
    """Answers from the SQL database. Every method is one short transaction."""

    def artifact(self, artifact_id: str) -> StoredArtifact | None:
        """Return everything known of one artifact; None for an id never heard of."""
        with self._engine.connect() as connection:
            key = connection.scalar(select(A.c.key).where(A.c.id == artifact_id))
            if key is None:
                return None
            artifact = facts.artifacts(connection, [key])[key]
            stands = connection.execute(select(S.c.unknown).where(S.c.key == key)).one_or_none()
            if not (artifact.crawled or artifact.removed or stands):
                return None
            members = connection.execute(select(M).where(M.c.key == key).order_by(M.c.family)).all()
            bodies = connection.scalars(
                select(F.c.body).where(F.c.key == key, F.c.closed.is_(None)).order_by(F.c.number)
            )
            findings = [finding_of(artifact_id, body) for body in bodies]
            inferred = any(m.strength == Strength.INFERRED for m in members)
            features = _features(connection, key) if inferred else []
            told = triage.read(connection, [artifact_id])[artifact_id]
        memberships = [_membership(m) for m in members]
        concluded = sorted({m.licence for m in members if m.licence})
        unknown = orjson.loads(stands.unknown or b"[]") if stands else []
        findings = complete(artifact_id, findings, [Unknown(*one) for one in unknown])
        return StoredArtifact(artifact, memberships, concluded, findings, features, told)

    def spelled(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the live repositories that ids mean but for case, where that is one alone."""
        wanted = {one: one.lower() for one in ids}
        meant = func.lower(A.c.id).in_(sorted({*wanted.values()}))
        query = select(A.c.id).join(R, R.c.key == A.c.key).where(meant, _THERE)
        found: dict[str, list[str]] = defaultdict(list)
        with self._engine.connect() as connection:
            for known in connection.scalars(query):
                found[known.lower()].append(known)
        return {one: found[low][0] for one, low in wanted.items() if len(found[low]) == 1}

    def nearest(self, artifact_id: str) -> list[str]:
        """Return known ids that look most like one that is not known."""
        name = artifact_id.rpartition("/")[2].lower()
        beginnings = [part for part in (name[:12], name[:5], artifact_id.partition("/")[0]) if part]
        with self._engine.connect() as connection:
            for part in beginnings:
                like = A.c.id.icontains(part, autoescape=True)
                known = list(connection.scalars(select(A.c.id).join(S).where(like).limit(2000)))
                lower = {i.lower(): i for i in known}
                if close := get_close_matches(artifact_id.lower(), lower, NEAREST, 0.4):
                    return [lower[i] for i in close]
        return []

    def artifacts(
        self,
        wanted: MemberFilter,
        *,
        kind: Kind | None = None,
        after: str | None = None,
        limit: int = LIMIT,
    ) -> list[ListedArtifact]:
        """Return a page of artifacts in order of id: those after the one it goes on from."""
        query: Select[Any] = (
            select(A.c.key, A.c.id, S.c.crawled, S.c.outcome, R.c.removed, *_FACTS)
            .select_from(A)
            .join(S)
            .outerjoin(R, R.c.key == A.c.key)
        )
        if kind is not None:
            query = query.where(_IS_DATA if kind is Kind.DATASET else not_(_IS_DATA))
        if after:
            query = query.where(A.c.id > after)
        query = query.where(*wanted.conditions()).order_by(A.c.id).limit(limit)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
            families = _families(connection, [row.key for row in rows], wanted)
        return [_listed_artifact(row, families[row.key]) for row in rows]

    def findings(
        self,
        wanted: FindingFilter,
        *,
        after: tuple[int, int] | None = None,
        limit: int | None = LIMIT,
    ) -> list[ListedFinding]:
        """Return a page of open findings, most downloaded first: those after a place."""
        downloads = func.coalesce(R.c.downloads, -1)
        query: Select[Any] = (
            select(A.c.id, F, R.c.downloads, R.c.sha, downloads.label("rank"))
            .select_from(F)
            .join(A, A.c.key == F.c.key)
            .join(S, S.c.key == F.c.key)
            .outerjoin(R, R.c.key == F.c.key)
            .where(F.c.closed.is_(None), *counted(F, wanted), _THERE)
        )
        if after:
            rank, number = after
            query = query.where(or_(downloads < rank, and_(downloads == rank, F.c.number > number)))
        query = query.where(*wanted.conditions()).order_by(downloads.desc(), F.c.number)
        with self._engine.connect() as connection:
            rows = connection.execute(query.limit(limit)).all()
            told = triage.read(connection, (row.id for row in rows))
        return [_listed_finding(row, told[row.id]) for row in rows]

    def family_counts(self, wanted: LineageFilter) -> dict[str, dict[str, int]]:
        """Return for each family its members: ``models``, ``datasets``, of these ``crawled``."""
        told = {"models": not_(_IS_DATA), "datasets": _IS_DATA, "crawled": S.c.crawled}
        query = (
            select(M.c.family, *(func.count().filter(which) for which in told.values()))
            .join(A, A.c.key == M.c.key)
            .join(S, S.c.key == M.c.key)
            .where(*counted(M, wanted))
            .group_by(M.c.family)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return {family: dict(zip(told, counts, strict=True)) for family, *counts in rows}

    def counts(self) -> dict[str, int]:
        """Return how many live ``records``, ``artifacts`` and open ``findings`` there are."""
        queries = {
            "records": select(func.count()).select_from(R).where(_THERE),
            "artifacts": select(func.count()).select_from(S),
            "findings": select(func.count()).select_from(F).where(F.c.closed.is_(None)),
        }
        with self._engine.connect() as connection:
            return {name: connection.scalar(query) or 0 for name, query in queries.items()}

    def is_empty(self) -> bool:
        """Tell whether no record is stored."""
        with self._engine.connect() as connection:
            return connection.scalar(select(R.c.key).limit(1)) is None

    def build(self) -> dict[str, Any] | None:
        """Return the last build: its id and when it ended."""
        with self._engine.connect() as connection:
            last = last_build(connection)
        return {"id": last.id, "finished": last.finished} if last else None


def _membership(row: Row[Any]) -> Membership:
    return Membership(row.family, Strength(row.strength), row.confidence, Source(row.source))


def _listed_artifact(row: Row[Any], families: list[str]) -> ListedArtifact:
    told = (False, row.removed, None, None, None, None, list[str]())
    if row.removed is None:
        licences = list(filter(None, (row.licences or "").split("\n"))) if row.crawled else []
        told = (row.crawled, None, row.author, row.created, row.downloads, row.likes, licences)
    return ListedArtifact(row.id, *told, families, row.outcome)


def _listed_finding(row: Row[Any], annotations: Sequence[Annotation]) -> ListedFinding:
    finding = finding_of(row.id, row.body)
    said, place = rules.of(finding, annotations), (row.rank, row.number)
    return ListedFinding(finding, row.downloads, row.sha, row.opened, said, place)


def _features(connection: Connection, key: int) -> list[Feature]:
    told = connection.scalar(select(G.c.features).where(G.c.key == key))
    return [Feature(*feature) for feature in orjson.loads(told)] if told else []


def _families(
    connection: Connection, keys: Sequence[int], wanted: MemberFilter
) -> dict[int, list[str]]:
    query = select(M.c.key, M.c.family).where(M.c.key.in_(keys), *counted(M, wanted))
    found: dict[int, list[str]] = defaultdict(list)
    for key, family in connection.execute(query.order_by(M.c.family)):
        found[key].append(family)
    return found
