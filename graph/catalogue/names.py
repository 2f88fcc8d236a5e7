"""The reader of model names: the families' words in a name, and what each speaks of.

A word may speak of the weights, but also of a teacher ("…-from-Llama-70B"), of a runtime
("ik-llama"), of a format ("llamafied") or of another line that bears the word ("TinyLlama"). What
it means is told by what stands beside it. Prose is read by the same words
(`graph.catalogue.naming`). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from graph.catalogue.lexicon import Entry, Lexicon, Named, Sense, lexicon
from graph.catalogue.words import SIZE, Token, cut

_TEACHERS = {
    "from", "by", "via", "judge", "judged", "judges", "teacher", "as", "vs", "imitating",
    "imitation", "against", "label", "labels", "gen", "generated",
}  # fmt: skip
_DISTILL = {"distill", "distil", "distilled", "distillation"}
_SIZE = re.compile(r"(?<![a-z0-9.])(?P<n>\d{1,4}(?:[._]\d{1,2})?)[-_ ]?(?P<unit>[bm])(?![a-z0-9])")
SMALLEST, LARGEST = 0.01, 1100  # billions of parameters; another number is no size


@dataclass(frozen=True, slots=True)
class Word:
    """A family's word: what it names, where it stands in the text and among the tokens.

    ``said`` is what it names in prose, which may be nothing.
    """

    named: Named
    said: Named | None
    entry: Entry
    text: str
    start: int
    place: int
    length: int
    sense: Sense = Sense.WEIGHTS

    @property
    def family(self) -> str | None:
        """The family, as far as it is told."""
        return self.named.family

    @property
    def llama(self) -> bool:
        """Whether it is a word of Llama's."""
        return self.named.llama


@dataclass(frozen=True, slots=True)
class Name:
    """A text's tokens, and the words in it that are known, in order."""

    tokens: tuple[str, ...]
    words: tuple[Word, ...]


@lru_cache(maxsize=1 << 12)
def read(text: str) -> Name:
    """Read a name, or words about a model."""
    known = lexicon()
    tokens = cut(text, known.vocabulary)
    told = tuple(token.text for token in tokens)
    if known.longest.keys().isdisjoint(told):  # as of most tags
        return Name(told, ())
    found = list(_words(text, tokens, told, known))
    return Name(told, tuple(_with_teachers(found, told)))


def _words(text: str, tokens: list[Token], told: tuple[str, ...], known: Lexicon) -> Iterator[Word]:
    place = 0
    while place < len(told):
        if (found := known.at(told, place)) is None:
            place += 1
            continue
        length, entry = found
        start, end = tokens[place].start, tokens[place + length - 1].end
        named, said = _named(entry, told, place + length, known)
        yield Word(named, said, entry, text[start:end].lower(), start, place, length, entry.sense)
        place += length


def _named(
    entry: Entry, told: tuple[str, ...], behind: int, known: Lexicon
) -> tuple[Named, Named | None]:
    """Return what an entry names beside the other tokens: in a name, and in prose.

    Of Llama's, a name tells as much as it can; prose may need a size behind it.
    """
    named = _alone(entry.named, told, known)
    said: Named | None = named
    if entry.needs:
        said = entry.beside(told[behind] if behind < len(told) else "")
        named = named if named.llama else said or Named()
    return named, said if entry.prose else None


def _alone(named: Named, told: tuple[str, ...], known: Lexicon) -> Named:
    """Return the version that the bare word is beside a size that no other has."""
    if not named.llama or named.family:
        return named
    size = next((token for token in told if token in known.alone), "")
    return replace(named, family=known.alone.get(size))


def _with_teachers(found: list[Word], told: tuple[str, ...]) -> list[Word]:
    """Mark the words that speak of a teacher: "…-from-Llama", and "R1" in "R1-Distill-Llama"."""
    taught = -1
    for n in range(len(found) - 1, -1, -1):
        word = found[n]
        before = told[word.place - 1] if word.place else ""
        if word.sense is not Sense.WEIGHTS or not word.entry.telling:
            continue
        if before in _TEACHERS or not _DISTILL.isdisjoint(told[word.place : max(taught, 0)]):
            found[n] = replace(word, sense=Sense.TEACHER)
        else:
            taught = word.place
    return found


def words(name: str) -> tuple[Word, ...]:
    """Return the words of a repository's name, a tag or a file that speak of a family."""
    return tuple(word for word in read(name).words if word.entry.telling)


@lru_cache(maxsize=1 << 16)  # tags come again and again
def weights(name: str) -> tuple[Word, ...]:
    """Return those that speak of the weights."""
    return tuple(word for word in words(name) if word.sense is Sense.WEIGHTS)


def size_of(name: str) -> float | None:
    """Return the number of parameters, in billions, that a name gives beside its words."""
    bare = name.lower()
    for word in reversed(read(name).words):  # "Llama_3_2_3B" is 3.2 of 3 billion
        if SIZE.search(word.text):
            continue
        bare = f"{bare[: word.start]}-{bare[word.start + len(word.text) :]}"
    for found in _SIZE.finditer(bare):
        number = float(found.group("n").replace("_", "."))
        billions = number if found.group("unit") == "b" else number / 1000
        if SMALLEST <= billions <= LARGEST:
            return billions
    return None
