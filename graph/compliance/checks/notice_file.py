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
    strict=Outcome.FAILED,
)
OTHER_VERSION = Policy(
    "notice_other_version",
    "A Notice file has other words than the clause gives, such as another version's. There "
    "is a Notice.",
    strict=Outcome.FAILED,
)


def _judge(case: Case) -> Verdict:
    """Look for the notice in everything that was read, in Notice files first."""
    told = sorted(places(case.artifact), key=lambda place: not is_notice(place.field))
    for place in told:
        if holds(place.text, case.obligation):
            return _passed(case, place)
    for place in filter(lambda place: is_notice(place.field), told):
        if (shown := _other_words(case, place)) is not None:
            return _review(case, place, shown)
    if left := unread(case.artifact):
        return not_found("No notice was found in what was read", case, left)
    absent = f"No file holds the notice.{_reach(case)}"
    return Verdict(case.chosen(ABSENT), absent, case.files_read())


def _passed(case: Case, place: Place) -> Verdict:
    note = "" if is_notice(place.field) else ", which is not a Notice file; that is noted only"
    seen = case.seen(place.field, case.required)
    return Verdict(Outcome.PASSED, f"The notice stands in {place.field}{note}.", seen)


def _other_words(case: Case, place: Place) -> str | None:
    others = other_versions(place.text, case.obligation)
    near = _NEAR.search(words(place.text)) if may_hold(place.text, "llama") else None
    return others[0] if others else near[1].strip() if near else None


def _review(case: Case, place: Place, shown: str) -> Verdict:
    return Verdict(
        case.chosen(OTHER_VERSION),
        f'{place.field} says "{shown}", which are not the words that the clause gives.',
        case.seen(place.field, shown),
    )


def _reach(case: Case) -> str:
    if "derivative works" in case.obligation.quote:
        return " The clause reaches derivative works too."
    return " The clause speaks of copies of the Llama Materials."


CHECK = Check(
    "notice-file",
    _judge,
    lambda case: f'Add a text file NOTICE that says "{case.required}"',
    order=50,
    sees=Sees.TEXTS,
    weights=True,
    paste=lambda release: (
        "Add a text file NOTICE with this line.",
        release.duty.required or "",
    ),
)
