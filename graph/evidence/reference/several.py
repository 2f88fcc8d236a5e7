"""Several repositories in one text: a list in words, or ids and addresses within a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.evidence.reference.held import ADDRESS_IN, held, is_known
from graph.evidence.reference.meaning import Reference

_SEPARATOR = re.compile(
    r"[,;|\n]|\s\+\s|\+(?=\w+/)|\s&\s|\s(?:and|und|et|y|e|with)\s|\s?(?:->|=>|→)\s?"
)
_ID = re.compile(r"(?<![\w/.\-])\w[\w.\-]{0,95}/[\w.\-]{1,96}(?![\w/])", re.ASCII)
_DENIED = re.compile(r"\b(?:not|no|unlike|without|never)\b", re.IGNORECASE)
MAX_PARTS = 50


def parts(text: str) -> list[str]:
    """Return the parts of a text that may each name one; nothing where it has but one."""
    found = [part for part in _SEPARATOR.split(text, MAX_PARTS) if part.strip()]
    return found if len(found) > 1 else []


def within(text: str, prefix: str) -> Iterator[Reference]:
    """Yield the repositories whose addresses or known ids stand within words."""
    if " " not in text.strip() or _DENIED.search(text):
        return
    for found in ADDRESS_IN.finditer(text):
        if told := held(found.group(), prefix, listed=True):
            yield Reference(told)
    for found in _ID.finditer(ADDRESS_IN.sub(" ", text)):
        if is_known(found.group()):
            yield Reference(prefix + found.group())
