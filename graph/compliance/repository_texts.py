"""What a repository holds: the texts that were read, and the files that were seen but not read.

A check looks at every text that could hold what it seeks, and says ``unknown`` while one that could
was not fetched. Required words are looked for leniently: case, typography, Markdown and full stops
do not count. The Agreement quotes the words that it asks for; there they are a clause, not the
display or the notice itself, and do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from graph.catalogue import licences
from graph.catalogue.licences import Obligation
from graph.catalogue.model import Artifact
from graph.compliance.normalise import LOOKED_AT, excerpt, may_hold, unescaped, words

CARD = "README.md"
_COULD_HOLD = re.compile(r"licen[sc]e|^copying|^notice|\.md$", re.IGNORECASE)
_LICENCE = re.compile(r"licen[sc]e|^copying", re.IGNORECASE)
_BEYOND = " " * (LOOKED_AT + 1)  # stands for a text that was not read
_NOT_PROSE = re.compile(r"\.(json|jsonl|ya?ml|jinja2?|py|toml|csv)$", re.IGNORECASE)
_NOTICE = re.compile(r"notice", re.IGNORECASE)
_USE_POLICY = re.compile(r"(acceptable[\s_.\-]?)?use[\s_.\-]?policy", re.IGNORECASE)


class Place(NamedTuple):
    """A text and where it stands: a file, or the front matter of the card."""

    field: str
    text: str


def places(artifact: Artifact) -> Iterator[Place]:
    """Yield the texts that could hold words of a licence, in order of name; the card in two parts.

    Front matter is read as people see it: with the escapes of its quoted strings undone.
    """
    for name, text in sorted(artifact.files.items()):
        if name.lower() == CARD.lower():
            front, body = _parted(text)
            if front:
                part = "extra_gated_prompt" if "extra_gated_prompt" in front else "front"
                yield Place(f"{name}: {part}", front)
            yield Place(name, body)
        elif not _NOT_PROSE.search(name):
            yield Place(name, excerpt(text))


def card(artifact: Artifact) -> str | None:
    """Return the card's text below its front matter; None where the card was not read.

    A card that the whole file list does not name is an empty one.
    """
    for name, text in artifact.files.items():
        if name.lower() == CARD.lower():
            return _parted(text)[1]
    listed = artifact.siblings
    return "" if listed is not None and CARD.lower() not in map(str.lower, listed) else None


def unread(artifact: Artifact) -> tuple[str, ...]:
    """Return what could hold a licence and was not read, or not to its end: files, their list."""
    if artifact.siblings is None:
        missing = () if card(artifact) is not None else (CARD,)
        return (*missing, "the file list")
    listed = {*artifact.siblings, *artifact.files}
    return tuple(
        name
        for name in sorted(filter(could_hold, listed))
        if len(artifact.files.get(name, _BEYOND)) > LOOKED_AT
    )


def could_hold(name: str) -> bool:
    """Tell by its name whether a file could be a licence: LICENSE, COPYING, NOTICE, any .md."""
    return _COULD_HOLD.search(_base(name)) is not None


def is_licence(name: str) -> bool:
    """Tell by its name whether a file is where a licence's text is looked for first."""
    return _LICENCE.search(_base(name)) is not None


def is_notice(name: str) -> bool:
    """Tell whether a file is a Notice by its name, whatever its case and ending."""
    return _NOTICE.match(_base(name)) is not None


def use_policies(artifact: Artifact) -> list[str]:
    """Return the files that are a use policy by their names."""
    names = {*artifact.files, *(artifact.siblings or ())}
    return sorted(name for name in names if _USE_POLICY.match(_base(name)))


def _base(name: str) -> str:
    return name.rpartition("/")[2]


@lru_cache(maxsize=8)  # several checks look at one card
def _parted(text: str) -> tuple[str, str]:
    """Part a card into front matter and body, of each as much as is looked at."""
    text = text.removeprefix("\ufeff")
    end = text.find("\n---", 3) if text.startswith("---") else -1
    if end < 0:
        return "", excerpt(text)
    return unescaped(excerpt(text[3:end])), excerpt(text[end + 4 :])


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
