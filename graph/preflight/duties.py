"""What is owed before a release, as text that can be pasted: name, card, licence, notice, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from graph.catalogue import licences
from graph.catalogue.licences import Licence, Obligation
from graph.catalogue.model import HUB_RELATIONS, Finding, Outcome
from graph.compliance.checks.name_prefix import begins_with
from graph.preflight.plan import Plan

OPEN = frozenset({Outcome.FAILED, Outcome.REVIEW, Outcome.UNKNOWN, Outcome.INFO})
_ANY_WORD = "Llama"  # where the version is not told: what every later one asks for


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
    left = [f for f in findings if f.outcome in OPEN and f.section is not None]
    name, lines = suggested_name(plan, findings), card(plan, findings)
    ordered = sorted(left, key=lambda f: f.outcome.rank)
    return [_duty(finding, name, lines) for finding in ordered]


def _duty(finding: Finding, name: str, lines: str) -> Duty:
    licence = licences.load().licences.get(finding.licence or "")
    duty = licence.obligations.get(finding.check) if licence else None
    todo, paste = finding.remedy, ""
    if licence is not None and duty is not None:
        todo, paste = _told(finding, licence, duty, name, lines)
    return Duty(
        finding.check,
        finding.outcome,
        finding.licence,
        finding.section,
        finding.quote,
        todo or finding.message,
        paste,
    )


def _told(
    finding: Finding, licence: Licence, duty: Obligation, name: str, lines: str
) -> tuple[str, str]:
    """Return what to do and what to paste for a duty of a known licence."""
    words = duty.required or ""
    match finding.check:
        case "name-prefix":
            return f'Choose a name that begins with "{words}", such as {name}.', name
        case "licence-tag":
            return "Write these lines in the card's front matter.", lines
        case "licence-copy":
            where = f"Add the text of the {licence.title} as LICENSE; it is to be had here."
            return where, licence.url
        case "notice-file":
            return "Add a text file NOTICE with this line.", words
        case "built-with":
            return f'Write "{words}" on the card, where a reader sees it.', words
        case _:
            return finding.remedy, ""


def suggested_name(plan: Plan, findings: Sequence[Finding]) -> str:
    """Return the plan's name, with the words before it that every arriving licence asks for."""
    owed = [f for f in findings if f.check == "name-prefix" and f.outcome in OPEN]
    words = {_words(finding) for finding in owed}
    own = plan.name.rpartition("/")[2]
    if all(begins_with(own, one) for one in words):
        return plan.name
    longest = max(words, key=len)
    return plan.name.removesuffix(own) + f"{longest.replace(' ', '-')}-{own}"


def _words(finding: Finding) -> str:
    licence = licences.load().licences.get(finding.licence or "")
    duty = licence.obligations.get(finding.check) if licence else None
    return (duty and duty.required) or _ANY_WORD


def card(plan: Plan, findings: Sequence[Finding]) -> str:
    """Return the lines of the card's front matter that name licence, bases and data sets."""
    lines: dict[str, object] = {**_licence_lines(plan, findings)}
    if plan.bases:
        lines["base_model"] = list(plan.bases)
        if plan.relation in HUB_RELATIONS:
            lines["base_model_relation"] = plan.relation.value
    if plan.datasets:
        lines["datasets"] = [one.removeprefix("datasets/") for one in plan.dataset_ids]
    return yaml.safe_dump(lines, sort_keys=False, allow_unicode=True) if lines else ""


def _licence_lines(plan: Plan, findings: Sequence[Finding]) -> dict[str, object]:
    """Return the licence that is to be named: the one planned if it will do, else what arrives."""
    tags = [f for f in findings if f.check == "licence-tag" and f.section is not None]
    wanted = [f for f in tags if f.outcome is not Outcome.NOT_APPLICABLE]
    if all(f.outcome is Outcome.PASSED for f in wanted):
        return _as_planned(plan)
    known = licences.load().licences
    arriving = [known[f.licence] for f in wanted if f.licence and f.licence in known]
    if not arriving:
        return _as_planned(plan)
    listed = [licence.hub_ids[0] for licence in arriving if licence.hub_ids]
    if len(listed) == len(arriving):
        return {"license": listed[0] if len(listed) == 1 else listed}
    one = next(licence for licence in arriving if not licence.hub_ids)
    name = one.names[0] if one.names else one.id
    return {"license": "other", "license_name": name, "license_link": one.url}


def _as_planned(plan: Plan) -> dict[str, object]:
    if not plan.licences:
        return {}
    told: dict[str, object] = {
        "license": plan.licences[0] if len(plan.licences) == 1 else [*plan.licences]
    }
    if plan.licence_name:
        told["license_name"] = plan.licence_name
    return told | ({"license_link": plan.licence_link} if plan.licence_link else {})
