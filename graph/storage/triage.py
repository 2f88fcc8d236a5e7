"""Where annotations to findings are kept: taken, withdrawn, read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Connection, Engine, Table, func, insert, select, update

from graph.catalogue.model import Finding
from graph.compliance import triage
from graph.compliance.triage import Annotation, AnnotationKind
from graph.storage.tables import AnnotationRow

P = cast("Table", AnnotationRow.__table__)
_PART = 500  # ids a query
_COLUMNS = (
    P.c.number, P.c.artifact, P.c.check, P.c.licence, P.c.kind, P.c.reason, P.c.by, P.c.at,
    P.c.until, P.c.rests_on,
)  # fmt: skip


def read(connection: Connection, artifact_ids: Iterable[str]) -> list[Annotation]:
    """Return the annotations to findings on some artifacts that were not withdrawn."""
    ids = sorted(set(artifact_ids))
    found: list[Annotation] = []
    for i in range(0, len(ids), _PART):
        query = select(*_COLUMNS).where(P.c.artifact.in_(ids[i : i + _PART]))
        rows = connection.execute(query.where(P.c.withdrawn.is_(None))).all()
        found += [_annotation(row) for row in rows]
    return found


def _annotation(row: Any) -> Annotation:
    return Annotation(**{**row._asdict(), "kind": AnnotationKind(row.kind)})


class Triage:
    """Takes annotations. Every method is one short transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(
        self,
        finding: Finding,
        kind: AnnotationKind,
        reason: str,
        by: str,
        until: datetime | None = None,
    ) -> Annotation:
        """Keep an annotation to a finding and return it. Raises AnnotationRefused."""
        now = datetime.now(UTC).replace(microsecond=0)
        reason, by = triage.checked(reason, by, until, now)
        values = {
            "artifact": finding.artifact,
            "check": finding.check,
            "licence": finding.licence,
            "kind": kind.value,
            "reason": reason,
            "by": by,
            "at": now,
            "until": until,
            "rests_on": triage.digest(finding),
        }
        with self._engine.begin() as connection:
            made = connection.execute(insert(P).values(values).returning(*_COLUMNS)).one()
        return _annotation(made)

    def withdraw(self, number: int) -> bool:
        """Withdraw an annotation; it stays stored and is shown no more. False for one not known."""
        query = update(P).where(P.c.number == number, P.c.withdrawn.is_(None))
        with self._engine.begin() as connection:
            return connection.execute(query.values(withdrawn=datetime.now(UTC))).rowcount == 1

    def mark(self) -> Sequence[object]:
        """Return what changes whenever an annotation is taken, withdrawn or runs out."""
        over = func.count().filter(P.c.until <= datetime.now(UTC))
        query = select(func.max(P.c.number), func.count(P.c.withdrawn), over)
        with self._engine.connect() as connection:
            return tuple(connection.execute(query).one())
