"""The system of record: SQLAlchemy tables. Columns are narrow, for millions of rows.

``artifacts`` numbers every id ever named, crawled or not; everything else refers to the number.
Relations, strengths and sources are stored as their small numbers (`graph.lineage.edges.CODE`,
`Strength`, `Source`).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

from graph.catalogue.facts import FACTS, Fact

SAMPLE_SCOPE = "sample"  # the scope of the run that loads the bundled sample

_Key = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by INTEGER alone
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Lists are sorted and paged by these: byte by byte on PostgreSQL too, whatever its language.
_Sorted = Text().with_variant(Text(collation="C"), "postgresql")


class Utc(TypeDecorator[datetime]):
    """A moment in UTC, with its zone on the way in and out (SQLite keeps none)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC."""
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """A text from outside, as `storable`. Ids need none of it: they are refused for less."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what cannot be held."""
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """Return a text with U+FFFD for NUL, which PostgreSQL refuses, and halves of characters."""
    return _UNSTORABLE.sub("\ufffd", text)


class Base(DeclarativeBase):
    """All tables; ``Base.metadata`` is what a migration must arrive at."""


def tables(*names: str) -> list[Table]:
    """Return tables by their names."""
    return [Base.metadata.tables[name] for name in names]


class ArtifactRow(Base):
    """Every id that a record or a claim ever named."""

    __tablename__ = "artifacts"
    key: Mapped[int] = mapped_column(_Key, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(_Sorted, unique=True)


class RecordRow(Base):
    """The last answer of the Hub for one repository, and what is read off it.

    Its plain facts are columns too, of the names that `graph.catalogue.facts` gives them.

    ``hub_id`` is the Hub's own ``_id``, which a rename leaves as it is; ``former`` the ids that
    the repository bore before, a line each. ``read_at`` is JSON: for each text in ``files`` the
    revision that it was read at and its git blob id, [revision, oid]. ``missed`` counts the whole
    lists since the last that held it; ``counted_run`` is the run that last changed its counters.
    ``weights`` tells of a data set that it is read as a model; ``unread`` is JSON of what holds
    lineage and could not be read: [[file, why], …].
    """

    __tablename__ = "records"
    key: Mapped[int] = mapped_column(ForeignKey("artifacts.key"), primary_key=True)
    hub_id: Mapped[str | None] = mapped_column(Words, index=True)
    former: Mapped[str | None] = mapped_column(Words)
    author: Mapped[str | None] = mapped_column(Words, index=True)
    modified: Mapped[datetime | None] = mapped_column(Utc)
    sha: Mapped[str | None] = mapped_column(Words)
    licences: Mapped[str | None] = mapped_column(Words)
    licence_name: Mapped[str | None] = mapped_column(Words)
    licence_link: Mapped[str | None] = mapped_column(Words)
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    card: Mapped[bytes | None] = mapped_column(LargeBinary)
    files: Mapped[bytes | None] = mapped_column(LargeBinary)
    read_at: Mapped[bytes | None] = mapped_column(LargeBinary)
    siblings: Mapped[bytes | None] = mapped_column(LargeBinary)
    weights: Mapped[bool] = mapped_column(default=False, server_default=false())
    unread: Mapped[bytes | None] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    removed: Mapped[datetime | None] = mapped_column(Utc)
    missed: Mapped[int] = mapped_column(Integer, default=0)
    seen_run: Mapped[int] = mapped_column(ForeignKey("runs.number"), index=True)
    changed_run: Mapped[int] = mapped_column(ForeignKey("runs.number"), index=True)
    counted_run: Mapped[int | None] = mapped_column(ForeignKey("runs.number"), index=True)
    signals: Mapped[int] = mapped_column(Integer)


_TYPES = {int: BigInteger, str: Words, datetime: Utc, bool: Boolean}


def _column(fact: Fact) -> MappedColumn[Any]:
    if fact.type is bool:  # where nobody told, it is as nearly all are
        return mapped_column(Boolean, nullable=False, server_default=false())
    return mapped_column(_TYPES[fact.type], nullable=True)


for _fact in FACTS:
    setattr(RecordRow, _fact.name, _column(_fact))


class AskedRow(Base):
    """What was asked of a repository's small files at one revision, so as not to ask it again.

    ``state`` is ``open`` while some are left, ``done``, or ``gated``: done as far as a stranger
    may read. ``answers`` has each file's: ``fetched``, or why its text is not held.
    """

    __tablename__ = "asked"
    key: Mapped[int] = mapped_column(ForeignKey("artifacts.key"), primary_key=True)
    revision: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    answers: Mapped[dict[str, str]] = mapped_column(JSON)


class RunRow(Base):
    """One crawl or import: what it asked for, what it covered, how it went.

    ``state`` is ``running``, ``done``, ``stopped`` (goes on where it was), ``paused`` (its lists
    are whole, files are left; goes on at ``resumes``) or ``failed``, for ``reason``. ``plan`` is
    what a crawl set out to do (`crawler.crawl.plan`), ``stage`` where it is in it, ``listed`` when
    its lists were whole.
    """

    __tablename__ = "runs"
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Words)
    scope: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    as_of: Mapped[datetime] = mapped_column(Utc)
    started: Mapped[datetime] = mapped_column(Utc)
    finished: Mapped[datetime | None] = mapped_column(Utc)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    covered: Mapped[list[str]] = mapped_column(JSON, default=list)
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    stage: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Words)
    listed: Mapped[datetime | None] = mapped_column(Utc)
    resumes: Mapped[datetime | None] = mapped_column(Utc)


class NoticeRow(Base):
    """One line of a run's report: a record refused, a field dropped, a parent that is itself."""

    __tablename__ = "notices"
    number: Mapped[int] = mapped_column(_Key, primary_key=True, autoincrement=True)
    run: Mapped[int] = mapped_column(ForeignKey("runs.number"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Words)
    reason: Mapped[str] = mapped_column(Words)


class CursorRow(Base):
    """One question of a crawl (a list, one repository) and how far its answer is read.

    ``rows`` are those that came, ``doubted`` a list that ended where it cannot have ended.
    """

    __tablename__ = "cursors"
    run: Mapped[int] = mapped_column(ForeignKey("runs.number"), primary_key=True)
    question: Mapped[str] = mapped_column(Words, primary_key=True)
    place: Mapped[int] = mapped_column(Integer)
    cursor: Mapped[str | None] = mapped_column(Words)
    pages: Mapped[int] = mapped_column(Integer, default=0)
    rows: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[bool] = mapped_column(default=False)
    doubted: Mapped[bool] = mapped_column(default=False)


class PassedRow(Base):
    """A listed repository that a crawl of scope ``llama`` has not kept, or not kept yet.

    Held until the list is whole: only then is it known what descends from Llama. ``body`` is the
    Hub's answer, packed, and ``claims`` what it says of parents, None where it says nothing.
    """

    __tablename__ = "passed"
    run: Mapped[int] = mapped_column(ForeignKey("runs.number"), primary_key=True)
    id: Mapped[str] = mapped_column(_Sorted, primary_key=True)
    created: Mapped[datetime | None] = mapped_column(Utc)
    downloads: Mapped[int | None] = mapped_column(BigInteger)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    claims: Mapped[bytes | None] = mapped_column(LargeBinary)


class CensusRow(Base):
    """What the last whole list held and the register does not keep, counted for shares.

    ``line`` is a rival family or ``none``, ``strength`` and ``source`` those of the lineage to it,
    ``month`` that of creation (``YYYY-MM``, or empty where it is not known).
    """

    __tablename__ = "census"
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    line: Mapped[str] = mapped_column(Text, primary_key=True)
    strength: Mapped[int] = mapped_column(Integer, primary_key=True)
    source: Mapped[int] = mapped_column(Integer, primary_key=True)
    month: Mapped[str] = mapped_column(Text, primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)
    downloads: Mapped[int] = mapped_column(BigInteger)
    run: Mapped[int] = mapped_column(ForeignKey("runs.number"))


class ClaimRow(Base):
    """One signal's word; ``owner`` is the artifact whose record (or name) says it."""

    __tablename__ = "claims"
    number: Mapped[int] = mapped_column(_Key, primary_key=True, autoincrement=True)
    owner: Mapped[int] = mapped_column(ForeignKey("artifacts.key"), index=True)
    child: Mapped[int] = mapped_column(ForeignKey("artifacts.key"), index=True)
    parent: Mapped[int] = mapped_column(ForeignKey("artifacts.key"), index=True)
    relation: Mapped[int] = mapped_column(Integer)
    strength: Mapped[int] = mapped_column(Integer)
    confidence: Mapped[float]
    source: Mapped[int] = mapped_column(Integer)
    signal: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Words)
    value: Mapped[str] = mapped_column(Words)
    revision: Mapped[str | None] = mapped_column(Text)


class ClassificationRow(Base):
    """What an artifact's features come to, for where no declared or stated lineage is known.

    ``odds`` are the log odds of being Llama's, ``share`` the probability of the family given that
    it is; ``features`` is JSON: [[kind, field, value], …].
    """

    __tablename__ = "classifications"
    key: Mapped[int] = mapped_column(ForeignKey("artifacts.key"), primary_key=True)
    odds: Mapped[float]
    family: Mapped[str] = mapped_column(Text)
    share: Mapped[float]
    features: Mapped[bytes] = mapped_column(LargeBinary)


class BuildRow(Base):
    """One build of the graph: up to which run, into which engine, what it touched."""

    __tablename__ = "builds"
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(Text, unique=True)
    engine: Mapped[str] = mapped_column(Text)
    upto_run: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(Text)
    started: Mapped[datetime] = mapped_column(Utc)
    finished: Mapped[datetime] = mapped_column(Utc)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)


class StandingRow(Base):
    """How an artifact stands in the present graph, in one row for lists and filters.

    ``unknown`` is JSON of why its lineage is not known: [[file or parent, message], …].
    """

    __tablename__ = "standings"
    key: Mapped[int] = mapped_column(ForeignKey("artifacts.key"), primary_key=True)
    crawled: Mapped[bool]
    outcome: Mapped[str] = mapped_column(Text)
    relations: Mapped[int] = mapped_column(Integer)
    edges_digest: Mapped[int] = mapped_column(BigInteger)
    unknown: Mapped[bytes | None] = mapped_column(LargeBinary)


class MembershipRow(Base):
    """An artifact's family, with the strength and the source of the best path to it."""

    __tablename__ = "members"
    key: Mapped[int] = mapped_column(ForeignKey("artifacts.key"), primary_key=True)
    family: Mapped[str] = mapped_column(_Sorted, primary_key=True)
    licence: Mapped[str] = mapped_column(Text)
    strength: Mapped[int] = mapped_column(Integer)
    confidence: Mapped[float]
    source: Mapped[int] = mapped_column(Integer)
    __table_args__ = (Index("ix_members_family_key", "family", "key"),)


class FindingRow(Base):
    """A finding; one that no longer stands keeps its row, closed by the build that found so."""

    __tablename__ = "findings"
    number: Mapped[int] = mapped_column(_Key, primary_key=True, autoincrement=True)
    key: Mapped[int] = mapped_column(ForeignKey("artifacts.key"), index=True)
    check_id: Mapped[str] = mapped_column("check", Text)
    outcome: Mapped[str] = mapped_column(Text)
    licence: Mapped[str | None] = mapped_column(Text)
    strength: Mapped[int | None] = mapped_column(Integer)
    source: Mapped[int] = mapped_column(Integer)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    opened: Mapped[datetime] = mapped_column(Utc)
    closed: Mapped[datetime | None] = mapped_column(Utc)
    __table_args__ = (Index("ix_findings_open", "closed", "check", "outcome"),)


class AnnotationRow(Base):
    """What somebody answered to a finding; by id, so that no build and no import touches it."""

    __tablename__ = "annotations"
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    artifact: Mapped[str] = mapped_column(Text, index=True)
    check_id: Mapped[str] = mapped_column("check", Text)
    licence: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Words)
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Utc)
    until: Mapped[datetime | None] = mapped_column(Utc)
    rests_on: Mapped[str] = mapped_column(Text)
    withdrawn: Mapped[datetime | None] = mapped_column(Utc)
