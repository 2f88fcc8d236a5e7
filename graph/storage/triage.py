"""Where annotations to findings are kept: taken, withdrawn, read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from graph.catalogue.model import Finding
from graph.compliance import triage
from graph.compliance.triage import Annotation, AnnotationKind
from graph.storage.bulk import parts
from graph.storage.tables import tables

(P,) = tables("annotations")
_COLUMNS = [P.c[field.name] for field in fields(Annotation)]


def read(connection: Connection, artifact_ids: Iterable[str]) -> dict[str, list[Annotation]]:
    """Return the annotations to findings on some artifacts that were not withdrawn."""
    found: dict[str, list[Annotation]] = defaultdict(list)
    for ids in parts(sorted(set(artifact_ids))):
        query = select(*_COLUMNS).where(P.c.artifact.in_(ids), P.c.withdrawn.is_(None))
        for row in connection.execute(query):
            found[row.artifact].append(_annotation(row))
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
        place = {"artifact": finding.artifact, "check": finding.check, "licence": finding.licence}
        told = {"kind": kind.value, "reason": reason, "by": by, "at": now, "until": until}
        query = insert(P).values(**place, **told, rests_on=triage.digest(finding))
        with self._engine.begin() as connection:
            return _annotation(connection.execute(query.returning(*_COLUMNS)).one())

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
