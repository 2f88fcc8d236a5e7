"""Obligations x checks -> findings. Pure: the same facts give the same findings in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from graph.compliance import library
from graph.compliance.case import Case, Verdict, not_applicable, relation_of
from graph.compliance.checks import CHECKS
from graph.compliance.library import Licence, Obligation
from graph.compliance.policies import DEFAULT, Policies
from graph.model import Arrival, Artifact, Finding, Outcome, Relation, Strength, Trigger

# The tag stands beside the grant as well as the duty: 1.a gives no right to give other terms.
_BESIDE_THE_GRANT = frozenset({"licence-tag"})
_BETWEEN = " […] "


def judge(
    artifact: Artifact,
    arrivals: Sequence[Arrival],
    *,
    licensor: bool,
    rivals: bool = False,
    policies: Policies = DEFAULT,
    whole: bool = True,
) -> list[Finding]:
    """Return one finding per check and arriving licence, ordered by check, then licence.

    ``arrivals`` of licences that Herdbook does not judge are passed over. ``rivals`` tells
    whether weights of another family arrive too, ``policies`` what to say where a text is open.
    Without ``whole``, duties that do not apply are left out.
    Where nothing arrives, nothing is found; see `complete` for a list that names every check.
    """
    licences = library.load().licences
    judged = sorted((a for a in arrivals if a.licence in licences), key=_order)
    arriving = frozenset(a.licence for a in judged if a.trigger is Trigger.WEIGHTS)
    told = [
        _Told(artifact, a, relation_of(a), arriving, rivals, licensor, policies) for a in judged
    ]
    return [
        finding
        for check in CHECKS
        for one in told
        if (finding := _one(check, one, whole)) is not None
    ]


class _Told(NamedTuple):
    """What is the same for all checks of an artifact and a licence that arrives at it."""

    artifact: Artifact
    arrival: Arrival
    relation: Relation | None
    arriving: frozenset[str]
    rivals: bool
    licensor: bool
    policies: Policies


def complete(artifact: str, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings with a not-applicable one for each check that has none."""
    by_check: Mapping[str, list[Finding]] = {check: [] for check in CHECKS}
    for finding in findings:
        by_check[finding.check].append(finding)
    nothing = "No licence that asks for this arrives, as far as is known."
    return [
        finding
        for check, found in by_check.items()
        for finding in found or [Finding(artifact, check, Outcome.NOT_APPLICABLE, message=nothing)]
    ]


def _order(arrival: Arrival) -> tuple[str, Trigger]:
    return (arrival.licence, arrival.trigger)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A check's place in a licence: the duty, and the section and words a finding rests on."""

    licence: Licence
    duty: Obligation | None
    section: str | None = None
    quote: str | None = None


@cache
def _clause(check: str, licence_id: str) -> _Clause:
    licence = library.load().licences[licence_id]
    duty = licence.obligations.get(check)
    if duty is None:
        return _Clause(licence, None)
    if check not in _BESIDE_THE_GRANT:
        return _Clause(licence, duty, duty.section, duty.quote)
    grant = licence.grant
    quote = f"{grant.quote}{_BETWEEN}{duty.quote}"
    return _Clause(licence, duty, f"{grant.section}, {duty.section}", quote)


def _one(check: str, told: _Told, whole: bool) -> Finding | None:
    """Return what a check says; None where a duty does not apply and only others are wanted."""
    arrival = told.arrival
    clause = _clause(check, arrival.licence)
    if clause.duty is None and not whole:
        return None
    verdict = _verdict(check, told, clause)
    if verdict.outcome is Outcome.NOT_APPLICABLE and not whole:
        return None
    return Finding(
        told.artifact.id,
        check,
        verdict.outcome,
        arrival.licence,
        arrival.strength,
        clause.section,
        clause.quote,
        verdict.message,
        verdict.remedy,
        verdict.evidence,
        arrival.path,
    )


def _verdict(check: str, told: _Told, clause: _Clause) -> Verdict:
    duty, licence, trigger = clause.duty, clause.licence, told.arrival.trigger
    if duty is None:
        return not_applicable(f"{licence.title} does not ask for this.")
    if trigger not in duty.triggers:
        return not_applicable(f"{duty.section} does not reach {trigger}.")
    case = Case(
        told.artifact,
        told.arrival,
        licence,
        duty,
        told.relation,
        told.arriving,
        told.rivals,
        told.licensor,
        told.policies,
    )
    return _never_unfair(CHECKS[check](case), told.arrival)


def _never_unfair(verdict: Verdict, arrival: Arrival) -> Verdict:
    """A lineage that is only inferred fails nobody."""
    if verdict.outcome is Outcome.FAILED and arrival.strength is Strength.INFERRED:
        message = f"{verdict.message} The lineage is inferred, so this is for review."
        return verdict._replace(outcome=Outcome.REVIEW, message=message)
    return verdict
