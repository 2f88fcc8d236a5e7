"""The words in which English cards say where a model comes from: `english.toml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from graph.catalogue.folder import toml
from graph.catalogue.model import Relation
from graph.evidence.prose.text import alternatives, any_of

_GAP = r"\W{1,4}"
_LABEL = re.compile(
    r"\W{0,8}([a-z][a-z0-9 _/()\-]{1,48}?)[*_`]{0,3}\s?(?:[:=→|]|\s[–—-](?=\s)|\sis(?=\s))"
    r"[*_`]{0,3}\s?"
)
_FIRST = re.compile(r"\W{0,8}(?:the |our |its |my )?([a-z][a-z0-9\-]{0,20})")
_BASE = re.compile(  # "base decoder-only llm", "text backbone"
    r"(?:[\w\-]+ ){0,2}base (?:[\w\-]+ ){0,3}(?:model|llm|checkpoint)|(?:[\w\-]+ ){0,3}backbone"
    r"(?: (?:model|llm|network))?"
)
_BESIDE = re.compile(r"\([^()]{0,40}\)|^(?:the|our|its|my) ")


@dataclass(frozen=True, slots=True)
class Verb:
    """A way to say that a model comes from the one named behind it.

    The relation is None where no word tells it. ``then`` is what must follow the name, ``one``
    that a list of several says something else; one of ``also`` must stand somewhere as well;
    ``kind`` that it may say what kind of its maker's models this is.
    """

    relation: Relation | None
    says: re.Pattern[str]
    when: tuple[str, ...]
    then: re.Pattern[str] | None = None
    one: bool = False
    also: tuple[str, ...] = ()
    kind: bool = False


@dataclass(frozen=True, slots=True)
class Grammar:
    """All verbs, the labels with their relations, and words without which nothing is said.

    ``triggers`` finds one of these words, ``words`` all of them, of two that begin at a place the
    longer one; ``by_word`` leads from that to the places of the verbs that may be said with both.
    """

    verbs: tuple[Verb, ...]
    by_word: Mapping[str, tuple[int, ...]]
    labels: Mapping[str, Relation | None]
    first: frozenset[str]
    original: frozenset[str]
    triggers: re.Pattern[str]
    words: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """Read what is known: it comes with the package."""
    told = toml(__package__, "english.toml")
    verbs = tuple(_verb(one, told["pieces"]) for one in told["verb"])
    labels = {
        label: Relation(relation) if relation else None
        for relation, some in told["labels"].items()
        for label in some
    }
    words = frozenset(word for verb in verbs for word in verb.when)
    by_word = {
        w: tuple(n for n, verb in enumerate(verbs) if w.startswith(verb.when)) for w in words
    }
    every = re.compile(f"(?=({alternatives(words)}))")
    first = frozenset(label.partition(" ")[0] for label in labels)
    original = frozenset(told["original"]["labels"])
    return Grammar(verbs, by_word, labels, first, original, any_of(words), every)


def said(low: str) -> list[Verb]:
    """Return the verbs that a text may say, in order, by the words in it."""
    known = grammar()
    places = {n for word in set(known.words.findall(low)) for n in known.by_word[word]}
    return [known.verbs[n] for n in sorted(places)]


def _verb(told: Mapping[str, Any], pieces: Mapping[str, str]) -> Verb:
    then = told.get("then")
    return Verb(
        Relation(told["relation"]) if "relation" in told else None,
        re.compile(_spelled(told["says"], pieces)),
        tuple(told["when"]),
        re.compile(_spelled(then, pieces), re.IGNORECASE) if then else None,
        told.get("one", False),
        tuple(told.get("also", ())),
        told.get("kind", False),
    )


def _spelled(pattern: str, pieces: Mapping[str, str]) -> str:
    for _ in range(3):  # pieces hold pieces
        pattern = re.sub(r"<(\w+)>(?!=)", lambda m: pieces.get(m.group(1), m.group(0)), pattern)
    return pattern.replace("~", _GAP)


@lru_cache(maxsize=64)  # the same head stands above each row of a table
def labels(head: tuple[str, ...]) -> tuple[bool, ...]:
    """Tell of each cell of a table's head whether it is a label."""
    return tuple(label(f"{cell.lower()}:") is not None for cell in head)


def label(low: str) -> tuple[str, int] | None:
    """Return the label that a text begins with, and where what it tells begins."""
    begins = _FIRST.match(low)
    if begins is None:
        return None
    head = low[:60]
    if begins.group(1) not in grammar().first and "base" not in head and "backbone" not in head:
        return None  # as of nearly all
    found = _LABEL.match(low)
    if found is None:
        return None
    told = " ".join(_BESIDE.sub(" ", found.group(1).replace("_", " ")).split())
    known = told in grammar().labels or _BASE.fullmatch(told) is not None
    return (told, found.end()) if known else None
