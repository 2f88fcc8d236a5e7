"""Obligations x checks -> findings. Pure: the same facts give the same findings in any order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter, itemgetter
from typing import NamedTuple

from graph.catalogue import licences as library
from graph.catalogue.licences import Licence, Obligation
from graph.catalogue.model import (
    Artifact,
    Evidence,
    Finding,
    InheritedLicence,
    Kind,
    Outcome,
    Relation,
    Strength,
    Trigger,
    Unknown,
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

    ``inherited_licences`` that Herdbook does not judge are passed over; `Case` tells of the rest.
    Without ``whole``, duties that do not apply are left out; see `complete` for every check.
    ``cache`` are verdicts on others under the same policies, which are added to.
    """
    licences = library.load().licences
    known = (a for a in inherited_licences if a.licence in licences)
    judged = sorted(known, key=attrgetter("licence", "trigger"))
    arriving = frozenset(a.licence for a in judged if a.trigger is Trigger.WEIGHTS)
    kept = cache or VerdictCache()
    about = _About(artifact, artifact.judged_as, arriving, rivals, licensor, policies)
    told = [pair for inherited in judged for pair in _told(about, inherited, whole, kept)]
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


def complete(
    artifact: str, findings: Sequence[Finding], unknown: Sequence[Unknown] = ()
) -> list[Finding]:
    """Return the findings with one for each check that has none: it does not apply.

    Where it is ``unknown`` what arrives, it is not known whether it applies.
    """
    by_check: Mapping[str, list[Finding]] = {check: [] for check in CHECKS}
    for finding in findings:
        by_check[finding.check].append(finding)
    rest = _open(artifact, unknown) if unknown else _nothing(artifact)
    return [
        finding
        for check, found in by_check.items()
        for finding in found or [rest._replace(check=check)]
    ]


def _nothing(artifact: str) -> Finding:
    message = "No licence that asks for this arrives, as far as is known."
    return Finding(artifact, "", Outcome.NOT_APPLICABLE, message=message)


def _open(artifact: str, unknown: Sequence[Unknown]) -> Finding:
    """Return what is said of each check where lineage ends in what is not known."""
    seen = tuple(Evidence(artifact, "lineage", told.what) for told in unknown)
    message = " ".join(("Which licence arrives is not known.", *(told.message for told in unknown)))
    remedy = " ".join(told.remedy for told in unknown)
    return Finding(artifact, "", Outcome.UNKNOWN, message=message, remedy=remedy, evidence=seen)


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
    told = (licence.grant, duty) if check.grant else (duty,)
    section, quote = ", ".join(t.section for t in told), _BETWEEN.join(t.quote for t in told)
    return _Clause(place, check, licence, duty, section, quote)


_made = tuple.__new__  # findings come by the million: their own constructor takes twice as long


def _told(
    about: _About, inherited: InheritedLicence, whole: bool, cache: VerdictCache
) -> Iterator[tuple[int, Finding]]:
    """Yield what the checks say of one licence, each with its place among the checks."""
    artifact, licence, strength = about.artifact, inherited.licence, inherited.strength
    relation = relation_of(artifact, inherited)
    inferred = strength is Strength.INFERRED
    alike = cache.alike(artifact, (licence, inherited.trigger, inferred, relation, about[1:-1]))
    for clause in _clauses(licence, whole):
        check = clause.check
        if (verdict := alike.known(check)) is None:
            verdict = alike.keep(check, _verdict(clause, about, inherited, relation))
        outcome, message, evidence, remedy = verdict
        if outcome is Outcome.NOT_APPLICABLE and not whole:
            continue
        place = (artifact.id, check.id, outcome, licence, strength, clause.section, clause.quote)
        yield clause.place, _made(Finding, (*place, message, remedy, evidence, inherited.path))


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
