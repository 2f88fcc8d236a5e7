"""What people answer to findings: a note, a dispute or a waiver, by whom, why and until when.

An annotation never changes a finding's outcome; it stands beside it, wherever the finding is shown.
It rests on what the finding rested on when it was written, and lapses when that is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

from graph.catalogue.model import Finding, Outcome

MAX_REASON, MAX_BY = 2000, 200  # characters
# Line breaks may stand in a reason; half characters (surrogates) cannot be stored.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class AnnotationKind(StrEnum):
    """It adds to a finding, says that it is wrong, or that it may stand."""

    NOTED = "noted"
    DISPUTED = "disputed"
    WAIVED = "waived"


class AnnotationState(StrEnum):
    """Whether an annotation counts: it stands, its time is over, or the evidence is another."""

    STANDING = "standing"
    EXPIRED = "expired"
    LAPSED = "lapsed"


class AnnotationRefused(ValueError):
    """An annotation that cannot be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation. ``rests_on`` is the `digest` of the finding it was written to."""

    number: int
    artifact: str
    check: str
    licence: str | None
    kind: AnnotationKind
    reason: str
    by: str
    at: datetime
    until: datetime | None
    rests_on: str


def digest(finding: Finding) -> str:
    """Return a mark of what a finding says and rests on: outcome, clause, evidence, path.

    Wording, revision and line are left out: a commit that changes nothing of what was seen, or a
    better sentence of ours, lets an annotation stand.
    """
    f = finding
    seen = sorted((e.repository, e.field, e.value) for e in f.evidence)
    path = [(d.child, d.parent, d.relation.value, int(d.strength)) for d in f.path]
    told = (f.artifact, f.check, f.outcome.value, f.licence, f.section, seen, path)
    return blake2b(repr(told).encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()


def of(finding: Finding, annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Return the annotations to a finding, the oldest first."""
    place = (finding.artifact, finding.check, finding.licence)
    mine = (r for r in annotations if (r.artifact, r.check, r.licence) == place)
    return tuple(sorted(mine, key=lambda r: r.number))


def state(annotation: Annotation, finding: Finding, now: datetime) -> AnnotationState:
    """Tell whether an annotation to a finding counts now."""
    if annotation.rests_on != digest(finding):
        return AnnotationState.LAPSED
    over = annotation.until is not None and annotation.until <= now
    return AnnotationState.EXPIRED if over else AnnotationState.STANDING


def chosen(findings: Iterable[Finding], check: str, licence: str | None) -> Finding:
    """Return the one finding that a check and, where several arrive, a licence name.

    Raises AnnotationRefused where there is none, or more than one.
    """
    some = [f for f in findings if f.check == check and f.outcome is not Outcome.NOT_APPLICABLE]
    fit = [f for f in some if licence in (None, f.licence)]
    if len(fit) == 1:
        return fit[0]
    if fit:
        licences = ", ".join(f.licence or "none" for f in fit)
        raise AnnotationRefused(f"{check} is judged under several licences; name one: {licences}")
    under = f" under {licence}" if licence else ""
    raise AnnotationRefused(f"there is no finding of {check}{under} to answer")


def checked(reason: str, by: str, until: datetime | None, now: datetime) -> tuple[str, str]:
    """Return reason and name without space around them. Raises AnnotationRefused."""
    for name, text, most in (("reason", reason, MAX_REASON), ("by", by, MAX_BY)):
        if not text.strip():
            raise AnnotationRefused(f"{name}: an annotation says why, and who says it")
        if len(text) > most:
            raise AnnotationRefused(f"{name}: {most} characters at most")
        if _CONTROL.search(text):
            raise AnnotationRefused(f"{name}: control characters are not allowed")
    if until is not None and until <= now:
        raise AnnotationRefused("until: this moment is past")
    return reason.strip(), by.strip()
