"""Several repositories in one text: a list in words, or ids and addresses within a sentence."""

from __future__ import annotations

import re

from graph.evidence.reference.held import ADDRESS_IN, held, is_known, is_path
from graph.evidence.reference.meaning import Reference

_SEPARATOR = re.compile(
    r"[,;|\n]|\s\+\s|\+(?=\w+/)|\s&\s|\s(?:and|und|et|y|e|with)\s|\s?(?:->|=>|→)\s?"
)
_ID = re.compile(r"(?<![\w/.\-])\w[\w.\-]{0,95}/[\w.\-]{1,96}(?![\w/])", re.ASCII)
_DENIED = re.compile(r"\b(?:not|no|unlike|without|never)\b", re.IGNORECASE)
MAX_PARTS = 50


def parts(text: str) -> list[str]:
    """Return the parts of a text that may each name one; nothing where it has but one."""
    if is_path(text):
        return []
    found = [part for part in _SEPARATOR.split(text, MAX_PARTS) if part.strip()]
    return found if len(found) > 1 else []


def within(text: str, prefix: str) -> list[Reference]:
    """Return the ids that a text holds beside words, or one after the other.

    Beside words an id must be one that the rosters know, or have its address.
    """
    if _DENIED.search(text):
        return []
    found = [one for part in parts(text) if (one := held(part, prefix, listed=True))]
    found += [one for a in ADDRESS_IN.finditer(text) if (one := held(a.group(), prefix))]
    known = (one.group() for one in _ID.finditer(ADDRESS_IN.sub(" ", text)))
    found += [prefix + one for one in known if is_known(one)]
    return [Reference(one) for one in found]
