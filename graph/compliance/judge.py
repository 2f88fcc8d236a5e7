"""Obligations x checks -> findings. Pure: the same facts give the same findings in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.compliance import library
from graph.compliance.case import Case, Verdict, not_applicable
from graph.compliance.checks import CHECKS
from graph.compliance.library import Licence, Obligation
from graph.compliance.policies import DEFAULT, Policies
from graph.model import Arrival, Artifact, Finding, Outcome, Strength, Trigger

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
) -> list[Finding]:
    """Return one finding per check and arriving licence, ordered by check, then licence.

    ``arrivals`` of licences that Herdbook does not judge are passed over. ``rivals`` tells
    whether weights of another family arrive too, ``policies`` what to say where a text is open.
    Where nothing arrives, nothing is found; see `complete` for a list that names every check.
    """
    licences = library.load().licences
    judged = sorted((a for a in arrivals if a.licence in licences), key=_order)
    arriving = frozenset(a.licence for a in judged if a.trigger is Trigger.WEIGHTS)
    told = _Told(artifact, arriving, rivals, licensor, policies)
    return [
        _one(check, told, arrival, licences[arrival.licence])
        for check in CHECKS
        for arrival in judged
    ]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is the same for all of an artifact's cases."""

    artifact: Artifact
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


def _order(arrival: Arrival) -> tuple[str, str]:
    return (arrival.licence, arrival.trigger.value)


def _one(check: str, told: _Told, arrival: Arrival, licence: Licence) -> Finding:
    duty = licence.obligations.get(check)
    section, quote = _clause(check, licence, duty)
    verdict = _verdict(check, told, arrival, licence, duty)
    return Finding(
        artifact=told.artifact.id,
        check=check,
        outcome=verdict.outcome,
        licence=licence.id,
        strength=arrival.strength,
        section=section,
        quote=quote,
        message=verdict.message,
        remedy=verdict.remedy,
        evidence=verdict.evidence,
        path=arrival.path,
    )


def _clause(check: str, licence: Licence, duty: Obligation | None) -> tuple[str | None, str | None]:
    """Return the section and the words that a finding rests on."""
    if duty is None:
        return None, None
    if check not in _BESIDE_THE_GRANT:
        return duty.section, duty.quote
    grant = licence.grant
    return f"{grant.section}, {duty.section}", f"{grant.quote}{_BETWEEN}{duty.quote}"


def _verdict(
    check: str, told: _Told, arrival: Arrival, licence: Licence, duty: Obligation | None
) -> Verdict:
    if duty is None:
        return not_applicable(f"{licence.title} does not ask for this.")
    if arrival.trigger not in duty.triggers:
        return not_applicable(f"{duty.section} does not reach {arrival.trigger.value}.")
    case = Case(
        told.artifact,
        arrival,
        licence,
        duty,
        told.arriving,
        told.rivals,
        told.licensor,
        told.policies,
    )
    return _never_unfair(CHECKS[check](case), arrival)


def _never_unfair(verdict: Verdict, arrival: Arrival) -> Verdict:
    """A lineage that is only inferred fails nobody."""
    if verdict.outcome is Outcome.FAILED and arrival.strength is Strength.INFERRED:
        message = f"{verdict.message} The lineage is inferred, so this is for review."
        return replace(verdict, outcome=Outcome.REVIEW, message=message)
    return verdict
