"""Duties that Herdbook knows of and does not judge yet."""

from __future__ import annotations

from graph.compliance.case import Case, Verdict, not_applicable
from graph.model import Kind, Outcome


def check(case: Case) -> Verdict:
    """Say that the duty is there and that nothing was looked at for it."""
    if case.licensor:
        return not_applicable("The licensor's own repository: the duty is a licensee's.")
    if case.artifact.kind is Kind.DATASET:
        return not_applicable("The clause speaks of models.")
    if case.by_outputs and case.obligation.check != "outputs-training":
        return not_applicable("No weights of the licensed model arrive.")
    return Verdict(
        Outcome.UNKNOWN,
        f"{case.licence.title} asks for this in {case.obligation.section}; "
        "Herdbook does not look at the facts for it yet.",
        "Read the clause and see for yourself whether it is met.",
    )
