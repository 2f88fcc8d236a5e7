"""A card's sentences, each with its line: of its paragraphs, and where asked for of all of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from graph.evidence.prose.blocks import Block, Place, blocks, cells
from graph.evidence.prose.markup import BEGIN, marked

MAX_SENTENCE = 700
MAX_BLOCKS = 150  # that hold a word looked for; the largest real card has 40
MAX_ROWS = 200  # of tables

_STOPS = ".!?。"  # are of the sentence that they end
_END = re.compile(  # begins with one of some letters, which is quicker than a choice
    r"[.!?。<\n](?:(?<=[.!?])(?<!based on\?)[\"')\]*_]{0,3}\s+(?=[^a-z\s])|(?<=。)"
    r"|(?<=<)br ?/?>\s{0,4}"
    r"|(?<=\n)(?=[ \t]{0,4}(?:\*\*[^*\n]{2,40}(?::\*\*|\*\* ?:)|[A-Z][\w ]{2,30}:\s)))"
)
_NUMBERED = re.compile(r"\A[\s>]{0,12}\d{1,2}[.)]\s")  # an item's number ends no sentence
_CITED = re.compile(
    r"\s*(?:@\w+\{|(?:title|author|journal|booktitle|howpublished|url)\s*=|\[\d+\]\s)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its markup, and the line it begins on.

    Links to the Hub are ``text OPEN id CLOSE``, with BEGIN before them where `of_block` gives it.
    ``level`` is a heading's; ``lead`` is how
    many letters of what leads a list stand before the item.
    """

    text: str
    line: int
    place: Place = Place.TEXT
    level: int = 0
    lead: int = 0


def sentences(card: str, words: Iterable[str]) -> Iterator[Sentence]:
    """Yield the sentences of a card's body from paragraphs in which one of some words stands.

    Headings, tables, code and references are passed over: they speak of other things too often.
    """
    looked_for, taken = any_of(frozenset(words)), 0
    for block in blocks(card):
        if block.place is Place.ROW or block.place is Place.HEADING:
            continue
        if not looked_for.search(block.low):
            continue
        taken += 1
        if taken > MAX_BLOCKS:
            return
        for one in of_block(block, looked_for):
            yield replace(one, text=one.text.replace(BEGIN, ""))


def in_lists_too(
    card: str,
    words: re.Pattern[str],
    also: Callable[[str], object] = lambda _: False,
    is_told: Callable[[Block], bool] = lambda _: True,
) -> Iterator[Sentence]:
    """Yield the sentences in which one of some words stands, or that are taken also; BEGIN kept.

    An item is told with what leads its list as well. Of tables nothing is read here; ``is_told``
    picks among other blocks.
    """
    taken, lead, leads = 0, "", False
    for block in blocks(card):
        if block.place is Place.ROW:
            continue
        if block.lead is not lead:
            lead, small = block.lead, block.lead.lower()
            leads = bool(lead) and bool(words.search(small) or also(small))
        if not (leads or words.search(block.low) or also(block.low)) or not is_told(block):
            continue
        taken += 1
        if taken > MAX_BLOCKS:
            return
        if leads and (sentence := led(block)) is not None:
            yield sentence
        yield from of_block(block, words, also)


@lru_cache(maxsize=64)
def any_of(words: Collection[str]) -> re.Pattern[str]:
    """Return a pattern of some words, which may stand within others."""
    return re.compile(alternatives(words) or r"(?!)")


def alternatives(words: Collection[str]) -> str:
    """Return a regular expression of some words, of two that fit the longer one.

    It is asked of every block: at a place where none begins it costs one look at the letter.
    """
    by_letter = groupby(sorted(words, reverse=True), key=lambda word: word[0])
    rest = ((first, (re.escape(word[1:]) for word in some)) for first, some in by_letter)
    return "|".join(f"{re.escape(first)}(?:{'|'.join(ends)})" for first, ends in rest)


def of_block(
    block: Block, words: re.Pattern[str], also: Callable[[str], object] = lambda _: False
) -> Iterator[Sentence]:
    """Yield the sentences of a block in which one of some words stands, or that are taken also."""
    for start, text in _split(block.text):
        low = block.low[start : start + len(text)]
        if words.search(low) or also(low):
            clean = marked(text)[:MAX_SENTENCE]
            if clean and not _CITED.match(clean):
                line = block.line + block.text.count("\n", 0, start)
                yield Sentence(clean, line, block.place, block.level)


def led(block: Block) -> Sentence | None:
    """Return a block's first sentence behind what leads it: "merged of these: X"."""
    _, first = next(_split(_NUMBERED.sub("", block.text)))
    lead = _marked_lead(block.lead)
    text = f"{lead} {marked(first)}"[:MAX_SENTENCE]
    return Sentence(text, block.line, Place.ITEM, lead=len(lead)) if lead else None


_marked_lead = lru_cache(maxsize=4)(marked)  # the same leads each item of a list


def _split(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for found in _END.finditer(text):
        yield start, text[start : found.start() + (found.group()[0] in _STOPS)]
        start = found.end()
    yield start, text[start:]


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row as written: its cells, those of the head, and whether it is the only one."""

    cells: tuple[str, ...]
    head: tuple[str, ...]
    line: int
    alone: bool


def rows(card: str) -> Iterator[Row]:
    """Yield the rows of a card's tables."""
    table: list[Block] = []
    taken = 0
    for block in (*blocks(card), None):
        if block and block.place is Place.ROW and (not table or block.line - table[-1].line < 40):
            table.append(block)
            continue
        for row in _rows(table[: MAX_ROWS - taken]):
            taken += 1
            yield row
        table = []


def _rows(table: list[Block]) -> Iterator[Row]:
    told = [(block.line, parts) for block in table if (parts := cells(block.text))]
    head = tuple(told[0][1]) if told else ()
    for line, parts in told:
        yield Row(tuple(parts), head, line, len(told) == 2)
