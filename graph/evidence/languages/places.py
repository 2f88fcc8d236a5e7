"""Where a model may be named, whatever the language: in which sentences, and where in one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from graph.catalogue.lexicon import lexicon
from graph.catalogue.naming import resolve
from graph.evidence.mentions import Mention, mention
from graph.evidence.prose import BEGIN, CLOSE, OPEN, Sentence, plain
from graph.evidence.prose.blocks import Block, Place, blocks, cells
from graph.evidence.prose.text import MAX_SENTENCE, any_of, in_lists_too

_REACH = 120  # characters before an end in which its name begins
_BARS = 3  # of a row of two cells
_SIGN = re.compile(r"/|[a-z][-_ ]?\d")
_LETTERS = re.compile(r"[a-z]{3,40}")
_WORDS = re.compile(r"[A-Za-z0-9][\w.+/:\-]{0,100}", re.ASCII)
_FIRST = re.compile(r"[A-Za-z][\w.+/:\-]{0,100}", re.ASCII)
_TOKEN = re.compile(
    r" ?(?:[A-Z0-9][\w.+/:\-]{0,100}|[a-z][\w.\-]{0,60}[/\d][\w.+/:\-]{0,80}"
    r"|(?:instruct|chat|base|hf|it|large|small|mini|medium|preview|distill)(?![\w\-]))",
    re.ASCII,
)
# Where a model's name may end: at a link's end, or at a word's that no link follows.
ENDS = re.compile(rf"{CLOSE}|[\w.+/:\-]*[A-Za-z0-9](?![\w+/:\-{OPEN}{CLOSE}]|\.\w)", re.ASCII)


def sentences(card: str, words: Collection[str]) -> Iterator[Sentence]:
    """Yield a card's sentences that hold one of some words and may name a model.

    An item is told with what leads its list as well, and a row of two cells as label and value.
    """
    looked_for = any_of(frozenset(words))
    for block in blocks(card):
        if block.place is Place.ROW and block.text.count("|") <= _BARS:
            yield from _labelled(block, looked_for)
    yield from map(_plain, in_lists_too(card, looked_for, is_told=_is_told))


def _is_told(block: Block) -> bool:
    return block.place is not Place.HEADING and may_name(block.low)


def _plain(sentence: Sentence) -> Sentence:
    if BEGIN not in sentence.text:
        return sentence
    return replace(sentence, text=sentence.text.replace(BEGIN, ""))


def _labelled(row: Block, words: re.Pattern[str]) -> Iterator[Sentence]:
    told = cells(row.text)
    if len(told) == 2 and words.search(told[0].lower()):
        label, value = map(plain, told)
        yield Sentence(f"{label.rstrip(' :')}: {value}"[:MAX_SENTENCE], row.line, Place.ROW)


def may_name(low: str) -> bool:
    """Tell whether a text in small letters may name a model: by an address, a number or a word."""
    if _SIGN.search(low):
        return True
    known = lexicon()
    if any(stem in low for stem in known.vocabulary.stems):
        return True
    return not known.longest.keys().isdisjoint(_LETTERS.findall(low))


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
