"""Whether a text displays the words "Built with …", as a reader of the card sees them.

Case, markup, images' words, badges, line breaks, dashes and marks (®, ™) make no difference. Words
that only speak of the display do not count: a licence's own text, and a sentence that tells others
to show them. Neither do tools that bear the name, such as LLaMA-Factory and llama.cpp.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import unquote_plus

from graph.compliance.normalise import excerpt

_JOINT = "\u2060"  # stands for markup between two letters, which no reader sees
_LOOK_BACK, _LOOK_ON = 500, 160  # characters of the sentence that are looked at
_INVISIBLE = re.compile(
    r"<!--.{0,20000}?-->|<(style|script)\b.{0,20000}?</\1>|[\u00ad\u200b-\u200d\ufeff]", re.DOTALL
)
_BADGE = re.compile(r"shields\.io/(?:badge/|static/v1\?)([^\s)\"'<>]{3,300})", re.IGNORECASE)
_IMAGE = re.compile(
    r"!\[([^\[\]]{0,200})\](?:\(([^()\s]{0,400})[^()\n]{0,100}\)|\[[^\[\]]{0,80}\])"
)
_HTML_IMAGE = re.compile(r"<img\b[^<>]{0,800}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(?:alt|title|src)\s*=\s*(?:\"([^\"<>]{0,400})\"|'([^'<>]{0,400})')")
_LINK = re.compile(r"\[([^\[\]]{0,300})\](?:\([^()]{0,400}\)|\[[^\[\]]{0,80}\])")
_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|td|th|tr|table|center|hr|blockquote|details|summary|pre)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\b[^<>]{0,40}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,400}>", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*{1,3}|~~|`{1,3}|\\|(?<![A-Za-z0-9])_{1,3}|_{1,3}(?![A-Za-z0-9])")
_QUOTED = re.compile(r"\n[ \t]{0,8}>[> ]{0,8}")

_SENTENCE = re.compile(
    r"[.!?][\"'”’)*]{0,3}\s|\n\s{0,40}\n|\n\s{0,12}(?:[-*+#|•]|\d{1,2}[.)]\s)|\|"
)
_SHOW = (
    r"(?:add|bear|carry|credit|display|feature|include|indicate|keep|mention|place|print|put|retain"
    r"|say|show|state|write|words?|phrase)"
)
_WHO = (
    r"you|your|users?|anyone|whoever|everyone|developers?|deployers?|licensees?|downstream"
    r"|distributors?|redistribut\w+|third part(?:y|ies)"
)
_ASKED = (
    rf"{_WHO}|must|should|shall|please|needs? to|ha(?:s|ve) to|required? to|requires?|requiring"
    r"|ensure|make sure|remember|(?:do not|don['’]t) forget|obligation to|obliged to|asks?"
)
_TOLD = re.compile(rf"\b(?:{_ASKED})\b.*?\b{_SHOW}(?:s|ed|ing|ly)?\b", re.DOTALL | re.IGNORECASE)
_ORDER = re.compile(
    rf"\W*(?:prominently\s+)?{_SHOW}\b[^.:]*\Z|.*\bprominently\s+\w+\W*\Z"
    r"|.*\b(?:needs?|requires?|asks? for|calls for|demands?)(?: the (?:words?|phrase))?[^\w:,]*\Z",
    re.DOTALL | re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:we|us|our)\b", re.IGNORECASE)
_OTHERS = re.compile(rf"\b(?:{_WHO})\b", re.IGNORECASE)
_DENIED = re.compile(r"(?:\b(?:not|never)|n['’]t)\W{1,3}(?:\w+\W{1,3})?\Z", re.IGNORECASE)
_OWED_AFTER = re.compile(
    r"\W*(?:\w+\W+){0,5}?(?:must|should|shall|needs? to|has to|have to|is to be|(?:is|are)"
    r" required)\b|[\"'”’]?\s+(?:up)?on (?:a|any|your|the) (?:related )?(?:website|user interface"
    r"|blog|about page)",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s?(?:[®™]|\((?:r|tm)\))|\u2060", re.IGNORECASE)
# Joined to what follows, or one of these words after it: a tool's name, not the model's.
_JOINED = re.compile(r"[-._/]?[a-z]|[-_](?![-_\s])(?!\d)", re.IGNORECASE)
_TOOL = re.compile(
    r"\s(?:adapter|agents?|api|board|cloud|cookbook|cpp|deploy|factory|file|guard|hub|index|parse"
    r"|recipes|runner|server|stack|swap)\b",
    re.IGNORECASE,
)
_VERSION = re.compile(r"[\s\-_]{0,3}v?(\d{1,2}(?:\.\d{1,2})?)(?![\w%])(?!\.\d)", re.IGNORECASE)


class Shown(NamedTuple):
    """Words about Llama that a text displays: as they stand there, and the version they name."""

    text: str
    verb: str
    meta: bool
    version: str | None


_PHRASE = re.compile(
    r"(?<![a-z0-9\-])(built|made|powered|improved|created)[^a-z0-9]{1,24}(?:with|by|using)[^a-z0-9]{1,24}"
    r"(?:(meta)[^a-z0-9]{1,12})?llama",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def displays(text: str) -> tuple[Shown, ...]:
    """Return what a text displays of the kind "Built with Llama", in order."""
    if "llama" not in text.lower():
        return ()
    return tuple(_found(visible(text)))


def _found(text: str) -> Iterator[Shown]:
    for found in _PHRASE.finditer(text):
        after = text[found.end() : found.end() + _LOOK_ON]
        after = _MARK.sub("", after[:4]) + after[4:]
        version = _VERSION.match(after)
        if not version and (_JOINED.match(after) or _TOOL.match(after)):
            continue
        rest = after[version.end() :] if version else after
        if _only_told(text[: found.start()], rest):
            continue
        told = found.group() + (version.group() if version else "")
        words = " ".join(re.sub(f"[{_JOINT}\\s]+", " ", told).split())
        yield Shown(words, found[1].lower(), found[2] is not None, version and version[1])


def _only_told(before: str, after: str) -> bool:
    """Tell whether a sentence speaks of the display, to others or to deny it."""
    before = before[-_LOOK_BACK:]
    ends = [end.end() for end in _SENTENCE.finditer(before)]
    start = before[ends[-1] :] if ends else before
    if not re.search(r"\w", start) and before.rstrip().endswith(":"):
        start = before[ends[-2] if len(ends) > 1 else 0 :]  # "add the following:", and the words
    if _DENIED.search(start) or _OWED_AFTER.match(after):
        return True
    told = _TOLD.search(start)
    if told and _OURS.search(start) and not _OTHERS.search(start):
        return False  # "the licence requires us to say"
    return told is not None or _ORDER.match(start) is not None


def visible(text: str) -> str:
    """Return a text as a reader sees it: images by their words, links by theirs, no markup."""
    text = _INVISIBLE.sub("", excerpt(text).replace("\r\n", "\n"))
    text = _IMAGE.sub(lambda m: f" {m[1]} {_badge(m[2] or '')} ", text)
    text = _HTML_IMAGE.sub(lambda m: f" {_words_of(m[0])} ", text)
    text = _LINK.sub(r"\1", text)
    text = _BREAK.sub("\n", _BLOCK.sub("\n\n", text))
    text = html.unescape(_TAG.sub(_JOINT, text))
    return _EMPHASIS.sub(_JOINT, _QUOTED.sub("\n", text))


def _words_of(image: str) -> str:
    told = (one or other for one, other in _ATTRIBUTE.findall(image))
    return " ".join(_badge(value) if "://" in value else value for value in told)


def _badge(address: str) -> str:
    """Return the words that a badge of shields.io shows, which stand in its address."""
    if not (found := _BADGE.search(address)):
        return ""
    told = unquote_plus(re.sub(r"&(?:amp;)?(?:message|label)=|(?:message|label)=", " ", found[1]))
    return re.sub(r"[-_]+", " ", re.split(r"[?&]", told)[0].rpartition("-")[0] or told)


@cache
def wanted(required: str) -> tuple[bool, str | None]:
    """Return whether the required words name Meta, and the version that they name."""
    version = re.search(r"\d[\d.]*", required)
    return "meta" in required.lower(), version and version[0]


def meets(shown: Shown, required: str, licence: str) -> bool:
    """Tell whether what is shown are the words that a licence requires.

    Where they name no version, that of the licence may follow: "Built with Llama 3.1". With Meta's
    name before them they count where they name no other version.
    """
    meta, version = wanted(required)
    own = re.sub(r"[^\d.]", "", licence)
    if shown.verb != "built":
        return False
    if version:
        return shown.meta is meta and shown.version == version
    if shown.version is None or shown.version == own:
        return True
    return not shown.meta and shown.version.split(".")[0] == own.split(".")[0]
