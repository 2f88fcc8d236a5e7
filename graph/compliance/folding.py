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

LOOKED_AT = 200_000  # characters of one text; the longest Agreement has 13,000
SHORT = 3  # words: below that, a list's mark or a heading

_ENTITIES = {
    "&quot;": '"', "&ldquo;": '"', "&rdquo;": '"', "&nbsp;": " ", "&amp;": "&", "&copy;": " ",
    "&#39;": "'", "&rsquo;": "'", "&lt;": "<", "&gt;": ">",
}  # fmt: skip
_MARKS = {"\u201c": '"', "\u201d": '"', "\u00a0": " ", "\\": "", "*": "", "`": "", "(c)": " "}
_LINK = re.compile(r'\]\([^()\s]{0,400}(?: "[^"\n]{0,100}")?\)')
_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|center|code|details|div|em|h[1-6]|i|li|ol|p|pre|span|strong|summary"
    r"|ul)\b[^<>]{0,200}>"
)
_HYPHEN = re.compile(r"-[ \t]{0,8}(?:\r?\n[ \t]{0,40})?")
_DEFINITION = re.compile(r'"[a-z][a-z0-9 .]{0,40}"(?: or "[a-z ]{1,20}")? means\b')
_END = re.compile(r"[.;:!?][^\w\s]{0,6}\s|\n[ \t\r]{0,40}\n", re.ASCII)
_WORD = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)*")
_ANCHOR = re.compile(r"licen[sc]e agreement|community licen[sc]e")
_ESCAPED = re.compile(r"\\(?:u([0-9a-f]{4})|x([0-9a-f]{2}))", re.IGNORECASE)
_CONTINUED = re.compile(r"\\\r?\n[ \t]{0,40}\\?")


@lru_cache(maxsize=32)
def plain(text: str) -> str:
    """Return a text's lower-case words without the marks of Markdown, HTML and typography."""
    text = excerpt(text.lower())
    for mark, meant in (_ENTITIES | _MARKS).items() if "&" in text else _MARKS.items():
        text = text.replace(mark, meant)
    text = _LINK.sub("]", text) if "](" in text else text
    text = _TAG.sub(" ", text) if "<" in text else text
    return _HYPHEN.sub("", text)


def excerpt(text: str) -> str:
    """Return a long text's part from where it first names a licence agreement."""
    if len(text) <= LOOKED_AT:
        return text
    found = _ANCHOR.search(text)
    start = max(0, found.start() - 2000) if found else 0
    return text[start : start + LOOKED_AT]


@lru_cache(maxsize=32)
def words(text: str) -> str:
    """Return a text's words and numbers, one space between two and at both ends.

    A letter before a digit parts them: ``llama3`` reads as ``llama 3``, ``3.1`` stays whole.
    """
    return f" {' '.join(_WORD.findall(plain(text)))} "


@lru_cache(maxsize=32)
def sentences(text: str) -> tuple[str, ...]:
    """Return the words of each sentence, in order, without headings and a list's marks."""
    return tuple(" ".join(unit) for unit in units(text, 2 * SHORT - 2) if len(unit) >= SHORT)


def units(text: str, longer_than: int = 0) -> Iterator[list[str]]:
    """Yield the words of each part between full stops, paragraphs and definitions."""
    parted = _DEFINITION.sub(lambda found: f"\n\n{found.group()}", plain(text))
    return (_WORD.findall(unit) for unit in _END.split(parted) if len(unit) > longer_than)


def mark(sentence: str) -> str:
    """Return a sentence's fingerprint."""
    return blake2b(sentence.encode(), digest_size=4).hexdigest()


def unescaped(front: str) -> str:
    """Return a card's front matter with the escapes of double-quoted YAML undone."""
    if "\\" not in front:
        return front
    front = _CONTINUED.sub("", front).replace("\\n", "\n").replace('\\"', '"').replace("\\t", " ")
    return _ESCAPED.sub(lambda m: chr(int(m[1] or m[2], 16)), front)
