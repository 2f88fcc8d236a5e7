"""Required words in a text, leniently: case, typography, Markdown and full stops do not count.

The Agreement quotes the words that it asks for. There they are a clause, not the display or the
notice itself, and do not count.
"""

from __future__ import annotations

from functools import cache

from graph.compliance import library
from graph.compliance.folding import words
from graph.compliance.library import Obligation


def holds(text: str, duty: Obligation) -> bool:
    """Tell whether a text bears the words a duty requires, other than in the clause itself."""
    return _bears(words(text), words(duty.required or ""), _lead(duty))


def other_versions(text: str, duty: Obligation) -> list[str]:
    """Return the words of other versions' like duties that a text bears."""
    told = words(text)
    required = {
        other.required: other
        for licence in library.load().licences.values()
        if (other := licence.obligations.get(duty.check)) and other.required
        and words(other.required) != words(duty.required or "")
    }  # fmt: skip
    return sorted(
        wanted for wanted, other in required.items() if _bears(told, words(wanted), _lead(other))
    )


@cache
def _lead(duty: Obligation) -> str:
    """Return the two words before the required ones in the clause."""
    before, found, _ = words(duty.quote).partition(words(duty.required or "").rstrip())
    return " ".join(before.split()[-2:]) if found else ""


def _bears(told: str, wanted: str, lead: str) -> bool:
    start = told.find(wanted)
    while start >= 0:
        if not lead or not told[:start].endswith(f" {lead}"):
            return True
        start = told.find(wanted, start + 1)
    return False
