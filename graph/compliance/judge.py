"""Obligations x checks -> findings. Pure: the same facts give the same findings in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.compliance import library
from graph.compliance.case import Case, Verdict, not_applicable
from graph.compliance.checks import CHECKS
from graph.compliance.library import Licence
from graph.model import Arrival, Artifact, Finding, Outcome, Strength, Trigger


def judge(
    artifact: Artifact, arrivals: Sequence[Arrival], *, licensor: bool, rivals: bool = False
) -> list[Finding]:
    """Return one finding per check and arriving licence, ordered by check, then licence.

    ``arrivals`` of licences that Herdbook does not judge are passed over. ``rivals`` tells
    whether weights of another family arrive too. Where nothing arrives, nothing is found; see
    `complete` for a list that names every check.
    """
    licences = library.load().licences
    judged = sorted((a for a in arrivals if a.licence in licences), key=_order)
    arriving = frozenset(a.licence for a in judged if a.trigger is Trigger.WEIGHTS)
    return [
        _one(check, artifact, arrival, licences[arrival.licence], arriving, licensor, rivals)
        for check in CHECKS
        for arrival in judged
    ]


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


def _one(
    check: str,
    artifact: Artifact,
    arrival: Arrival,
    licence: Licence,
    arriving: frozenset[str],
    licensor: bool,
    rivals: bool,
) -> Finding:
    duty = licence.obligations.get(check)
    if duty is None:
        verdict = not_applicable(f"{licence.title} does not ask for this.")
    elif arrival.trigger not in duty.triggers:
        verdict = not_applicable(f"{duty.section} does not reach {arrival.trigger.value}.")
    else:
        case = Case(artifact, arrival, licence, duty, arriving, rivals, licensor)
        verdict = _never_unfair(CHECKS[check](case), arrival)
    return Finding(
        artifact=artifact.id,
        check=check,
        outcome=verdict.outcome,
        licence=licence.id,
        strength=arrival.strength,
        section=duty.section if duty else None,
        quote=duty.quote if duty else None,
        message=verdict.message,
        remedy=verdict.remedy,
        evidence=verdict.evidence,
        path=arrival.path,
    )


def _never_unfair(verdict: Verdict, arrival: Arrival) -> Verdict:
    """A lineage that is only inferred fails nobody."""
    if verdict.outcome is Outcome.FAILED and arrival.strength is Strength.INFERRED:
        message = f"{verdict.message} The lineage is inferred, so this is for review."
        return replace(verdict, outcome=Outcome.REVIEW, message=message)
    return verdict
