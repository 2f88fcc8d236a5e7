"""The words "Built with …" are displayed: 1.b.i(B) of Llama 3 and later.

A website, user interface, blog post, about page or product documentation may show them; the card
is the one of these that a repository holds.
"""

from __future__ import annotations

import re

from graph.catalogue.model import Outcome
from graph.compliance.case import Case, Verdict, unknown
from graph.compliance.check import Check, Sees
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
    strict=Outcome.REVIEW,
)
OTHER_VERSION = Policy(
    "display_other_version",
    "The card shows other words than the clause gives, such as another version's. \"Built "
    'with Llama" under Llama 3, or the reverse.',
)


def _judge(case: Case) -> Verdict:
    """Look for the words on the card."""
    text = card(case.artifact)
    if text is None:
        why = f'The card was not fetched, so whether it says "{case.required}" is not known.'
        return unknown(why, case.seen(CARD, "not fetched"), "card")
    if holds(text, case.obligation):
        told = f'The card says "{case.required}".'
        return case.says(Outcome.PASSED, told, CARD, case.required)
    return _not_there(case, text)


def _not_there(case: Case, text: str) -> Verdict:
    near = _NEAR.search(words(text)) if _PERHAPS.search(plain(text)) else None
    shown = other_versions(text, case.obligation) or ([near[1]] if near else [])
    if shown:
        other = f'The card says "{shown[0]}", and the clause asks for "{case.required}".'
        return case.says(case.chosen(OTHER_VERSION), other, CARD, shown[0])
    elsewhere = [p.field for p in places(case.artifact) if holds(p.text, case.obligation)]
    beside = f"; {elsewhere[0]} does" if elsewhere else ""
    told = f'The card does not say "{case.required}"{beside}; it may be displayed elsewhere.'
    return case.says(case.chosen(ABSENT), told, CARD, "no such words")


def _todo(required: str | None) -> str:
    return f'Write "{required}" on the card, where a reader sees it.'


CHECK = Check(
    "built-with",
    _judge,
    lambda case: _todo(case.required),
    order=40,
    sees=Sees.TEXTS,
    weights=True,
    paste=lambda release: (_todo(release.duty.required), release.duty.required or ""),
)
