"""LLaMA 1 and what it produced serve non-commercial research alone: 2.a, with the grant of 1.a.

The clause binds use, which a repository cannot show. A tag that allows others commercial use is
the sign that it holds, for review: that the tag names other terms is `licence-tag`'s to say, and
one fact fails a model once at the most.
"""

from __future__ import annotations

import re

from graph.catalogue import licences
from graph.catalogue.model import Outcome
from graph.compliance.case import Case, Verdict, not_applicable

_RESEARCH = re.compile(r"(?:^|-)(?:nc|noncommercial|research)(?:-|$)")


def check(case: Case) -> Verdict:
    """Look at the declared licence for terms that allow commercial use."""
    if case.licensor:
        return not_applicable("The licensor's own repository: the duty is a licensee's.")
    declared = case.artifact.licences
    if declared is None:
        return Verdict(
            Outcome.UNKNOWN,
            "Neither tags nor card were fetched.",
            "Fetch the record.",
            case.seen("license", "not fetched"),
        )
    seen = case.seen("license", ", ".join(declared) or "none")
    if wide := [one for one in declared if _commercial(one)]:
        return Verdict(
            case.policies.commercial_tag,
            f"The tag names {', '.join(wide)}, which allows commercial use; the licence that "
            "arrives does not.",
            "Say on the card that the model serves non-commercial research alone.",
            seen,
        )
    if any(_narrow(case, one) for one in declared):
        return Verdict(Outcome.PASSED, "The tag names terms for non-commercial use.", evidence=seen)
    return Verdict(
        Outcome.INFO,
        "The clause binds use, which a repository cannot show; no tag speaks of commercial use.",
        "Say on the card that the model serves non-commercial research alone.",
        seen,
    )


def _commercial(declared: str) -> bool:
    """Open licences allow it, other makers' mostly do, and so do the later Llama licences."""
    known = licences.load()
    if any(licence.kind == "open-weight" for licence in known.named_by(declared)):
        return True
    return known.class_of(declared) in ("open", "vendor")


def _narrow(case: Case, declared: str) -> bool:
    own = case.licence.is_named_by(declared)
    narrower = licences.load().class_of(declared) == "narrower"
    return own or (narrower and _RESEARCH.search(declared) is not None)
