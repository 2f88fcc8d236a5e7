"""The attribution notice is kept in a "Notice" text file: 1.b.iii, section 3 of LLaMA 1.

The clause speaks of copies of the Llama Materials; whether it reaches derivative works is not said
(LLaMA 1 says so). The notice counts in any file, with a note where that is not a Notice file.
"""

from __future__ import annotations

import re

from graph.catalogue.model import Outcome
from graph.compliance.case import Case, Verdict, beyond, of_an_adapter
from graph.compliance.normalise import may_hold, words
from graph.compliance.phrases import holds, other_versions
from graph.compliance.repository_texts import Place, is_notice, places, unread

_NEAR = re.compile(r" ((?:meta )?llama [\d. ]{0,8}is licensed under .{0,80})")


def check(case: Case) -> Verdict:
    """Look for the notice in everything that was read, in Notice files first."""
    if (out := beyond(case)) is not None:
        return out
    return of_an_adapter(case, _found(case))


def _found(case: Case) -> Verdict:
    told = sorted(places(case.artifact), key=lambda place: not is_notice(place.field))
    for place in told:
        if holds(place.text, case.obligation):
            return _passed(case, place)
    for place in filter(lambda place: is_notice(place.field), told):
        if (shown := _other_words(case, place)) is not None:
            return _review(case, place, shown)
    if left := unread(case.artifact):
        return Verdict(
            Outcome.UNKNOWN,
            f"No notice was found in what was read; not fetched: {', '.join(left[:5])}.",
            "Fetch the files.",
            case.seen("files", "not fetched"),
        )
    return Verdict(
        case.policies.notice_absent,
        f"No file holds the notice.{_reach(case)}",
        _remedy(case),
        case.seen("files", f"read: {', '.join(sorted(case.artifact.files)[:8]) or 'none'}"),
    )


def _passed(case: Case, place: Place) -> Verdict:
    note = "" if is_notice(place.field) else ", which is not a Notice file; that is noted only"
    seen = case.seen(place.field, case.obligation.required or "")
    return Verdict(Outcome.PASSED, f"The notice stands in {place.field}{note}.", evidence=seen)


def _other_words(case: Case, place: Place) -> str | None:
    others = other_versions(place.text, case.obligation)
    near = _NEAR.search(words(place.text)) if may_hold(place.text, "llama") else None
    return others[0] if others else near[1].strip() if near else None


def _review(case: Case, place: Place, shown: str) -> Verdict:
    return Verdict(
        case.policies.notice_other_version,
        f'{place.field} says "{shown}", which are not the words that the clause gives.',
        _remedy(case),
        case.seen(place.field, shown),
    )


def _reach(case: Case) -> str:
    if "derivative works" in case.obligation.quote:
        return " The clause reaches derivative works too."
    return " The clause speaks of copies of the Llama Materials."


def _remedy(case: Case) -> str:
    return f'Add a text file NOTICE that says "{case.obligation.required}"'
