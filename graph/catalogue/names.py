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
    "from", "by", "via", "judged", "teacher", "vs", "imitating", "imitation", "against",
    "generated",
}  # fmt: skip
_BESIDE = {"as", "judge", "judges", "label", "labels", "gen"}  # teachers where a pupil is named
_MADE = {
    "pruned", "finetuned", "tuned", "ft", "sft", "converted", "init", "initialized", "initialised",
    "derived", "started", "trained", "upscaled", "expanded", "merged", "quantized", "built",
}  # fmt: skip
_DISTILL = {"distill", "distil", "distilled", "distillation", "redistill"}
WORD_AND_NUMBER = 2  # tokens
_OWN = re.compile(r"v\d\Z|[a-z][-_ ]?1\Z")
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
        word = text[start:end].lower()
        if length == WORD_AND_NUMBER and not _is_version(word, named.family, told, place, known):
            named = replace(named, family=None)
        if named.llama and not named.family:
            joined = place + 1 < len(tokens) and tokens[place + 1].start == end
            named = replace(named, family=_behind_another(told, place + length, joined, known))
        yield Word(named, said, entry, word, start, place, length, entry.sense)
        place += length


def _behind_another(told: tuple[str, ...], behind: int, joined: bool, known: Lexicon) -> str | None:
    """Return the version behind another word and before a size that it has: "Llama-Doctor-3.2-3B".

    A whole number is mostly the other word's own ("Llama-xLAM-2-70b"), unless that is joined to
    Llama's: "LLaMAntino-2-70b".
    """
    other, number, size = (*told[behind : behind + 3], "", "", "")[:3]
    if other in known.vocabulary.stems:  # which says its version itself
        return None
    version = known.entries.get(f"{told[behind - 1]} {number}")
    family = version.named.family if version and ("." in number or joined) else None
    return family if family and size in known.sized[family] else None


def _is_version(
    word: str, family: str | None, told: tuple[str, ...], place: int, known: Lexicon
) -> bool:
    """Tell whether the number behind Llama's word is Meta's: "my-llama-v2" has one of its own.

    Written with a "v", or a 1, which Meta never wrote, it is theirs beside a size of theirs, or at
    the name's head where no size stands.
    """
    if not family or not _OWN.search(word) or not known.sized.get(family):
        return True
    sizes = {token for token in told if SIZE.fullmatch(token)}
    return bool(sizes & known.sized[family]) if sizes else place == 0 or told[place - 1] == "meta"


def _named(
    entry: Entry, told: tuple[str, ...], behind: int, known: Lexicon
) -> tuple[Named, Named | None]:
    """Return what an entry names beside the other tokens: in a name, and in prose.

    Of Llama's, a name tells as much as it can; prose may need a size behind it.
    """
    named = _alone(entry.named, told, known)
    said: Named | None = named
    if entry.needs == "size" and not named.llama and not _DISTILL.isdisjoint(told[:behind]):
        return entry.bare or Named(), entry.bare  # "R1-Distill-Qwen-7B" is no Qwen 1
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
    taught, teachers = -1, lexicon().teachers
    for n in range(len(found) - 1, -1, -1):
        word = found[n]
        if word.sense is not Sense.WEIGHTS or not word.entry.telling:
            continue
        distilled = not _DISTILL.isdisjoint(told[word.place : max(taught, 0)])
        distilled |= word.family in teachers and taught == word.place + word.length
        if distilled or _is_taught_by(word, found[:n], told):
            found[n] = replace(word, sense=Sense.TEACHER)
        else:
            taught = word.place
    return found


def _is_taught_by(word: Word, before: list[Word], told: tuple[str, ...]) -> bool:
    """Tell whether what stands before a word makes it a teacher: "as", if a pupil is named."""
    near = told[max(word.place - 2, 0) : word.place]
    if not near or near[-1] not in _TEACHERS | _BESIDE or not _MADE.isdisjoint(near[:-1]):
        return False
    pupil = before or any(SIZE.fullmatch(t) and t[-1] == "b" for t in told[: word.place])
    return near[-1] in _TEACHERS or bool(pupil)


def words(name: str) -> tuple[Word, ...]:
    """Return the words of a repository's name, a tag or a file that speak of a family."""
    return tuple(word for word in read(name).words if word.entry.telling)


@lru_cache(maxsize=1 << 16)  # tags come again and again
def weights(name: str) -> tuple[Word, ...]:
    """Return those that speak of the weights."""
    return tuple(word for word in words(name) if word.sense is Sense.WEIGHTS)


def is_frame(kind: str, name: str) -> bool:
    """Tell whether a type is but the frame that tools put experts of any line into."""
    return kind.lower() in lexicon().frames and any(word.llama for word in weights(name))


def size_of(name: str) -> float | None:
    """Return the number of parameters, in billions, that a name gives beside its words."""
    return next(iter(sizes_of(name)), None)


@lru_cache(maxsize=1 << 12)
def sizes_of(name: str) -> tuple[float, ...]:
    """Return all numbers in a name that may be one of parameters, in billions, in order."""
    bare = name.lower()
    for word in reversed(read(name).words):  # "Llama_3_2_3B" is 3.2 of 3 billion
        if SIZE.search(word.text):
            continue
        bare = f"{bare[: word.start]}-{bare[word.start + len(word.text) :]}"
    numbers = ((float(s["n"].replace("_", ".")), s["unit"]) for s in _SIZE.finditer(bare))
    billions = (number if unit == "b" else number / 1000 for number, unit in numbers)
    return tuple(number for number in billions if SMALLEST <= number <= LARGEST)
