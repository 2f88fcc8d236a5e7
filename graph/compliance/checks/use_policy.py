"""The Acceptable Use Policy is adhered to: 1.b.iv. It binds conduct, which no repository shows."""

from __future__ import annotations

from graph.catalogue.model import Outcome
from graph.compliance.case import Case, Verdict
from graph.compliance.check import Check, Sees
from graph.compliance.repository_texts import use_policies


def _judge(case: Case) -> Verdict:
    """Say that the policy binds, and which file tells of it."""
    seen = use_policies(case.artifact)
    beside = f" {seen[0]} stands in the repository, which nothing asks for." if seen else ""
    return Verdict(
        Outcome.INFO,
        "The use policy binds conduct, which a repository cannot show; no copy of it is asked for."
        + beside,
        case.seen(seen[0], "present") if seen else (),
    )


CHECK = Check(
    "use-policy",
    _judge,
    lambda _: "Keep to the policy, and tell those who use the model of it.",
    order=60,
    sees=Sees.TEXTS,
)
