"""LLaMA 1 and what it produced serve non-commercial research alone: 2.a, with the grant of 1.a.

The clause binds use, which a repository cannot show. A tag that allows others commercial use is
the sign that it holds, for review: that the tag names other terms is `licence-tag`'s to say, and
one fact fails a model once at the most.
"""

from __future__ import annotations

import re

from graph.catalogue import licences
from graph.catalogue.model import Outcome
from graph.compliance.case import Case, Verdict, unknown
from graph.compliance.check import Beyond, Check, Sees
from graph.compliance.policies import Policy

_RESEARCH = re.compile(r"(?:^|-)(?:nc|noncommercial|research)(?:-|$)")

COMMERCIAL = Policy(
    "commercial_tag",
    "A tag that allows commercial use on what came from LLaMA 1. The clause binds use; a tag "
    "is only a sign. `licence-tag` fails the tag itself, and one fact fails once.",
    strict=Outcome.REVIEW,
)


def _judge(case: Case) -> Verdict:
    """Look at the declared licence for terms that allow commercial use."""
    declared = case.artifact.licences
    if declared is None:
        seen = case.seen("license", "not fetched")
        return unknown("Neither tags nor card were fetched.", seen, "record")
    outcome, told = _told(case, declared)
    return case.says(outcome, told, "license", ", ".join(declared) or "none")


def _told(case: Case, declared: tuple[str, ...]) -> tuple[Outcome, str]:
    if wide := ", ".join(one for one in declared if _commercial(one)):
        return case.chosen(COMMERCIAL), (
            f"The tag names {wide}, which allows commercial use; the licence that arrives does not."
        )
    if any(_narrow(case, one) for one in declared):
        return Outcome.PASSED, "The tag names terms for non-commercial use."
    told = "The clause binds use, which a repository cannot show; no tag speaks of commercial use."
    return Outcome.INFO, told


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


CHECK = Check(
    "non-commercial",
    _judge,
    lambda _: "Say on the card that the model serves non-commercial research alone.",
    order=80,
    beyond=Beyond(dataset=None, outputs=None),
    sees=Sees.TAGS,
)
