"""Required words in a text, leniently: case, typography, Markdown and full stops do not count.

The Agreement quotes the words that it asks for. There they are a clause, not the display or the
notice itself, and do not count.
"""

from __future__ import annotations

from functools import cache

from graph.catalogue import licences
from graph.catalogue.licences import Obligation
from graph.compliance.normalise import may_hold, words


def holds(text: str, duty: Obligation) -> bool:
    """Tell whether a text bears the words a duty requires, other than in the clause itself."""
    return _bears(text, words(duty.required or ""), _lead(duty))


def other_versions(text: str, duty: Obligation) -> list[str]:
    """Return the words of other versions' like duties that a text bears."""
    return [required for required, wanted, lead in _others(duty) if _bears(text, wanted, lead)]


@cache
def _others(duty: Obligation) -> list[tuple[str, str, str]]:
    """Return what other versions' like duties require: as written, folded, and what leads there."""
    duties = (one.obligations.get(duty.check) for one in licences.load().licences.values())
    required = {other.required: other for other in duties if other and other.required}
    own = words(duty.required or "")
    told = [(wanted, words(wanted), _lead(other)) for wanted, other in sorted(required.items())]
    return [one for one in told if one[1] != own]


@cache
def _lead(duty: Obligation) -> str:
    """Return the two words before the required ones in the clause."""
    before, found, _ = words(duty.quote).partition(words(duty.required or "").rstrip())
    return " ".join(before.split()[-2:]) if found else ""


def _bears(text: str, wanted: str, lead: str) -> bool:
    if not may_hold(text, wanted):
        return False
    told = words(text)
    start = told.find(wanted)
    while start >= 0:
        if not lead or not told[:start].endswith(f" {lead}"):
            return True
        start = told.find(wanted, start + 1)
    return False
