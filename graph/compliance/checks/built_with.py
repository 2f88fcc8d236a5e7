"""The words "Built with …" are displayed: 1.b.i(B) of Llama 3 and later.

A website, user interface, blog post, about page or product documentation may show them; the card
is the one of these that a repository holds.
"""

from __future__ import annotations

import re

from graph.catalogue.model import Outcome
from graph.compliance.case import Case, Verdict, beyond, of_an_adapter
from graph.compliance.normalise import plain, words
from graph.compliance.phrases import holds, other_versions
from graph.compliance.repository_texts import CARD, card, places

_NEAR = re.compile(
    r" ((?:built|made|powered|improved|created) (?:with|by|using) (?:meta )?llama)\b"
)
# The same before words are parted, which takes ten times as long; it may find too much.
_PERHAPS = re.compile(
    r"(?:built|made|powered|improved|created)[^a-z0-9]+(?:with|by|using)[^a-z0-9]+"
    r"(?:meta[^a-z0-9]+)?llama"
)


def check(case: Case) -> Verdict:
    """Look for the words on the card."""
    if (out := beyond(case)) is not None:
        return out
    text = card(case.artifact)
    required = case.obligation.required or ""
    if text is None:
        return Verdict(
            Outcome.UNKNOWN,
            f'The card was not fetched, so whether it says "{required}" is not known.',
            "Fetch the card.",
            case.seen(CARD, "not fetched"),
        )
    if holds(text, case.obligation):
        return Verdict(
            Outcome.PASSED, f'The card says "{required}".', evidence=case.seen(CARD, required)
        )
    return of_an_adapter(case, _not_there(case, text, required))


def _not_there(case: Case, text: str, required: str) -> Verdict:
    remedy = f'Write "{required}" on the card, where a reader sees it.'
    near = _NEAR.search(words(text)) if _PERHAPS.search(plain(text)) else None
    shown = other_versions(text, case.obligation) or ([near[1]] if near else [])
    if shown:
        return Verdict(
            case.policies.display_other_version,
            f'The card says "{shown[0]}", and the clause asks for "{required}".',
            remedy,
            case.seen(CARD, shown[0]),
        )
    elsewhere = [p.field for p in places(case.artifact) if holds(p.text, case.obligation)]
    beside = f"; {elsewhere[0]} does" if elsewhere else ""
    return Verdict(
        case.policies.display_absent,
        f'The card does not say "{required}"{beside}; it may be displayed elsewhere.',
        remedy,
        case.seen(CARD, "no such words"),
    )
