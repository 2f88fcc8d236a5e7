"""A card's prose: its sentences, each with its line, and with links to the Hub marked.

Cards are hostile: what is read is bounded, every pattern has bounded repeats, and only
paragraphs that hold a word that is looked for are taken apart. Links are read, never followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.evidence.card import split
from graph.evidence.record import valid_id

MAX_CARD = 200_000
MAX_LINES = 5_000
MAX_PARAGRAPH = 4_000
MAX_SENTENCE = 700
MAX_PARAGRAPHS = 150  # that hold a word looked for; the largest real card has 40

OPEN, CLOSE = "\ue000", "\ue001"  # of the private use area: about the id a link leads to
_PRIVATE = re.compile(f"[{OPEN}{CLOSE}]")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\]\(([^()\s]{0,300})[^()\n]{0,100}\)")
_HTML_LINK = re.compile(
    r"<a\s[^<>]{0,200}?href=[\"']([^\"'<>]{0,300})[\"'][^<>]{0,200}>([^<>]{0,200})</a>"
)
_URL = re.compile(r"https?://[^\s<>()\[\]\"'`,\u0080-\U0010ffff]{3,300}")  # ends at CJK
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{3,300})>")
_HUB = re.compile(
    r"https?:/{1,2}(?:www\.)?(?:huggingface\.co|hf\.co)/(datasets/)?([\w.\-]{1,96}/[\w.\-]{1,96})(?:[/?#]|$)"
)
_PAGES = re.compile(
    r"spaces|docs|blog|papers|models|collections|datasets|api|organizations|posts", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>\n]{1,300}>")
_EMPHASIS = re.compile(r"\*{1,3}|_{2,3}|`|\[optional\]")
_ITEM = re.compile(r"\s{0,12}(?:[-*+•]|\d{1,2}[.)])\s")
_END = re.compile(r"(?<=[.!?])[\"')\]*_]{0,3}\s+(?=[^a-z\s])|(?<=。)")
_CITED = re.compile(
    r"\s*(?:@\w+\{|(?:title|author|journal|booktitle|howpublished|url)\s*=|\[\d+\]\s)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its markup, links as ``text OPEN id CLOSE``, and the line it begins on."""

    text: str
    line: int


def sentences(card: str, words: Iterable[str]) -> Iterator[Sentence]:
    """Yield the sentences of a card's body from paragraphs in which one of some words stands.

    Headings, tables, code and references are passed over: they speak of other things too often.
    """
    looked_for, taken = tuple(words), 0
    for line, paragraph in paragraphs(card):
        low = paragraph.lower()
        if not any(word in low for word in looked_for):
            continue
        taken += 1
        if taken > MAX_PARAGRAPHS:
            return
        for start, text in _split(paragraph):
            told = text.lower()
            if not any(word in told for word in looked_for):
                continue
            clean = plain(text)[:MAX_SENTENCE]
            if clean and not _CITED.match(clean):
                yield Sentence(clean, line + paragraph.count("\n", 0, start))


def paragraphs(card: str) -> Iterator[tuple[int, str]]:
    """Yield paragraphs and list items with the line of the card on which each begins."""
    front, body = split(card[: MAX_CARD * 2])
    offset = card.count("\n", 0, len(card[: MAX_CARD * 2]) - len(body)) if front else 0
    lines = body[:MAX_CARD].split("\n", MAX_LINES)[:MAX_LINES]
    held: list[str] = []
    fenced, first = False, 0
    for number, line in enumerate(lines, offset + 1):
        bare = line.lstrip(" >\t")
        fence = bare.startswith(("```", "~~~"))
        ends = fence or fenced or not bare.strip() or bare.startswith(("#", "|", "@"))
        if held and (ends or _ITEM.match(line)):
            yield first, "\n".join(held)[:MAX_PARAGRAPH]
            held = []
        fenced ^= fence
        if not ends:
            first = first if held else number
            held.append(line)
    if held:
        yield first, "\n".join(held)[:MAX_PARAGRAPH]


def plain(text: str) -> str:
    """Return a text without markup: links to the Hub marked, others by their words."""
    bare = _PRIVATE.sub("", text)
    bare = _AUTOLINK.sub(r" \1 ", bare)
    bare = _LINK.sub(lambda m: m.group(1) + _mark(m.group(2)), bare)
    bare = _HTML_LINK.sub(lambda m: m.group(2) + _mark(m.group(1)), bare)
    bare = _URL.sub(lambda m: _mark(m.group(0).rstrip(".")), bare)
    bare = _EMPHASIS.sub("", _TAG.sub(" ", bare))
    return " ".join(bare.split()).lstrip("-*+•> ")


def unmarked(text: str) -> str:
    """Return a sentence as people read it, for evidence."""
    return re.sub(f"{OPEN}[^{CLOSE}]{{0,220}}{CLOSE}", "", text)


def _mark(address: str) -> str:
    found = _HUB.match(address)
    if not found or _PAGES.fullmatch(found.group(2).partition("/")[0]):
        return ""
    repository = found.group(2).rstrip(".")
    return f"{OPEN}{found.group(1) or ''}{repository}{CLOSE}" if valid_id(repository) else ""


def _split(paragraph: str) -> Iterator[tuple[int, str]]:
    start = 0
    for found in _END.finditer(paragraph):
        yield start, paragraph[start : found.start()]
        start = found.end()
    yield start, paragraph[start:]
