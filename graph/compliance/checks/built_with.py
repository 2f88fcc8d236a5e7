"""The words "Built with …" are displayed: 1.b.i(B) of Llama 3 and later.

A website, user interface, blog post, about page or product documentation may show them; the card
is the one of these that a repository holds.
"""

from __future__ import annotations

from graph.catalogue.model import Outcome
from graph.compliance.case import Case, Verdict, unknown
from graph.compliance.check import Check, Sees
from graph.compliance.display import displays, meets
from graph.compliance.policies import Policy
from graph.compliance.repository_texts import CARD, card, places

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
    if _shows(case, text):
        told = f'The card says "{case.required}".'
        return case.says(Outcome.PASSED, told, CARD, case.required)
    return _not_there(case, text)


def _shows(case: Case, text: str) -> bool:
    return any(meets(shown, case.required, case.licence.id) for shown in displays(text))


def _not_there(case: Case, text: str) -> Verdict:
    if shown := displays(text):
        said = shown[0].text
        other = f'The card says "{said}", and the clause asks for "{case.required}".'
        return case.says(case.chosen(OTHER_VERSION), other, CARD, said)
    elsewhere = [p.field for p in places(case.artifact) if _shows(case, p.text)]
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
