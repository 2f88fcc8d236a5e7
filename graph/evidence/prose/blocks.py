"""A card taken apart: paragraphs, list items, headings and rows of tables, each with its line.

Code is passed over. Cards are hostile: lines and lengths are bounded, every pattern's repeats too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from graph.evidence.card import split

MAX_CARD = 200_000
MAX_LINES = 5_000
MAX_PARAGRAPH = 4_000
MAX_LEAD = 300
MAX_CELLS = 24

_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")
_ITEM = re.compile(r"[\s>]{0,12}(?:[-*+•]|\d{1,2}[.)])\s")
_HTML_ITEM = re.compile(r"\s{0,12}(?:<[uo]l[^<>]{0,80}>\s{0,4})?<li[^<>]{0,80}>", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}\s{0,4}(.{0,300}?)\s{0,4}#{0,6}$")
_HTML_HEADING = re.compile(r"\s{0,8}<(h[1-6])\b[^<>]{0,200}>(.{0,400})</\1>", re.IGNORECASE)
_ROW, _END_ROW = re.compile(r"<tr\b", re.IGNORECASE), re.compile(r"</tr>", re.IGNORECASE)
_TAGS = re.compile(r"<(?!/?a\b)[^<>]{1,200}>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^<>]{0,200}>", re.IGNORECASE)
# How lines begin that stand alone, may be items, or may open a fence.
_ALONE, _ITEMS, _FENCES = frozenset("#|@") | {""}, frozenset("-*+•<0123456789"), frozenset("`~")
_COLONS = frozenset(":：")
_RULE = re.compile(r"[\s|:\-]{3,}")


class Place(StrEnum):
    """Where in a card a text stands."""

    TEXT = "text"
    ITEM = "item"
    HEADING = "heading"
    ROW = "row"


class Block(NamedTuple):
    """A part of a card, with the line it begins on, and in small letters.

    ``lead`` is what a list or a section says of what stands in it: the paragraph before the list,
    if it ends with a colon, or the heading. ``level`` is a heading's.
    """

    text: str
    line: int
    place: Place
    low: str
    lead: str = ""
    level: int = 0


@lru_cache(maxsize=4)  # several signals read the same card, one after the other
def blocks(card: str) -> tuple[Block, ...]:
    """Return the blocks of a card's body, in order."""
    return tuple(_led(_blocks(card)))


def _blocks(card: str) -> Iterator[Block]:
    fence = ""
    held: list[str] = []
    first, place, row = 0, Place.TEXT, False
    for number, line in _lines(card):
        bare = line.lstrip(" >\t")
        begins = bare[:1]
        if fence or begins in _FENCES:
            opened = fence
            fence = _fenced(bare, fence)
            if opened or fence:
                if held:
                    yield _block("\n".join(held), first, place)
                    held = []
                continue
        row = row or (begins == "<" and _ROW.search(bare) is not None)
        alone = not row and (
            begins in _ALONE or bare.isspace() or (begins == "<" and _HTML_HEADING.match(bare))
        )
        item = not row and begins in _ITEMS and (_ITEM.match(line) or _HTML_ITEM.match(line))
        if held and (item or alone):
            yield _block("\n".join(held), first, place)
            held = []
        if alone:
            yield from _alone(bare, number)
            continue
        if not held:
            first, place = number, Place.ITEM if item else Place.TEXT
        held.append(line)
        if row and (_END_ROW.search(line) or len(held) > MAX_CELLS * 4):
            told = _TAGS.sub("", _CELL.sub("|", " ".join(held)[: MAX_PARAGRAPH * 2]))
            yield _block("|" + told.partition("|")[2], first, Place.ROW)
            held, row = [], False
    if held:
        yield _block("\n".join(held), first, place)


def _lines(card: str) -> Iterator[tuple[int, str]]:
    head = card[: MAX_CARD * 2]
    front, body = split(head)
    offset = head.count("\n", 0, len(head) - len(body)) if front else 0
    return enumerate(body[:MAX_CARD].split("\n", MAX_LINES)[:MAX_LINES], offset + 1)


def _fenced(bare: str, fence: str) -> str:
    """Return the fence that holds after a line; a span that fills its line opens none."""
    found = _FENCE.match(bare)
    if fence:
        closes = found and found.group(1).startswith(fence) and not bare.strip().strip(fence[0])
        return "" if closes else fence
    return found.group(1) if found else ""


def _alone(bare: str, number: int) -> Iterator[Block]:
    """Yield a heading or a table's row; other lines that stand alone tell nothing."""
    if bare[:1] == "|":
        yield _block(bare, number, Place.ROW)
    elif bare[:1] == "#" and (found := _HEADING.match(bare.rstrip())):
        level = len(bare) - len(bare.lstrip("#"))
        yield _block(found.group(1), number, Place.HEADING, level)
    elif bare[:1] == "<" and (found := _HTML_HEADING.match(bare)):
        yield _block(found.group(2), number, Place.HEADING, int(found.group(1)[1]))


def _block(text: str, line: int, place: Place, level: int = 0) -> Block:
    kept = text[:MAX_PARAGRAPH]
    return Block(kept, line, place, "" if place is Place.ROW else kept.lower(), level=level)


def _led(found: Iterator[Block]) -> Iterator[Block]:
    """Tell each item what leads its list, and the first text below a heading the heading."""
    lead, inner, last = "", "", Place.TEXT
    for block in found:
        ends = len(block.text) <= MAX_LEAD and block.text.rstrip(" *_\n")[-1:] in _COLONS
        if block.place is Place.HEADING:
            lead, inner = f"{block.text.strip(' :*')}:", ""
            yield block
        elif block.place is Place.ITEM:
            deeper = inner and block.text[:2].isspace()
            inner = inner if deeper else ""
            yield _with(block, inner or lead)
            inner = block.text if ends else inner
        elif block.place is Place.TEXT:
            yield _with(block, lead if last is Place.HEADING else "")
            lead, inner = block.text if ends else "", ""
        else:
            yield block
        last = block.place


def _with(block: Block, lead: str) -> Block:
    if not lead:
        return block
    return Block(block.text, block.line, block.place, block.low, lead)


def cells(row: str) -> list[str]:
    """Return the cells of a table's row; none of the line below the head."""
    if _RULE.fullmatch(row):
        return []
    return [cell.strip() for cell in row.strip().strip("|").split("|")[:MAX_CELLS]]
