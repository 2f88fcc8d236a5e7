"""A model's name, or words about one, cut into tokens that do not depend on how it is written.

"Llama3.1-8B", "llama 3.1 8 b" and "LLAMA_3_1_8B" are the same tokens. Where words run together,
those that are known part them: "metaLlama", "rufalcon3". Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_RUN = re.compile(
    r"[A-Za-z]{4,}?(?=[vV]\d)|[A-Za-z]{2,}"  # "llamav2" is two
    r"|[A-Za-z]?\d+(?:\.\d+)?(?:[A-Za-z]{1,3}(?![A-Za-z])[A-Za-z0-9]*)?|[A-Za-z]|\+"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")  # "DeepPhi" is two words
_LETTERED = re.compile(r"(\d(?:\.\d)?)(?:it|v|vl)")
_SAME = {"chat": "instruct", "it": "instruct", "inst": "instruct", "pt": "base", "+": "plus"}
_BILLION, _CLOSE = frozenset(("b", "billion")), frozenset(("", " ", "-"))  # "70 billion", "70-b"
SIZE = re.compile(r"(?:\d+x)?\d+(?:\.\d+)?[bm]")
LONG = 5  # letters from which on a word is itself at the end of another


class Token(NamedTuple):
    """A part of a text as it is compared, and where in the text it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)  # there is one: what is read by it is kept by its identity
class Vocabulary:
    """The words that are whole, those that part others, and how numbers behind them are written.

    What is ``joined`` is one word also where it is written in two. A stem parts whatever it stands
    in, a long ending what it ends, and a short one what it stands in by a capital letter.
    ``numbers`` leads from each way of writing a version ("v2", "3.0", "31") to one.
    """

    words: frozenset[str]
    joined: frozenset[str]
    stems: frozenset[str]
    endings: frozenset[str]
    numbers: Mapping[str, str]


def cut(text: str, known: Vocabulary) -> list[Token]:
    """Cut a text into tokens."""
    found: list[Token] = []
    before = ""
    for run in _RUN.finditer(text):
        for part, at in _parts(run.group(), known):
            start, told = run.start() + at, part
            if before in known.stems:
                told = _version(part, known)
            elif part in _BILLION or part.isdecimal() or before + part in known.joined:
                told = _whole(found, part, text, start, known) or part
                if told is not part:
                    start = found.pop().start
            found.append(Token(_SAME.get(told, told), start, run.start() + at + len(part)))
            before = told
    return found


@lru_cache(maxsize=1 << 15)  # the same words come again and again
def _parts(run: str, known: Vocabulary) -> tuple[tuple[str, int], ...]:
    """Return a run's words with their places: it is one where it is known, or holds none known."""
    low = run.lower()
    if len(run) > 2 and low not in known.words and run.isalpha():
        for stem in known.stems:
            if (place := low.find(stem)) >= 0:
                return _within(run, (0, place, place + len(stem), len(run)), known)
        humps = (0, *(found.start() for found in _CAMEL.finditer(run)), len(run))
        if any(low[a:b] in known.endings for a, b in pairwise(humps) if b - a < len(run)):
            return _within(run, humps, known)
        for length in range(len(low) - 1, LONG - 1, -1):
            if low[-length:] in known.endings:
                return (low[:-length], 0), (low[-length:], len(low) - length)
    return ((low, 0),)


def _within(run: str, places: tuple[int, ...], known: Vocabulary) -> tuple[tuple[str, int], ...]:
    inner = ((a, _parts(run[a:b], known)) for a, b in pairwise(places) if a < b)
    return tuple((part, a + at) for a, parts in inner for part, at in parts)


def _version(part: str, known: Vocabulary) -> str:
    """Return a version in its one form; "3.2V" is one with a letter behind it."""
    lettered = _LETTERED.fullmatch(part)
    return known.numbers.get(lettered[1] if lettered else part, part)


def _whole(found: list[Token], part: str, text: str, start: int, known: Vocabulary) -> str | None:
    """Return the one word, size or version that the last token and a part make."""
    if not found:
        return None
    before = found[-1].text
    if before + part in known.joined:
        return before + part
    if part in _BILLION:
        close = text[found[-1].end : start] in _CLOSE
        return f"{before}b" if close and before[-1].isdigit() else None
    number = f"{before}.{part}"
    is_version = len(found) > 1 and found[-2].text in known.stems and number in known.numbers
    return number if is_version else None
