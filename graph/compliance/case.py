"""What a check sees, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from graph.catalogue.licences import Licence, Obligation
from graph.catalogue.model import (
    SAME_WEIGHTS,
    Arrival,
    Artifact,
    Evidence,
    Kind,
    Outcome,
    Relation,
    Strength,
    Trigger,
)
from graph.compliance.policies import DEFAULT, Policies

# The milder reading first: what a step that holds beside another is taken for.
_STRICTER = (Relation.QUANTIZED, Relation.ADAPTER, Relation.FINETUNE, Relation.MERGE)


class Case(NamedTuple):
    """One duty of one arriving licence, held against one artifact.

    ``relation`` is what the artifact is to the parents that hand the licence on (`relation_of`).
    ``kind`` is the artifact's. ``arriving`` are the ids of all licences whose weights arrive;
    ``rivals`` tells whether weights of another family arrive too; ``licensor`` whether the
    artifact is the licensor's own. ``policies`` say what is answered where the text is open.
    """

    artifact: Artifact
    arrival: Arrival
    licence: Licence
    obligation: Obligation
    relation: Relation | None
    kind: Kind
    arriving: frozenset[str] = frozenset()
    rivals: bool = False
    licensor: bool = False
    policies: Policies = DEFAULT

    @property
    def by_outputs(self) -> bool:
        """Whether only outputs of the licensed model arrive."""
        return self.arrival.trigger is Trigger.OUTPUTS

    def seen(self, field: str, value: str) -> tuple[Evidence, ...]:
        """Return the one evidence that a field of the artifact held a value."""
        return (Evidence(self.artifact.id, field, value, revision_at(self.artifact, field)),)


class Verdict(NamedTuple):
    """What a check says of a case: the outcome, what was seen, what to do."""

    outcome: Outcome
    message: str
    remedy: str = ""
    evidence: tuple[Evidence, ...] = ()


Check = Callable[[Case], Verdict]


def revision_at(artifact: Artifact, field: str) -> str | None:
    """Return the revision at which what a field names was read.

    A text stands until a newer one is read: its own revision counts. What follows the file's name
    in a field (``README.md: front``) says where in it; ``files`` are all texts together, as old
    as the oldest.
    """
    if field == "files":
        older = {artifact.revision_of(name) for name in artifact.files} - {artifact.revision}
        return min(filter(None, older), default=artifact.revision)
    if field in artifact.read_at:
        return artifact.revision_of(field)
    name = field.partition(": ")[0].lower()
    held = next((file for file in artifact.read_at if file.lower() == name), field)
    return artifact.revision_of(held)


def relation_of(arrival: Arrival) -> Relation | None:
    """Return what an artifact is to the parents that hand a licence on; None for a root.

    A known re-upload is a copy whatever its tag says. Two relations to one parent are read as
    the milder, relations to several parents as the strictest (docs/policies.md).
    """
    steps = arrival.steps
    if not steps:
        guessed = arrival.strength is Strength.INFERRED  # and no parent is known
        return Relation.FINETUNE if guessed else None
    if any(step.relation in SAME_WEIGHTS for step in steps):
        return Relation.MIRROR
    if len(steps) == 1:
        return steps[0].relation
    mildest: dict[str, Relation] = {}
    for step in steps:
        known = mildest.get(step.parent, step.relation)
        mildest[step.parent] = min(known, step.relation, key=_STRICTER.index)
    return max(mildest.values(), key=_STRICTER.index)


def beyond(case: Case) -> Verdict | None:
    """Say that a duty of those who hand weights on does not reach the case, where it does not."""
    if case.licensor:
        return not_applicable("The licensor's own repository: the duty is a licensee's.")
    if case.kind is Kind.DATASET:
        return not_applicable("No Llama licence speaks of data sets.")
    if case.by_outputs:
        return not_applicable("No weights of the licensed model arrive.")
    return None


def of_an_adapter(case: Case, verdict: Verdict) -> Verdict:
    """Say of an adapter that it may hold no Llama Materials, and what the clause binds.

    Llama 3 binds what uses the Materials, later versions what contains them, Llama 2 derivative
    works; the notice goes with copies.
    """
    owed = verdict.outcome in (Outcome.FAILED, Outcome.REVIEW)
    if case.relation is not Relation.ADAPTER or not owed:
        return verdict
    quote = case.licence.obligations.get("licence-copy", case.obligation).quote
    if "all copies of the Llama Materials" in case.obligation.quote:
        binds = "copies of"
    elif "uses any of them" in quote:
        binds = "what uses"
    else:
        binds = "what contains" if "contains any of them" in quote else "works derived from"
    told = (
        f"{verdict.message} An adapter may hold no Llama Materials; the clause binds {binds} them."
    )
    milder = max(verdict.outcome, case.policies.adapter_duties, key=lambda one: one.rank)
    return verdict._replace(outcome=milder, message=told)


def not_applicable(message: str) -> Verdict:
    """Say that a duty does not reach the case."""
    return Verdict(Outcome.NOT_APPLICABLE, message)
