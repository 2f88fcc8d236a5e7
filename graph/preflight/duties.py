"""What is owed before a release, as text that can be pasted: name, card, licence, notice, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from graph.catalogue import licences
from graph.catalogue.licences import Licence
from graph.catalogue.model import DATASET_PREFIX, Finding, Outcome, Strength
from graph.compliance.check import Check, Release
from graph.compliance.checks import CHECKS
from graph.evidence.record import valid_id
from graph.preflight.plan import Plan

OPEN = frozenset({Outcome.FAILED, Outcome.REVIEW, Outcome.UNKNOWN, Outcome.INFO})


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty that is not seen to: what to do, and what to paste (empty: nothing to paste)."""

    check: str
    outcome: Outcome
    licence: str | None
    section: str | None
    quote: str | None
    todo: str
    paste: str


def duties(plan: Plan, findings: Sequence[Finding]) -> list[Duty]:
    """Return what is left to do, the worst first; information without a clause is left out."""
    name, lines = suggested_name(plan, findings), card(plan, findings)
    ordered = sorted(_left(findings), key=lambda f: f.outcome.rank)
    return [_duty(finding, name, lines) for finding in ordered]


def _left(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings on a clause that are not settled; where none arrives, none is owed."""
    return [f for f in findings if f.outcome in OPEN and f.section is not None]


def _duty(finding: Finding, name: str, lines: str) -> Duty:
    todo, text = finding.remedy, ""
    licence, paste = _licence(finding), CHECKS[finding.check].paste
    if licence and paste and (duty := licence.obligations.get(finding.check)):
        todo, text = paste(Release(licence, duty, name, lines))
    return Duty(
        finding.check,
        finding.outcome,
        finding.licence,
        finding.section,
        finding.quote,
        todo or finding.message,
        text,
    )


def _licence(finding: Finding) -> Licence | None:
    return licences.load().licences.get(finding.licence or "")


def suggested_name(plan: Plan, findings: Sequence[Finding]) -> str:
    """Return the plan's name as every check that looks at names asks for it."""
    own = plan.name.rpartition("/")[2]
    name = own
    for check in CHECKS.values():
        if check.renamed is not None:
            owed = (f for f in _left(findings) if f.check == check.id)
            name = check.renamed(name, {_required(finding) for finding in owed})
    return plan.name.removesuffix(own) + name


def _required(finding: Finding) -> str | None:
    licence = _licence(finding)
    duty = licence.obligations.get(finding.check) if licence else None
    return duty.required if duty else None


def card(plan: Plan, findings: Sequence[Finding]) -> str:
    """Return the lines of the card's front matter that name licence, bases and data sets."""
    lines = _licence_lines(plan, findings)
    firm = (c.parent for c in plan.bases if c.strength > Strength.INFERRED and valid_id(c.parent))
    if said := list(dict.fromkeys(firm)):
        lines["base_model"] = said
        if plan.relation is not None:
            lines["base_model_relation"] = plan.relation.value
    if plan.datasets:
        lines["datasets"] = [one.removeprefix(DATASET_PREFIX) for one in plan.datasets]
    return yaml.safe_dump(lines, sort_keys=False, allow_unicode=True) if lines else ""


def _licence_lines(plan: Plan, findings: Sequence[Finding]) -> dict[str, object]:
    """Return the licence that is to be named: the one planned if it will do, else what arrives."""
    lines: dict[str, object] = {}
    for check in CHECKS.values():
        if check.front_matter is not None and (owed := _owed(check, findings)):
            lines |= check.front_matter(owed)
    return lines or _as_planned(plan)


def _owed(check: Check, findings: Sequence[Finding]) -> list[Licence]:
    """Return the licences that a check speaks of, where it is not content with one of them."""
    found = [f for f in findings if f.check == check.id and f.section is not None]
    wanted = [f for f in found if f.outcome is not Outcome.NOT_APPLICABLE]
    if all(f.outcome is Outcome.PASSED for f in wanted):
        return []
    return [licence for f in wanted if (licence := _licence(f))]


def _as_planned(plan: Plan) -> dict[str, object]:
    told = plan.artifact()
    if not told.licences:
        return {}
    licences = told.licences[0] if len(told.licences) == 1 else [*told.licences]
    named = {"license_name": told.licence_name, "license_link": told.licence_link}
    return {"license": licences, **{name: value for name, value in named.items() if value}}
