"""The words "Built with …" are displayed: 1.b.i(B) of Llama 3 and later.

A website, user interface, blog post, about page or product documentation may show them; the card
is the one of these that a repository holds.
"""

from __future__ import annotations

import re

from graph.catalogue.model import Outcome
from graph.compliance.case import Case, Verdict, unknown
from graph.compliance.check import Check, Release, Sees
from graph.compliance.normalise import plain, words
from graph.compliance.policies import Policy
from graph.compliance.repository_texts import CARD, card, holds, other_versions, places

_NEAR = re.compile(
    r" ((?:built|made|powered|improved|created) (?:with|by|using) (?:meta )?llama)\b"
)
# The same before words are parted, which takes ten times as long; it may find too much.
_PERHAPS = re.compile(
    r"(?:built|made|powered|improved|created)[^a-z0-9]+(?:with|by|using)[^a-z0-9]+"
    r"(?:meta[^a-z0-9]+)?llama"
)

ABSENT = Policy(
    "display_absent",
    "The words are not on the card. A website, user interface, blog post or documentation "
    "may show them.",
)
OTHER_VERSION = Policy(
    "display_other_version",
    "The card shows other words than the clause gives, such as another version's. \"Built "
    'with Llama" under Llama 3, or the reverse.',
    strict=Outcome.FAILED,
)


def _judge(case: Case) -> Verdict:
    """Look for the words on the card."""
    text = card(case.artifact)
    if text is None:
        return unknown(
            f'The card was not fetched, so whether it says "{case.required}" is not known.',
            case.seen(CARD, "not fetched"),
            "card",
        )
    if holds(text, case.obligation):
        return Verdict(
            Outcome.PASSED, f'The card says "{case.required}".', case.seen(CARD, case.required)
        )
    return _not_there(case, text)


def _not_there(case: Case, text: str) -> Verdict:
    near = _NEAR.search(words(text)) if _PERHAPS.search(plain(text)) else None
    shown = other_versions(text, case.obligation) or ([near[1]] if near else [])
    if shown:
        return Verdict(
            case.chosen(OTHER_VERSION),
            f'The card says "{shown[0]}", and the clause asks for "{case.required}".',
            case.seen(CARD, shown[0]),
        )
    elsewhere = [p.field for p in places(case.artifact) if holds(p.text, case.obligation)]
    beside = f"; {elsewhere[0]} does" if elsewhere else ""
    return Verdict(
        case.chosen(ABSENT),
        f'The card does not say "{case.required}"{beside}; it may be displayed elsewhere.',
        case.seen(CARD, "no such words"),
    )


def _todo(required: str) -> str:
    return f'Write "{required}" on the card, where a reader sees it.'


def _paste(release: Release) -> tuple[str, str]:
    required = release.duty.required or ""
    return _todo(required), required


CHECK = Check(
    "built-with",
    _judge,
    lambda case: _todo(case.required),
    order=40,
    sees=Sees.TEXTS,
    weights=True,
    paste=_paste,
)
