"""Obligations x checks -> findings. Pure: the same facts give the same findings in any order."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from graph.catalogue import licences as library
from graph.catalogue.licences import Licence, Obligation
from graph.catalogue.model import (
    Artifact,
    Finding,
    InheritedLicence,
    Kind,
    Outcome,
    Relation,
    Strength,
    Trigger,
)
from graph.compliance.case import Case, Verdict, not_applicable, relation_of
from graph.compliance.check import Check
from graph.compliance.checks import CHECKS
from graph.compliance.policies import DEFAULT, Policies
from graph.compliance.verdict_cache import VerdictCache

_BETWEEN = " […] "


def judge(
    artifact: Artifact,
    inherited_licences: Sequence[InheritedLicence],
    *,
    licensor: bool,
    rivals: bool = False,
    policies: Policies = DEFAULT,
    whole: bool = True,
    cache: VerdictCache | None = None,
) -> list[Finding]:
    """Return one finding per check and arriving licence, ordered by check, then licence.

    ``inherited_licences`` that Herdbook does not judge are passed over. ``rivals`` tells whether
    weights of another family arrive too, ``policies`` what to say where a text is open.
    Without ``whole``, duties that do not apply are left out. ``cache`` are verdicts on others under
    the same policies, which are added to.
    Where nothing arrives, nothing is found; see `complete` for a list that names every check.
    """
    licences = library.load().licences
    judged = sorted((a for a in inherited_licences if a.licence in licences), key=_order)
    arriving = frozenset(a.licence for a in judged if a.trigger is Trigger.WEIGHTS)
    about = _About(artifact, artifact.kind, arriving, rivals, licensor, policies)
    told = [pair for inherited in judged for pair in _told(about, inherited, whole, cache)]
    if len(judged) > 1:
        told.sort(key=itemgetter(0))  # the order of arrivals stays within a check
    return [finding for _, finding in told]


class _About(NamedTuple):
    """What is the same for all cases of an artifact."""

    artifact: Artifact
    kind: Kind
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


def _order(inherited: InheritedLicence) -> tuple[str, Trigger]:
    return (inherited.licence, inherited.trigger)


class _Clause(NamedTuple):
    """A check's place in a licence: the duty, and the section and words a finding rests on."""

    place: int
    check: Check
    licence: Licence
    duty: Obligation | None
    section: str | None = None
    quote: str | None = None


@cache
def _clauses(licence_id: str, whole: bool) -> list[_Clause]:
    """Return what each check rests on; those that the licence does not ask for only if whole."""
    licence = library.load().licences[licence_id]
    wanted = [c for c in enumerate(CHECKS.values()) if whole or c[1].id in licence.obligations]
    return [_clause(place, check, licence) for place, check in wanted]


def _clause(place: int, check: Check, licence: Licence) -> _Clause:
    duty = licence.obligations.get(check.id)
    if duty is None:
        return _Clause(place, check, licence, None)
    if not check.grant:
        return _Clause(place, check, licence, duty, duty.section, duty.quote)
    grant = licence.grant
    quote = f"{grant.quote}{_BETWEEN}{duty.quote}"
    return _Clause(place, check, licence, duty, f"{grant.section}, {duty.section}", quote)


_made = tuple.__new__


def _told(
    about: _About, inherited: InheritedLicence, whole: bool, cache: VerdictCache | None
) -> Iterator[tuple[int, Finding]]:
    """Yield what the checks say of one licence, each with its place among the checks."""
    relation = relation_of(inherited)
    way = _way(about, inherited, relation)
    alike = cache.alike(about.artifact, way) if cache is not None else None
    artifact_id, licence = about.artifact.id, inherited.licence
    strength, path = inherited.strength, inherited.path
    for clause in _clauses(licence, whole):
        check = clause.check
        if alike is None or (verdict := alike.known(check)) is None:
            verdict = _verdict(clause, about, inherited, relation)
            if alike is not None:
                alike.keep(check, verdict)
        outcome, message, evidence, remedy = verdict
        if outcome is Outcome.NOT_APPLICABLE and not whole:
            continue
        yield (
            clause.place,
            _made(
                Finding,  # by the million: its own constructor takes twice as long
                (
                    artifact_id,
                    check.id,
                    outcome,
                    licence,
                    strength,
                    clause.section,
                    clause.quote,
                    message,
                    remedy,
                    evidence,
                    path,
                ),
            ),
        )


def _way(about: _About, inherited: InheritedLicence, relation: Relation | None) -> Hashable:
    """Return all that a check may look at in how a licence arrives, but for ids."""
    inferred = inherited.strength is Strength.INFERRED
    return (inherited.licence, inherited.trigger, inferred, relation, about[1:-1])


def _verdict(
    clause: _Clause, about: _About, inherited: InheritedLicence, relation: Relation | None
) -> Verdict:
    duty, licence = clause.duty, clause.licence
    if duty is None:
        return not_applicable(f"{licence.title} does not ask for this.")
    if inherited.trigger not in duty.triggers:
        return not_applicable(f"{duty.section} does not reach {inherited.trigger}.")
    case = Case(about.artifact, inherited, licence, duty, relation, *about[1:])
    return clause.check.verdict(case)
