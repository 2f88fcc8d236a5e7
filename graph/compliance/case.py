"""What a check sees, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from graph.catalogue.licences import Licence, Obligation
from graph.catalogue.model import (
    SAME_WEIGHTS,
    Artifact,
    Evidence,
    InheritedLicence,
    Kind,
    Outcome,
    Relation,
    Strength,
    Trigger,
)
from graph.compliance.policies import Policies, Policy
from graph.evidence.relation import quantised

# The milder reading first: what a step that holds beside another is taken for.
_STRICTER = (Relation.QUANTIZED, Relation.ADAPTER, Relation.FINETUNE, Relation.MERGE)
_SHOWN = 8  # names of files in an evidence


class Case(NamedTuple):
    """One duty of one arriving licence, held against one artifact.

    ``relation`` is what the artifact is to the parents that hand the licence on (`relation_of`),
    ``arriving`` are the ids of all licences whose weights arrive; ``rivals`` tells whether weights
    of another family arrive too, ``licensor`` whether the artifact is the licensor's own.
    """

    artifact: Artifact
    inherited: InheritedLicence
    licence: Licence
    obligation: Obligation
    relation: Relation | None
    kind: Kind
    arriving: frozenset[str]
    rivals: bool
    licensor: bool
    policies: Policies

    @property
    def by_outputs(self) -> bool:
        """Whether only outputs of the licensed model arrive."""
        return self.inherited.trigger is Trigger.OUTPUTS

    @property
    def required(self) -> str:
        """The words that the duty asks for."""
        return self.obligation.required or ""

    def chosen(self, policy: Policy) -> Outcome:
        """Return what the policies say of an open question."""
        return self.policies.of(policy)

    def seen(self, field: str, value: str) -> tuple[Evidence, ...]:
        """Return the one evidence that a field of the artifact held a value."""
        return (Evidence(self.artifact.id, field, value, revision_at(self.artifact, field)),)

    def says(self, outcome: Outcome, message: str, field: str, value: str) -> Verdict:
        """Return a verdict that rests on the value of one field."""
        return Verdict(outcome, message, self.seen(field, value))

    def nowhere(self, outcome: Outcome, message: str) -> Verdict:
        """Return a verdict that rests on these files having been read and no others."""
        read = ", ".join(sorted(self.artifact.files)[:_SHOWN])
        return self.says(outcome, message, "files", f"read: {read or 'none'}")


class Verdict(NamedTuple):
    """What a check says of a case: the outcome, what was seen, what to do.

    A check leaves the remedy to its own (`graph.compliance.check`), unless the case wants another.
    """

    outcome: Outcome
    message: str
    evidence: tuple[Evidence, ...] = ()
    remedy: str = ""


def not_applicable(message: str) -> Verdict:
    """Say that a duty does not reach the case."""
    return Verdict(Outcome.NOT_APPLICABLE, message)


def unknown(message: str, seen: tuple[Evidence, ...], what: str) -> Verdict:
    """Say that something is to be fetched before a duty can be looked at."""
    return Verdict(Outcome.UNKNOWN, message, seen, f"Fetch the {what}.")


def not_found(told: str, case: Case, left: Sequence[str], beside: str = "") -> Verdict:
    """Say what was not found in what was read, and name what was not fetched."""
    message = f"{told}; not fetched: {', '.join(left[:5])}{beside}."
    return unknown(message, case.seen("files", "not fetched"), "files")


def revision_at(artifact: Artifact, field: str) -> str | None:
    """Return the revision at which what a field names was read.

    A text stands until a newer one is read: its own revision counts. What follows the file's name
    in a field (``README.md: front``) says where in it; ``files`` are all texts together, as old
    as the oldest.
    """
    if field == "files":
        older = {artifact.revision_of(name) for name in artifact.files} - {artifact.revision}
        return min(filter(None, older), default=artifact.revision)
    name = field.partition(": ")[0].lower()
    held = (file for file in artifact.read_at if file.lower() == name)
    return artifact.revision_of(field if field in artifact.read_at else next(held, field))


def relation_of(artifact: Artifact, inherited: InheritedLicence) -> Relation | None:
    """Return what an artifact is to the parents that hand a licence on; None for a root.

    A known re-upload is a copy whatever its tag says. Two relations to one parent are read as
    the milder, relations to several parents as the strictest (docs/policies.md). Where no parent is
    known, name and files tell a quantised copy from what was made.
    """
    steps = inherited.steps
    if not steps:
        return _without_parents(artifact) if inherited.strength is Strength.INFERRED else None
    if any(step.relation in SAME_WEIGHTS for step in steps):
        return Relation.MIRROR
    if len(steps) == 1:
        return steps[0].relation
    mildest: dict[str, Relation] = {}
    for step in steps:
        known = mildest.get(step.parent, step.relation)
        mildest[step.parent] = min(known, step.relation, key=_STRICTER.index)
    return max(mildest.values(), key=_STRICTER.index)


def _without_parents(artifact: Artifact) -> Relation:
    copied = quantised(artifact.name, {*(artifact.siblings or ()), *artifact.files})
    return Relation.QUANTIZED if copied else Relation.FINETUNE
