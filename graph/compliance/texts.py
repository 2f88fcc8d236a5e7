"""Is a text a copy of a licence? By the fingerprints of its sentences, for no licence is kept here.

A copy is told by its sentences, whatever stands around them: a card, a heading, the use policy.
What differs is shown by the text's own sentences, and by the clauses whose words are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache
from hashlib import sha256
from itertools import takewhile

from graph.catalogue import licences
from graph.catalogue.folder import toml
from graph.catalogue.licences import Obligation
from graph.compliance.normalise import LOOKED_AT, is_heading, mark, may_hold, sentences, words

ALTERED_FROM = 0.4  # share of the sentences from which a text is an altered copy, not a paraphrase
SHOWN, SHOWN_LENGTH = 3, 120
_ADDRESS = re.compile(r"https?://[^\s)>\]\"']{4,300}")
_SPOKEN = 3  # phrases of an Agreement from which on a text tells of it in other words
_POINTING = 300  # characters: a file that only points is short
_PHRASES = (
    "acceptable use policy", "700 million", "built with", "attribution notice", "llama materials",
    "copy of this agreement", "copy of the agreement", "meta platforms", "beginning of",
)  # fmt: skip
# At least one of these stands in more than 60% of each Agreement's sentences, and hardly ever in a
# card: a text without any is no copy, not an altered one either.
ANCHORS = (
    "materials", "licensee", "foregoing", "switzerland", "redistribution", "california", "warrant",
    "parties", "products", "terminat", "granted",
)  # fmt: skip


class Likeness(IntEnum):
    """What a text is to a licence, the nearest first."""

    EXACT = 0
    AGREEMENT_ONLY = 1
    CONTAINED = 2
    ALTERED = 3
    OTHER_VERSION = 4
    PARAPHRASE = 5
    POINTER = 6
    NONE = 7


@dataclass(frozen=True, slots=True)
class TextMatch:
    """How a text matches a licence.

    ``missing`` counts the licence's sentences that are not there, ``sections`` says where they
    stand, ``absent`` names the checks whose clause is not there word for word. ``altered`` are
    the text's sentences that stand in the place of missing ones, ``extra`` the number that stand
    between the licence's without being its.
    """

    likeness: Likeness
    share: float = 0.0
    missing: int = 0
    of: int = 0
    sections: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    extra: int = 0
    other: str | None = None

    @property
    def is_copy(self) -> bool:
        """Whether the whole Agreement stands in the text."""
        return self.likeness <= Likeness.CONTAINED


@dataclass(frozen=True, slots=True)
class Print:
    """A licence's fingerprints: of the texts, of each sentence with its section, of the policy."""

    whole: str
    agreement: str
    appends_policy: bool
    sections: tuple[str, ...]
    marks: tuple[str, ...]
    policy: frozenset[str]


@cache
def load() -> Mapping[str, Print]:
    """Read the fingerprints that come with the package, by licence id."""
    told, found = toml("graph.compliance", "texts.toml"), {}
    for key, entry in told.items():
        terms = told[entry.get("same_terms_as", key)]
        texts = (terms["whole"], terms["agreement"], terms["appends_policy"])
        parted = ((name, m) for name, marks in terms["sections"] for m in marks.split())
        sections, marks = zip(*parted, strict=True)
        found[key] = Print(*texts, sections, marks, frozenset(terms["policy"].split()))
    return found


@cache
def _known() -> frozenset[str]:
    return frozenset(m for one in load().values() for m in (*one.marks, *one.policy))


@lru_cache(maxsize=64)  # the same file lies in many repositories
def compare(text: str, licence_id: str) -> TextMatch:
    """Say what a text is to a licence; NONE for a licence whose text is not known."""
    prints = load()
    if licence_id not in prints or not may_hold(text, "llama"):
        return TextMatch(Likeness.POINTER if _points(text) else Likeness.NONE)
    if not any(may_hold(text, word) for word in ANCHORS):
        return TextMatch(_other_words(text))
    told = _marked(text)
    held = {m for m, _ in told}
    share = {key: _share(held, one) for key, one in prints.items()}
    if max(share.values()) < ALTERED_FROM:
        return TextMatch(_other_words(text), share[licence_id])
    match = replace(_align(told, held, prints[licence_id]), share=share[licence_id])
    if not match.missing and not match.extra:
        return replace(match, likeness=_copy(text, held, prints[licence_id]))
    other = max(share, key=lambda key: (share[key], key == licence_id))
    if share[other] > max(match.share, ALTERED_FROM):
        return replace(match, likeness=Likeness.OTHER_VERSION, other=other, altered=(), extra=0)
    if match.share >= ALTERED_FROM:
        absent = _absent(words(text), licence_id)
        shown = tuple(_shown(sentence, _clauses(licence_id)) for sentence in match.altered)
        return replace(match, likeness=Likeness.ALTERED, absent=absent, altered=shown)
    return replace(match, likeness=_other_words(text), altered=(), extra=0)


@lru_cache(maxsize=32)  # a merge has several licences
def _marked(text: str) -> list[tuple[str, str]]:
    return [(mark(sentence), sentence) for sentence in sentences(text)]


def _share(held: set[str], one: Print) -> float:
    return sum(m in held for m in one.marks) / len(one.marks)


def _copy(text: str, held: set[str], one: Print) -> Likeness:
    digest = sha256(words(text).encode()).hexdigest()
    if digest == one.whole:
        return Likeness.EXACT
    if digest == one.agreement:
        return Likeness.AGREEMENT_ONLY
    without = one.appends_policy and not held & one.policy
    return Likeness.AGREEMENT_ONLY if without else Likeness.CONTAINED


def _align(told: Sequence[tuple[str, str]], held: set[str], one: Print) -> TextMatch:
    """Hold a text's sentences against a licence's, from the first that is its to the last."""
    own = set(one.marks)
    missing = [(m, s) for m, s in zip(one.marks, one.sections, strict=True) if m not in held]
    places = [n for n, (m, _) in enumerate(told) if m in own]
    strange: list[str] = []
    if places:
        lead = 1 if one.marks[0] not in held else 0
        tail = 1 if one.marks[-1] not in held else 0
        span = told[max(0, places[0] - lead) : places[-1] + 1 + tail]
        strange = [s for m, s in span if m not in own and m not in _known() and not is_heading(s)]
    return TextMatch(
        Likeness.NONE,
        missing=len(missing),
        of=len(one.marks),
        sections=tuple(dict.fromkeys(section for _, section in missing)),
        altered=tuple(strange[:SHOWN]),
        extra=len(strange),
    )


def _duties(licence_id: str) -> Sequence[Obligation]:
    licence = licences.load().licences.get(licence_id)
    return list(licence.obligations.values()) if licence else []


@cache
def _clauses(licence_id: str) -> list[list[str]]:
    """Return the words of each sentence of the clauses that are quoted with the licence."""
    quotes = (duty.quote for duty in _duties(licence_id))
    return [sentence.split() for quote in quotes for sentence in sentences(quote)]


def _shown(sentence: str, clauses: list[list[str]]) -> str:
    """Return a few words of a sentence, from shortly before it leaves a known clause."""
    told = sentence[:4000].split()
    same = max((_alike(told, clause) for clause in clauses), default=0)
    start = max(0, same - 5)
    part = " ".join(told[start:])
    cut = "…" if len(part) > SHOWN_LENGTH else ""
    return f"{'…' if start else ''}{part[:SHOWN_LENGTH]}{cut}"


def _alike(one: list[str], other: list[str]) -> int:
    """Return how many words two sentences begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _absent(held: str, licence_id: str) -> tuple[str, ...]:
    """Return the checks whose clause a text does not hold word for word."""
    clauses: dict[str, str] = {}  # one may impose two duties: it counts as the first's
    for duty in _duties(licence_id):
        if duty.section[0].isdigit():  # others stand in the use policy
            clauses.setdefault(duty.quote, duty.check)
    return tuple(check for quote, check in clauses.items() if words(quote).strip() not in held)


def _other_words(text: str) -> Likeness:
    perhaps = [phrase for phrase in _PHRASES if may_hold(text, phrase)]
    if len(perhaps) >= _SPOKEN and (may_hold(text, "licence") or may_hold(text, "license")):
        held = words(text)
        if sum(f" {phrase} " in held for phrase in perhaps) >= _SPOKEN:
            return Likeness.PARAPHRASE
    return Likeness.POINTER if _points(text) else Likeness.NONE


def _points(text: str) -> bool:
    """Whether a text holds no more than the address of a Llama licence, or a link to one."""
    head = text[:LOOKED_AT]
    found = [address.lower() for address in _ADDRESS.findall(head)]
    if any("licen" in one and "llama" in one for one in found):
        return True
    said = head.lower()
    return len(text) <= _POINTING and bool(found) and "meta" in said and "licen" in said
