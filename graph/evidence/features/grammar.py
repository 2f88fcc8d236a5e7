"""A model's name as a grammar: family, version, size, and what else a family's word may mean.

A word of a family may speak of the weights, but also of a teacher ("…-from-Llama-3.3-70B"), of a
runtime ("ik-llama"), of a format ("llamafied") or of another line that bears the word
("TinyLlama"). What a word means is told by what stands beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.catalogue.roster import load
from graph.catalogue.spellings import facts

LLAMA = "llama"
LLAMA_3 = "llama-3.x"  # a Llama 3 of a version that nothing tells

_SEP = r"[-_. ]?"
_RUNTIME = re.compile(
    r"ik[-_.]?llama|o?llama[-_.]?(cpp|file|server|index|factory|benchmark)|ollama"
)
_ANOTHER = re.compile(
    r"(tiny|open|smol|small|baby|nano|micro|mini|toy|video|audio|(?<![a-z])in|sheared|amber|crystal)"
    r"[-_.]?llama(?![-_.]?[23]\.?\d?[-_.])"
    r"|llama(fied|fy|fication|ized|ish|[-_.]?(like|format|arch\w*|style|tokeni[sz]er|compatible))"
)
_TEACHER = re.compile(
    r"(from|by|via|judge[sd]?|teacher|as|vs|imitat\w+|against|labels?|gen(?:erated)?)"
    r"[-_. ]+(?:by[-_. ])?$"
)
_DISTILL = re.compile(r"distil(l|led|lation)?[-_. ]*$")
_BARE = re.compile(rf"(?:meta{_SEP})?(?P<code>code{_SEP})?llama")
# "DeepPhi" is two words, "LLaMa" is one.
_CAMEL = re.compile(r"(?<=[a-z])(?!(?<=[Ll][Ll]a)Ma)(?=[A-Z][a-z])")
_JOINED = re.compile(r"(?<=llama)(?=\d)")  # "Llama8B" is a word and a size
_SIZE = re.compile(r"(?<![a-z0-9.])(?P<n>\d{1,4}(?:[._]\d{1,2})?)[-_ ]?(?P<unit>[bm])(?![a-z0-9])")


@cache
def _versions() -> dict[str, str]:
    """Return the families by the numbers that tell them."""
    told = {f.name.version: f.id for f in load().llama_families() if f.name.version}
    return told | {f"{number}.0": family for number, family in told.items() if "." not in number}


@cache
def _version() -> re.Pattern[str]:
    """Return the pattern of Llama's word with a number that is no size."""
    major, minor = ({n.split(".")[place] for n in _versions() if "." in n} for place in (0, 1))
    major |= {n for n in _versions() if "." not in n}
    return re.compile(
        rf"(?:meta{_SEP})?(?P<code>code{_SEP})?llama{_SEP}(?:guard{_SEP}|instruct{_SEP}|chat{_SEP}|v)?"
        rf"(?P<v>[{''.join(sorted(major))}]"
        rf"(?:[-_.]?[{''.join(sorted(minor))}](?![\d.]*{_SEP}b(?![a-z])))?)"
        rf"(?![\d]|\.\d*{_SEP}b|{_SEP}b(?![a-z]))"
    )


@cache
def _short() -> re.Pattern[str]:
    """Return the pattern of what people abbreviate the word and its number to."""
    told = {w for f in load().llama_families() for w in f.name.short}
    forms = (w[0] + "[-_]?" + w[1:].replace(".", "[._]?") for w in told)
    listed = "|".join(sorted(forms, key=lambda f: (-len(f), f)))
    return re.compile(rf"(?<![a-z0-9])(?P<v>{listed})(?=[-_. ]|$|v\d)")


@dataclass(frozen=True, slots=True)
class Word:
    """A family's word in a name: the family as far as it is told, and what the word speaks of."""

    family: str
    text: str
    start: int
    role: str  # "weights", "teacher", "runtime" or "other"

    @property
    def llama(self) -> bool:
        """Whether it is a word of Llama's."""
        return self.family.startswith((LLAMA, "code-llama"))


@lru_cache(maxsize=1 << 16)  # tags come again and again
def words(name: str) -> tuple[Word, ...]:
    """Return the families' words in a name, in order."""
    low = _CAMEL.sub("-", name).lower() if _CAMEL.search(name) else name.lower()
    found = [
        Word("other", m.group(0), m.start(), role)
        for role, pattern in (("runtime", _RUNTIME), ("other", _ANOTHER))
        for m in pattern.finditer(low)
    ]
    taken = [(w.start, w.start + len(w.text)) for w in found]
    for word in (*_llama(low), *_rivals(low)):
        end = word.start + len(word.text)
        if all(end <= a or word.start >= b for a, b in taken):
            taken.append((word.start, end))
            found.append(word)
    return tuple(sorted(found, key=lambda w: w.start))


def weights(name: str) -> list[Word]:
    """Return the families' words in a name that speak of the weights."""
    return [word for word in words(name) if word.role == "weights"]


def size_of(name: str) -> float | None:
    """Return the number of parameters, in billions, that a name gives."""
    bare = _JOINED.sub("-", _version().sub("-", name.lower()))  # "Llama_3_2_3B" is 3.2 of 3 billion
    for found in _SIZE.finditer(bare):
        number = float(found.group("n").replace("_", "."))
        billions = number if found.group("unit") == "b" else number / 1000
        if 0.01 <= billions <= 1100:
            return billions
    return None


def _llama(low: str) -> list[Word]:
    found = [_word(m, low) for m in _version().finditer(low)]
    found += [
        Word(_versions()[_digits(m.group("v"))], m.group(0), m.start(), _role(low, m.start()))
        for m in _short().finditer(low)
        if _digits(m.group("v")) in _versions()
    ]
    for m in _BARE.finditer(low):
        family = "code-llama" if m.group("code") else LLAMA
        found.append(Word(family, m.group(0), m.start(), _role(low, m.start())))
    return found


def _word(found: re.Match[str], low: str) -> Word:
    family = _versions().get(_digits(found.group("v")), LLAMA)
    if found.group("code"):
        family = "code-llama"
    return Word(family, found.group(0), found.start(), _role(low, found.start()))


def _digits(text: str) -> str:
    only = re.sub(r"\D", "", text)
    return f"{only[0]}.{only[1]}" if len(only) > 1 else only


def _role(low: str, start: int) -> str:
    """Tell what a word speaks of by what stands before it."""
    before = low[:start]
    if _DISTILL.search(before):
        return "weights"  # "R1-Distill-Llama-8B": what was distilled into
    return "teacher" if _TEACHER.search(before) else "weights"


def _rivals(low: str) -> list[Word]:
    return [
        Word(_family(m), m.group(0), m.start(), _role(low, m.start()))
        for m in _rival_pattern().finditer(low)
    ]


def _family(found: re.Match[str]) -> str:
    """Return the rival family of a match: its version if the rosters have it, else its word."""
    return _rival_versions().get(re.sub(r"[-_. ]", "", found.group(0)), found.group("word"))


@cache
def _rival_versions() -> dict[str, str]:
    """Return rival families with a version, by their name without separators."""
    families = [f.id for f in load().families.values() if not f.llama and re.search(r"\d", f.id)]
    return {re.sub(r"[-_. ]", "", family): family for family in families}


@cache
def _rival_pattern() -> re.Pattern[str]:
    """Return one pattern of all rivals' words, each with a version where one follows.

    A long word is itself even within another ("rufalcon3"), a short one only alone ("phi").
    """
    own = {word for f in load().families.values() if not f.llama for word in f.name.words}
    words = sorted(own | load().words | facts().rivals, key=len, reverse=True)
    within = "|".join(word for word in words if len(word) > 4)
    alone = "|".join(word for word in words if len(word) <= 4)
    version = rf"(?:{_SEP}\d(?:\.\d)?(?!\d|{_SEP}b(?![a-z])))?"
    return re.compile(rf"(?P<word>{within}|(?<![a-z])(?:{alone})){version}(?![a-z])")
