"""Texts brought to the form in which they are compared: what a reader would call the same.

No-break spaces, curly quotes, hyphens at line ends, white space, Markdown, HTML tags, case and
punctuation make no difference (``normalisation`` of the licence data, and somewhat beyond). Every
step takes time in proportion to the text, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

_HEAD = 30_000
LOOKED_AT = 120_000  # characters of one text; the longest Agreement has 13,000
SHORT = 3  # words: below that, a list's mark or a heading

_ENTITIES = {
    "&quot;": '"', "&ldquo;": '"', "&rdquo;": '"', "&nbsp;": " ", "&amp;": "&", "&copy;": " ",
    "&#39;": "'", "&rsquo;": "'", "&lt;": "<", "&gt;": ">",
}  # fmt: skip
_MARKS = {
    "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u00ad": "", "\\": "", "*": "", "`": "",
    "(c)": " ",
}  # fmt: skip
_LINK = re.compile(r"\]\([^()]{0,400}\)")
_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|center|code|details|div|em|h[1-6]|i|li|ol|p|pre|span|strong|summary"
    r"|ul)\b[^<>]{0,200}>"
)
_QUOTED = re.compile(r"\n[ \t]{0,8}>[> ]{0,8}")
_DEFINITION = re.compile(
    r'"[a-z][a-z0-9\s.]{0,40}"(?:\s{1,40}or\s{1,40}"[a-z ]{1,20}")?\s{1,40}means\b'
)
_DATE = re.compile(r"\b[0-9]{1,2}, 20[0-9][0-9]\b")
_HEADING = re.compile(
    r"(?:version (?:release|effective) date|llama .*license agreement|^[a-z]+ \d+ \d{4})$"
)
_END = re.compile(r"[.;:!?][^\w\s]{0,6}\s|\n[ \t\r]{0,40}\n", re.ASCII)
_WORD = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)*")
_TITLED = re.compile(r"^[ \t]{0,3}#{1,6}[ \t][^\n]{0,300}$", re.MULTILINE)
_ANCHORS = ("license agreement", "licence agreement", "community license", "community licence")
_ESCAPED = re.compile(r"\\(?:u([0-9a-f]{4})|x([0-9a-f]{2}))", re.IGNORECASE)
_ESCAPES = {"\\n": "\n", "\\L": "\n", "\\P": "\n", "\\r": "\n", '\\"': '"', "\\t": " ", "\\_": " "}
_CONTINUED = re.compile(r"\\\r?\n[ \t]{0,40}\\?")


@lru_cache(maxsize=32)
def plain(text: str) -> str:
    """Return a text's lower-case words without the marks of Markdown, HTML and typography."""
    text = excerpt(text).lower()
    for mark, meant in (_ENTITIES | _MARKS).items() if "&" in text else _MARKS.items():
        text = text.replace(mark, meant)
    text = _QUOTED.sub("\n", text) if ">" in text else text
    text = _LINK.sub("]", text) if "](" in text else text
    return _TAG.sub(" ", text) if "<" in text else text


def excerpt(text: str) -> str:
    """Return a long text's beginning, and its part from where it first names an agreement."""
    return text if len(text) <= LOOKED_AT else _excerpt(text)


@lru_cache(maxsize=4)  # a long text is asked for by each check
def _excerpt(text: str) -> str:
    low = text.lower()  # and finding words in it: a tenth of the time of a pattern without case
    found = [place for anchor in _ANCHORS if (place := low.find(anchor, _HEAD)) >= 0]
    start = max(_HEAD, min(found) - 2000) if found else _HEAD
    return f"{text[:_HEAD]}\n\n{text[start : start + LOOKED_AT - _HEAD - 2]}"


@lru_cache(maxsize=32)
def words(text: str) -> str:
    """Return a text's words and numbers, one space between two and at both ends.

    A letter before a digit parts them: ``llama3`` reads as ``llama 3``, ``3.1`` stays whole.
    """
    return f" {' '.join(_WORD.findall(plain(text)))} "


def may_hold(text: str, told: str) -> bool:
    """Tell whether all of some folded words are in a text, in any order and within others.

    Where it says no, `words` of the text do not hold them; it takes a tenth of the time.
    """
    folded = plain(text)
    return all(word in folded for word in told.split())


@lru_cache(maxsize=32)
def sentences(text: str) -> tuple[str, ...]:
    """Return the words of each sentence, in order, without headings and a list's marks."""
    return tuple(" ".join(unit) for unit in units(text, 2 * SHORT - 2) if len(unit) >= SHORT)


def units(text: str, longer_than: int = 0) -> Iterator[list[str]]:
    """Yield the words of each part between full stops, paragraphs and definitions."""
    parted = _DEFINITION.sub(r"\n\n\g<0>", _DATE.sub(r"\g<0>\n\n", plain(text)))
    parted = _TITLED.sub(r"\n\n\g<0>\n\n", parted) if "#" in parted else parted
    return (_WORD.findall(unit) for unit in _END.split(parted) if len(unit) > longer_than)


def is_heading(sentence: str) -> bool:
    """Tell whether a sentence is a licence's title or date, which no copy depends on."""
    return _HEADING.search(sentence[-120:]) is not None


def mark(sentence: str) -> str:
    """Return a sentence's fingerprint."""
    return blake2b(sentence.encode(), digest_size=4).hexdigest()


def unescaped(front: str) -> str:
    """Return a card's front matter with the escapes of double-quoted YAML undone."""
    if "\\" not in front:
        return front
    front = _CONTINUED.sub("", front)
    for escape, meant in _ESCAPES.items():
        front = front.replace(escape, meant)
    return _ESCAPED.sub(lambda m: chr(int(m[1] or m[2], 16)), front)


def head(text: str) -> str:
    """Return a text's first words, fit to be shown and stored."""
    shown = "".join(char if char.isprintable() else " " for char in text[:400])
    return " ".join(shown.split())[:100]
