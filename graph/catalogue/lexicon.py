"""What spellings name: the families' own, and what ``naming.toml`` adds of models without one.

A spelling is tokens joined by a space. Facts stand in the data; nothing here knows a family. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from graph.catalogue.folder import toml
from graph.catalogue.roster import Family, load
from graph.catalogue.words import LONG, SIZE, Vocabulary, cut


class Role(StrEnum):
    """What the named thing can be to a text: its generator, its translator, or its source."""

    MODEL = "model"
    TRANSLATOR = "translator"
    SOURCE = "source"


class Sense(StrEnum):
    """What a family's word in a name speaks of."""

    WEIGHTS = "weights"
    TEACHER = "teacher"
    RUNTIME = "runtime"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Named:
    """What words name: an id, else the family, else that it is a Llama, else the maker."""

    id: str | None = None
    family: str | None = None
    llama: bool = False
    maker: str | None = None
    role: Role = Role.MODEL

    @property
    def families(self) -> tuple[str, ...]:
        """The Llama family, if one is told."""
        return (self.family,) if self.llama and self.family else ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a spelling names, and where it does.

    ``needs`` is what must follow in prose ("number" or "size"), else it is ``bare``. ``telling``
    spellings speak of a family in repositories' names as well, ``prose`` ones in prose.
    """

    named: Named
    needs: str = ""
    bare: Named | None = None
    telling: bool = False
    prose: bool = True
    sense: Sense = Sense.WEIGHTS
    short: bool = False

    def beside(self, following: str) -> Named | None:
        """Return what the spelling names with a token behind it."""
        if self.needs == "number" and not any(c.isdigit() for c in following):
            return self.bare
        if self.needs == "size" and not SIZE.fullmatch(following):
            return self.bare
        return self.named


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All spellings, how many tokens those have at most that begin with a word, and the words.

    ``alone`` leads from sizes to the version that the bare word means beside them, ``plain`` to
    one that it may mean, ``sized`` from versions to the sizes that their makers published.
    ``frames`` are types that hold models of any line, ``teachers`` families known as such.
    """

    entries: Mapping[str, Entry]
    longest: Mapping[str, int]
    vocabulary: Vocabulary
    alone: Mapping[str, str]
    plain: Mapping[str, str]
    sized: Mapping[str, frozenset[str]]
    other_sense: frozenset[str]
    frames: frozenset[str]
    teachers: frozenset[str]

    def at(self, told: tuple[str, ...], place: int) -> tuple[int, Entry] | None:
        """Return the longest spelling that begins at a place, and how many tokens it has."""
        most = min(self.longest.get(told[place], 0), len(told) - place)
        for length in range(most, 0, -1):
            entry = self.entries.get(" ".join(told[place : place + length]))
            if entry is None:
                continue
            behind = told[place + length : place + length + 2]
            if (
                entry.sense is Sense.OTHER
                and len(behind) > 1
                and behind[0] in self.vocabulary.numbers
            ):
                continue  # "mini-llama-3-8b" is a Llama 3
            return length, entry
        return None


@cache
def lexicon() -> Lexicon:
    """Read what is known: it comes with the package."""
    told = toml("graph.catalogue", "naming.toml")
    families = list(load().families.values())
    known = _vocabulary(families, told)
    entries = {
        **_only_in_names(known),
        **_of_derived(known),
        **_of_families(families, told, known),
        **_told(told, known),
        **_sized(told["llama"]["sized"], families, known),
        **_of_llama(families, known),
    }
    longest: dict[str, int] = defaultdict(int)
    for spelling in entries:
        first, count = spelling.split()[0], len(spelling.split())
        longest[first] = max(longest[first], count)
    alone = {size: f.id for f in families for size in f.name.alone}
    plain = {size: f.id for f in families for size in f.name.plain}
    sized = {f.id: frozenset(f"{size:g}b" for size in f.weights.sizes) for f in families}
    lists = (frozenset(told[key]) for key in ("other_sense", "frames", "teachers"))
    return Lexicon(entries, dict(longest), known, alone, plain, sized, *lists)


def _vocabulary(families: Iterable[Family], told: Mapping[str, Any]) -> Vocabulary:
    own = _runs(text for f in families for text in (f.id, _title(f), *_listed(f)))
    others = _runs(word for key in ("maker", "translator") for word in told[key])
    others |= _runs(word for key in ("rival", "llama", "material") for word in told[key]["words"])
    ours = [f for f in families if f.llama]
    numbers: dict[str, str] = {}
    for number in (f.name.version for f in ours if f.name.version):
        written = (number.replace(".", mark) for mark in ("", "p"))  # "31", "3p1"
        forms = [number, *written] if "." in number else [number, f"{number}.0"]
        numbers |= {form: number for one in forms for form in (one, f"v{one}")}
    return Vocabulary(
        own | others,
        frozenset(word for word in own if len(word) > LONG),
        frozenset(word for f in ours for word in f.name.words),
        frozenset(_rivals(families, told)),
        numbers,
    )


def _runs(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(run for text in texts for run in re.findall(r"[a-z]{2,}", text.lower()))


def _listed(family: Family) -> tuple[str, ...]:
    name = family.name
    return (*name.words, *name.spellings, *name.runtimes, *name.others)


def _title(family: Family) -> str:
    """Return the first name in a title."""
    return re.split(r" \(| and |,", family.title)[0]


def _rivals(families: Iterable[Family], told: Mapping[str, Any]) -> set[str]:
    """Return the words that in a repository's name speak of another family than Llama's."""
    own = {word for f in families if not f.llama for word in f.name.words}
    return own | load().words | set(told["rival"]["words"])


def _key(spelling: str, known: Vocabulary) -> str:
    return " ".join(token.text for token in cut(spelling, known))


def _only_in_names(known: Vocabulary) -> dict[str, Entry]:
    words = (_key(word, known) for word in known.endings)
    return {word: Entry(Named(), telling=True, prose=False) for word in words}


def _of_families(
    families: Iterable[Family], told: Mapping[str, Any], known: Vocabulary
) -> dict[str, Entry]:
    """Return how families are spelled; a word that begins several is one of them beside a size."""
    real = [f for f in families if not f.candidates]
    spelled = {_key(text, known): f for f in real for text in (f.id, _title(f))}
    spelled = {s: f for s, f in spelled.items() if not s.isdecimal() and s}  # "π0" is none
    begun: dict[str, list[Family]] = defaultdict(list)
    for spelling, family in spelled.items():
        begun[spelling.split()[0]].append(family)
    shared = {w for w, some in begun.items() if len({f.id for f in some}) > 1}
    shared -= {f.id for f in real if f.name.needs != "size"}
    lines = {w: _maker(begun[w]) for w in shared if w not in told["no_line"]}
    found = {word: Entry(Named(maker=maker)) for word, maker in lines.items() if maker}
    for spelling, family in spelled.items():
        line = found.get(spelling)
        needs = "size" if spelling in shared else family.name.needs if " " not in spelling else ""
        found[spelling] = Entry(_named(family), needs, line.named if line else None)
    found |= {_key(s, known): Entry(_named(f)) for f in real for s in f.name.spellings}
    rivals = frozenset(_key(word, known) for word in known.endings)
    return {s: _telling(s, entry, rivals, known.stems) for s, entry in found.items()}


def _telling(spelling: str, entry: Entry, rivals: frozenset[str], stems: frozenset[str]) -> Entry:
    """Mark what speaks of a family in names: Llama's, and another's that holds a telling word.

    A long word tells within others, too. What is another's and holds Llama's own word
    ("TinyLlama") takes the word for something else.
    """
    if entry.named.llama:
        return replace(entry, telling=True)
    if any(stem in spelling for stem in stems):
        return replace(entry, telling=True, sense=Sense.OTHER)
    telling = not rivals.isdisjoint(spelling.split()) or any(
        word in spelling for word in rivals if len(word) >= LONG
    )
    return replace(entry, telling=True) if telling else entry


def _maker(families: Iterable[Family]) -> str | None:
    """Return the maker of all of some families, if it is one."""
    makers = {f.maker for f in families}
    return makers.pop() if len(makers) == 1 else None


def _named(family: Family) -> Named:
    return Named(family=family.id, llama=family.llama, role=Role(family.name.role))


def _of_llama(families: Iterable[Family], known: Vocabulary) -> dict[str, Entry]:
    """Return Llama's bare words, its versions in all forms, and what its words mean elsewhere."""
    found = {stem: Entry(Named(llama=True), telling=True) for stem in known.stems}
    others = [f.id for f in families if not f.llama and any(s in f.id for s in known.stems)]
    for family in (f for f in families if f.llama):
        named, number, name = _named(family), family.name.version, family.name
        if number:
            told = [f"{stem} instruct {number}" for stem in known.stems]
            told += [f"{other} {number}" for other in others if "." in number]
            found |= {spelling: Entry(named, telling=True) for spelling in told}
        for short in name.short:
            needs = "" if "." in number else "size"  # "L3" in prose may be anything
            entry = Entry(named, needs, telling=True, short=True)
            found |= dict.fromkeys(_shortened(short), entry)
        for sense, some in ((Sense.RUNTIME, name.runtimes), (Sense.OTHER, name.others)):
            entry = Entry(Named(), telling=True, prose=False, sense=sense)
            found |= {_key(spelling, known): entry for spelling in some}
    return found


def _of_derived(known: Vocabulary) -> dict[str, Entry]:
    """Return well-known models' names with the family that they come from.

    Others name their copies after them ("vicuna-7b-v1.5-GGUF"). One token says too little.
    """
    roster = load()
    origins = ((one.partition("/")[2], roster.origin_of(one)) for one in roster.derived)
    named = {_key(name, known): _named(family) for name, family in origins if family}
    return {key: Entry(one, telling=True) for key, one in named.items() if " " in key}


def _shortened(short: str) -> set[str]:
    """Return the ways to write what is short: l3.1, l31, l3_1, l-3.1."""
    return {short, short.replace(".", ""), short.replace(".", " "), f"{short[0]} {short[1:]}"}


def _sized(words: Iterable[str], families: Iterable[Family], known: Vocabulary) -> dict[str, Entry]:
    """Return lines of others on Llama, whose words are common ones, beside a size of its first."""
    sizes = dict.fromkeys(size for f in families for size in (*f.name.plain, *f.name.alone))
    entry = Entry(Named(llama=True), telling=True)
    return {_key(f"{word} {size}", known): entry for word in words for size in sizes}


def _told(told: Mapping[str, Any], known: Vocabulary) -> dict[str, Entry]:
    """Return the spellings that ``naming.toml`` gives."""
    found = {w: Named(maker=maker) for w, maker in told["maker"].items()}
    found |= {w: Named(llama=True) for w in told["llama"]["words"]}
    found |= {w: Named(maker=m, role=Role.TRANSLATOR) for w, m in told["translator"].items()}
    found |= {w: Named(role=Role.SOURCE) for w in told["material"]["words"]}
    return {_key(spelling, known): Entry(named) for spelling, named in found.items()}
