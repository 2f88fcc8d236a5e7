"""The attribution notice is kept in a "Notice" text file: 1.b.iii, section 3 of LLaMA 1.

The clause speaks of copies of the Llama Materials; whether it reaches derivative works is not said
(LLaMA 1 says so). The notice counts in any file, with a note where that is not a Notice file.
"""

from __future__ import annotations

import re

from graph.catalogue.model import Outcome
from graph.compliance.case import Case, Verdict, not_found
from graph.compliance.check import Check, Sees
from graph.compliance.normalise import may_hold, words
from graph.compliance.policies import Policy
from graph.compliance.repository_texts import (
    Place,
    holds,
    is_notice,
    other_versions,
    places,
    unread,
)

_NEAR = re.compile(r" ((?:meta )?llama [\d. ]{0,8}is licensed under .{0,80})")

ABSENT = Policy(
    "notice_absent",
    "No file holds the notice. 1.b.iii speaks of copies of the Llama Materials, not of "
    "derivative works; Meta's own folders show none.",
)
OTHER_VERSION = Policy(
    "notice_other_version",
    "A Notice file has other words than the clause gives, such as another version's. There "
    "is a Notice.",
)


def _judge(case: Case) -> Verdict:
    """Look for the notice in everything that was read, in Notice files first."""
    told = sorted(places(case.artifact), key=lambda place: not is_notice(place.field))
    for place in told:
        if holds(place.text, case.obligation):
            return _passed(case, place)
    for field, text in told:
        if is_notice(field) and (shown := _other_words(case, text)) is not None:
            said = f'{field} says "{shown}", which are not the words that the clause gives.'
            return case.says(case.chosen(OTHER_VERSION), said, field, shown)
    if left := unread(case.artifact):
        return not_found("No notice was found in what was read", case, left)
    derived = "derivative works" in case.obligation.quote
    reach = "reaches derivative works too" if derived else "speaks of copies of the Llama Materials"
    absent = f"No file holds the notice. The clause {reach}."
    return case.nowhere(case.chosen(ABSENT), absent)


def _passed(case: Case, place: Place) -> Verdict:
    note = "" if is_notice(place.field) else ", which is not a Notice file; that is noted only"
    told = f"The notice stands in {place.field}{note}."
    return case.says(Outcome.PASSED, told, place.field, case.required)


def _other_words(case: Case, text: str) -> str | None:
    others = other_versions(text, case.obligation)
    near = _NEAR.search(words(text)) if may_hold(text, "llama") else None
    return others[0] if others else near[1].strip() if near else None


CHECK = Check(
    "notice-file",
    _judge,
    lambda case: f'Add a text file NOTICE that says "{case.required}"',
    order=50,
    sees=Sees.TEXTS,
    weights=True,
    paste=lambda release: ("Add a text file NOTICE with this line.", release.duty.required or ""),
)
