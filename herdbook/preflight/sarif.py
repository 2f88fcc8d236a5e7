"""Findings as SARIF 2.1.0, the form in which code hosts show them beside the code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from importlib.metadata import version
from typing import Any

from graph.catalogue.licences import load
from graph.catalogue.model import Finding, Outcome
from graph.preflight import Answer
from graph.preflight.gate import UNRESOLVED, Before, key, reaches, stood
from herdbook.output.rendering import NO_ADVICE

Json = dict[str, Any]
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
CARD = "README.md"
_UNRESOLVED = "What a model is made from and trained on can be told"
_LEVELS = {
    Outcome.FAILED: "error",
    Outcome.REVIEW: "warning",
    Outcome.UNKNOWN: "note",
    Outcome.INFO: "note",
}


def of_plans(
    answers: Sequence[Answer],
    level: Outcome,
    *,
    card: str | None = None,
    before: Before | None = None,
) -> Json:
    """Return what is said of planned models as one document, with what could not be resolved."""
    found = [finding for answer in answers for finding in (*answer.findings, *_open(answer))]
    return document(found, level, card=card, before=before)


def _open(answer: Answer) -> Iterable[Finding]:
    """Yield what is not known of a plan's references in a finding's form; the licence is the text
    that names it, so that each is told apart."""
    for one in (*answer.unresolved, *answer.guessed):
        yield Finding(answer.plan.id, UNRESOLVED, Outcome.UNKNOWN, one.reference, message=one.why)


def document(
    findings: Iterable[Finding],
    level: Outcome = Outcome.FAILED,
    *,
    card: str | None = None,
    before: Before | None = None,
) -> Json:
    """Return findings as one SARIF document; what passed or does not apply is left out.

    What reaches ``level`` is an error. ``card`` is the path of the card, where there is one; else
    a result's place is the artifact's id. ``before`` is what a baseline holds, by which a result
    is new or unchanged.
    """
    shown = [finding for finding in findings if finding.outcome in _LEVELS]
    checks = list(dict.fromkeys(finding.check for finding in shown))
    rules = [_rule(check, [f for f in shown if f.check == check]) for check in checks]
    driver = {"name": "Herdbook", "version": version("herdbook"), "rules": rules}
    results = [_result(f, checks.index(f.check), level, card, before) for f in shown]
    run = {"tool": {"driver": driver}, "results": results, "columnKind": "unicodeCodePoints"}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(check: str, findings: Sequence[Finding]) -> Json:
    """Return a check with the clauses that its findings rest on."""
    clauses = dict.fromkeys((f.licence or "", f.section, f.quote) for f in findings if f.quote)
    told = [f"{_title(licence)}, {section}: “{quote}”" for licence, section, quote in clauses]
    text = "\n\n".join([*told, NO_ADVICE])
    rule: Json = {
        "id": check,
        "name": "".join(word.capitalize() for word in check.split("-")),
        "shortDescription": {
            "text": _UNRESOLVED if check == UNRESOLVED else f"Duty: {check.replace('-', ' ')}"
        },
        "help": {"text": text},
    }
    urls = [one.url for licence, _, _ in clauses if (one := load().licences.get(licence))]
    return {**rule, "helpUri": urls[0]} if urls else rule


def _title(licence: str) -> str:
    known = load().licences.get(licence)
    return known.title if known else "The licence that arrives"


def _result(
    finding: Finding, rule: int, level: Outcome, card: str | None, before: Before | None
) -> Json:
    text = " ".join(part for part in (finding.message, finding.remedy) if part)
    mark = blake2b(repr(key(finding)).encode(), digest_size=16).hexdigest()
    told: Json = {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": "error" if reaches(finding.outcome, level) else _LEVELS[finding.outcome],
        "message": {"text": text},
        "locations": [_place(finding, card)],
        "partialFingerprints": {"herdbook/v1": mark},
        "properties": {
            "outcome": finding.outcome.value,
            "licence": finding.licence if finding.check != UNRESOLVED else None,
            "section": finding.section,
        },
    }
    if before is not None:
        same = stood(key(finding), finding.outcome, before)
        told["baselineState"] = "unchanged" if same else "new"
    return told


def _place(finding: Finding, card: str | None) -> Json:
    if card is None:
        return {"logicalLocations": [{"fullyQualifiedName": finding.artifact, "kind": "module"}]}
    return {"physicalLocation": {"artifactLocation": {"uri": card}, "region": {"startLine": 1}}}
