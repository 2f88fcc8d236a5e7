"""Where in a sentence a model is named, whatever its language: a link, an id, or a name's words."""

from __future__ import annotations

import re

from graph.catalogue.naming import resolve
from graph.evidence.mentions import Mention, mention
from graph.evidence.prose import CLOSE, OPEN

_REACH = 120  # characters before an end in which its name begins
_WORDS = re.compile(r"[A-Za-z0-9][\w.+/:\-]{0,100}", re.ASCII)
_FIRST = re.compile(r"[A-Za-z][\w.+/:\-]{0,100}", re.ASCII)
_TOKEN = re.compile(
    r" ?(?:[A-Z0-9][\w.+/:\-]{0,100}|[a-z][\w.\-]{0,60}[/\d][\w.+/:\-]{0,80}"
    r"|(?:instruct|chat|base|hf|it|large|small|mini|medium|preview|distill)(?![\w\-]))",
    re.ASCII,
)
# Where a model's name may end: at a link's end, or at a word's that no link follows.
ENDS = re.compile(rf"{CLOSE}|[\w.+/:\-]*[A-Za-z0-9](?![\w+/:\-{OPEN}{CLOSE}]|\.\w)", re.ASCII)


def named_at(text: str, place: int, beside: re.Pattern[str]) -> Mention | None:
    """Return the model named at a place; words ``beside`` a name are none of its own."""
    if text.startswith(OPEN, place):
        return mention(text, place)
    first = _FIRST.match(text, place)
    if first is None:
        return None
    end = first.end()
    while (more := _TOKEN.match(text, end)) and not beside.match(text, end + 1):
        end = more.end()
    at = end + (text[end : end + 1] == " ")
    if text.startswith(OPEN, at):
        end = text.find(CLOSE, at) + 1
    return mention(text[:end], place)


def named_before(text: str, end: int) -> tuple[int, Mention | None]:
    """Return where the model begins that is named right before a place, and it."""
    low = max(0, end - _REACH)
    linked = text.rfind(OPEN, 0, end) if text[end - 1 : end] == CLOSE else -1
    starts = _name_starts(text, low, linked if linked >= 0 else end)
    if linked >= 0:
        return min([linked, *starts]), mention(text[:end], linked)
    found = [(n, one) for n in starts if (one := mention(text[:end], n)) and one.end == end]
    told = [pair for pair in found if pair[1].id] or found
    return told[0] if told else (end, None)


def _name_starts(text: str, low: int, end: int) -> list[int]:
    """Return where the words begin, first to last, that are a name's and end at a place."""
    starts: list[int] = []
    for word in reversed([*_WORDS.finditer(text, low, end)]):
        if end - word.end() > 1 or text[word.end() : end].strip():
            break
        if not _TOKEN.fullmatch(word.group()) and (starts or resolve(word.group()) is None):
            break
        end = word.start()
        starts.insert(0, end)
    return starts
