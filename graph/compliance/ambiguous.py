"""Findings where the version is not told: one of several licences arrives, and nobody knows which.

Where all of them would say the same, that is the finding; else it is `unknown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from graph.catalogue.model import Artifact, Finding, InheritedLicence, Outcome
from graph.compliance.judge import judge
from graph.compliance.policies import DEFAULT, Policies
from graph.compliance.verdict_cache import VerdictCache

TELL = "Name the base model in the card (`base_model`), so that the licence is known."
_ASIDE = {Outcome.NOT_APPLICABLE, Outcome.INFO}


def judge_all(
    artifact: Artifact,
    inherited_licences: Sequence[InheritedLicence],
    *,
    licensor: bool,
    rivals: bool,
    policies: Policies = DEFAULT,
    whole: bool = True,
    cache: VerdictCache | None = None,
) -> list[Finding]:
    """Judge what arrives for sure, and beside it what may arrive, as one finding a check.

    Without ``whole``, duties that do not apply are left out; see `judge` for ``cache``.
    """
    sure = [inherited for inherited in inherited_licences if inherited.sure]
    perhaps = [inherited for inherited in inherited_licences if not inherited.sure]
    told = partial(
        judge, artifact, licensor=licensor, rivals=rivals, policies=policies, cache=cache
    )
    found = told(sure, whole=whole)
    if perhaps:
        each = groupby(told(perhaps), key=lambda finding: finding.check)
        merged = (_one(list(same)) for _, same in each)
        found += [f for f in merged if whole or f.outcome is not Outcome.NOT_APPLICABLE]
    return found


def _one(findings: list[Finding]) -> Finding:
    """Return one finding for a check that was held against every licence that may arrive."""
    said = {finding.outcome for finding in findings}
    versions = ", ".join(sorted({f.licence for f in findings if f.licence}))
    note = f"Which licence arrives is not told (one of {versions})."
    last = findings[-1]._replace(licence=None)  # the newest licence's words are the likeliest
    if len(said) == 1:
        return last._replace(message=f"{last.message} {note}", remedy=last.remedy and TELL)
    outcome, remedy = Outcome.UNKNOWN, TELL
    if said <= _ASIDE:
        outcome, remedy = Outcome.NOT_APPLICABLE, ""
    return last._replace(outcome=outcome, message=f"{note} They differ on this.", remedy=remedy)
