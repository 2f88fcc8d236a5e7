"""Reading the register: one artifact whole, and lists with filters, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any, cast

import orjson
from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Select,
    Table,
    and_,
    case,
    func,
    not_,
    or_,
    select,
)

from graph.catalogue.model import (
    DATASET_PREFIX,
    Artifact,
    Finding,
    Kind,
    Membership,
    Outcome,
    Strength,
    worst,
)
from graph.compliance import triage as rules
from graph.compliance.judge import complete
from graph.compliance.triage import Annotation
from graph.evidence.inference import Feature
from graph.storage import facts, runs, triage
from graph.storage.coverage import Coverage
from graph.storage.filters.lists import FindingFilter, MemberFilter
from graph.storage.findings import finding_of, last_build
from graph.storage.tables import (
    ArtifactRow,
    ClassificationRow,
    FindingRow,
    MembershipRow,
    RecordRow,
    StandingRow,
)

A, F, G, M, R, S = (
    cast("Table", row.__table__)
    for row in (ArtifactRow, FindingRow, ClassificationRow, MembershipRow, RecordRow, StandingRow)
)
# One that went keeps its last known facts, for its own sheet: lists are of what is there.
_FACTS = (R.c.author, R.c.created, R.c.downloads, R.c.likes, R.c.licences)
_OF_FINDING = (R.c.downloads, R.c.sha)
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


class ReadModel:
    """Answers from the SQL database. Every method is one short transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def artifact(self, artifact_id: str) -> StoredArtifact | None:
        """Return everything known of one artifact; None for an id never heard of."""
        with self._engine.connect() as connection:
            key = connection.scalar(select(A.c.key).where(A.c.id == artifact_id))
            if key is None:
                return None
            artifact = facts.artifacts(connection, [key])[key]
            if not (artifact.crawled or artifact.removed) and not _stands(connection, key):
                return None
            members = connection.execute(select(M).where(M.c.key == key).order_by(M.c.family)).all()
            bodies = connection.scalars(
                select(F.c.body).where(F.c.key == key, F.c.closed.is_(None)).order_by(F.c.number)
            )
            findings = [finding_of(artifact_id, body) for body in bodies]
            inferred = any(m.strength == Strength.INFERRED for m in members)
            features = _features(connection, key) if inferred else []
            told = triage.read(connection, [artifact_id])
        memberships = [Membership(m.family, Strength(m.strength), m.confidence) for m in members]
        concluded = sorted({m.licence for m in members if m.licence})
        findings = complete(artifact_id, findings)
        return StoredArtifact(artifact, memberships, concluded, findings, features, told)

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
            is_data = A.c.id.startswith(DATASET_PREFIX, autoescape=True)
            query = query.where(is_data if kind is Kind.DATASET else not_(is_data))
        if after:
            query = query.where(A.c.id > after)
        query = query.where(*wanted.conditions()).order_by(A.c.id).limit(limit)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
            families = _families(connection, [row.key for row in rows], wanted.at_least)
        return [_listed_artifact(row, families.get(row.key, [])) for row in rows]

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
            select(A.c.id, F.c.number, F.c.body, F.c.opened, *_OF_FINDING, downloads.label("rank"))
            .select_from(F)
            .join(A, A.c.key == F.c.key)
            .join(S, S.c.key == F.c.key)
            .outerjoin(R, R.c.key == F.c.key)
            .where(F.c.closed.is_(None), F.c.strength >= int(wanted.at_least), _THERE)
        )
        if after:
            rank, number = after
            query = query.where(or_(downloads < rank, and_(downloads == rank, F.c.number > number)))
        query = query.where(*wanted.conditions()).order_by(downloads.desc(), F.c.number)
        query = query.limit(limit)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
            told: dict[str, list[Annotation]] = {}
            for annotation in triage.read(connection, (r.id for r in rows)):
                told.setdefault(annotation.artifact, []).append(annotation)
        found = ((r, finding_of(r.id, r.body)) for r in rows)
        return [
            ListedFinding(
                one,
                r.downloads,
                r.sha,
                r.opened,
                rules.of(one, told.get(r.id, ())),
                (r.rank, r.number),
            )
            for r, one in found
        ]

    def family_counts(self, at_least: Strength) -> dict[str, dict[str, int]]:
        """Return for each family its members: ``models``, ``datasets``, of these ``crawled``."""
        is_data = A.c.id.startswith(DATASET_PREFIX, autoescape=True)
        query = (
            select(
                M.c.family,
                func.sum(case((is_data, 0), else_=1)).label("models"),
                func.sum(case((is_data, 1), else_=0)).label("datasets"),
                func.sum(case((S.c.crawled, 1), else_=0)).label("crawled"),
            )
            .join(A, A.c.key == M.c.key)
            .join(S, S.c.key == M.c.key)
            .where(M.c.strength >= int(at_least))
            .group_by(M.c.family)
        )
        with self._engine.connect() as connection:
            return {
                r.family: {"models": r.models, "datasets": r.datasets, "crawled": r.crawled}
                for r in connection.execute(query)
            }

    def runs(self, limit: int = 20, before: int | None = None) -> list[dict[str, Any]]:
        """Return the last runs, newest first; those before a number."""
        with self._engine.connect() as connection:
            return runs.last(connection, limit, before)

    def run(self, run_id: str) -> dict[str, Any] | None:
        """Return one run by its UUID."""
        with self._engine.connect() as connection:
            return runs.one(connection, run_id)

    def last_crawl(self) -> dict[str, Any] | None:
        """Return the last crawl that was begun."""
        with self._engine.connect() as connection:
            return runs.last_crawl(connection)

    def coverage(self) -> Coverage:
        """Return whether the Hub's list was read whole, so that shares mean anything."""
        with self._engine.connect() as connection:
            return runs.covered(connection)

    def counts(self) -> dict[str, int]:
        """Return how many live ``records``, ``artifacts`` and open ``findings`` there are."""
        queries = {
            "records": select(func.count()).select_from(R).where(_THERE),
            "artifacts": select(func.count()).select_from(S),
            "findings": select(func.count()).select_from(F).where(F.c.closed.is_(None)),
        }
        with self._engine.connect() as connection:
            return {name: connection.scalar(query) or 0 for name, query in queries.items()}

    def notices(self, run: int, limit: int = 200) -> list[dict[str, Any]]:
        """Return the lines of a run's report, as they came."""
        with self._engine.connect() as connection:
            return runs.notices(connection, run, limit)

    def report(self, run: int, most: int) -> list[tuple[str, int, list[Any]]]:
        """Return a run's report by kind: how many lines (kind, place, reason), and the first."""
        with self._engine.connect() as connection:
            return runs.grouped(connection, run, most)

    def is_empty(self) -> bool:
        """Tell whether no record is stored."""
        with self._engine.connect() as connection:
            return connection.scalar(select(R.c.key).limit(1)) is None

    def only_sample(self) -> bool:
        """Tell whether every live record is the bundled sample's."""
        return self.sample() is not None

    def sample(self) -> dict[str, Any] | None:
        """Return the run that the bundled sample came with, where nothing else is shown."""
        with self._engine.connect() as connection:
            return runs.sample(connection)

    def build(self) -> dict[str, Any] | None:
        """Return the last build: its id and when it ended."""
        with self._engine.connect() as connection:
            last = last_build(connection)
        return {"id": last.id, "finished": last.finished} if last else None


def _listed_artifact(row: Row[Any], families: list[str]) -> ListedArtifact:
    if row.removed is not None:
        return ListedArtifact(
            row.id, False, row.removed, None, None, None, None, [], families, row.outcome
        )
    licences = list(filter(None, (row.licences or "").split("\n"))) if row.crawled else []
    counted = (row.downloads, row.likes)
    told = (row.author, row.created, *counted, licences, families, row.outcome)
    return ListedArtifact(row.id, row.crawled, None, *told)


def _features(connection: Connection, key: int) -> list[Feature]:
    told = connection.scalar(select(G.c.features).where(G.c.key == key))
    return [Feature(*feature) for feature in orjson.loads(told)] if told else []


def _stands(connection: Connection, key: int) -> bool:
    return connection.scalar(select(S.c.key).where(S.c.key == key)) is not None


def _families(
    connection: Connection, keys: Sequence[int], at_least: Strength
) -> dict[int, list[str]]:
    query = select(M.c.key, M.c.family).where(M.c.key.in_(keys), M.c.strength >= int(at_least))
    found: dict[int, list[str]] = {}
    for key, family in connection.execute(query.order_by(M.c.family)):
        found.setdefault(key, []).append(family)
    return found
