"""The words of each language, made into patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graph.catalogue.folder import toml
from graph.catalogue.model import Relation

_FOLDER, _SHARED = "graph.evidence.languages", "all.toml"
_PIECES = re.compile(r"\\.|\(\?|[…* (]|.", re.DOTALL)
_GAP = r"([^,;:。、!?|()]{0,40}?)"  # of one clause; captured, to be looked at
_QUOTES = r"[\s\"'“”‘’«»「」『』\[\]():]{1,6}"
_SUGAR = {"…": _GAP, "(": "(?:", "*": r"\w{0,12}", " ": r"\s{0,3}"}
RELATIONS = {
    "adapter": Relation.ADAPTER,
    "quantized": Relation.QUANTIZED,
    "merge": Relation.MERGE,
    "distilled": Relation.DISTILLED,
    "derived": None,
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands before the model's name, if anything does, and what stands behind it."""

    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Language:
    """A language's words; patterns are of text in one spelling (`graph.evidence.languages`)."""

    spaced: bool
    letters: tuple[str, ...]
    seen: frozenset[bytes]
    words: tuple[str, ...]
    generating: tuple[str, ...]
    generated: tuple[Phrase, ...]
    same: dict[int, int]
    phrases: tuple[tuple[Relation | None, tuple[Phrase, ...]], ...]
    label: re.Pattern[str]
    beside: re.Pattern[str]
    ending: re.Pattern[str]
    joined: re.Pattern[str]
    joint: re.Pattern[str]
    other: re.Pattern[str]
    last: re.Pattern[str]
    made: re.Pattern[str]
    judged: re.Pattern[str]
    denied: re.Pattern[str]
    relative: re.Pattern[str]
    this: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Languages:
    """All languages, and the words by which one or another is told."""

    languages: tuple[Language, ...]
    seen: frozenset[bytes]


@cache
def load() -> Languages:
    """Read every language's file."""
    names = sorted(path.name for path in files(_FOLDER).iterdir() if path.name.endswith(".toml"))
    shared = toml(_FOLDER, _SHARED)
    known = tuple(_language(toml(_FOLDER, name), shared) for name in names if name != _SHARED)
    return Languages(known, frozenset().union(*(one.seen for one in known)))


def _language(told: dict[str, Any], shared: dict[str, Any]) -> Language:
    spaced = bool(told.get("spaced", True))

    def any_of(key: str, around: str = "%s") -> re.Pattern[str]:
        return _compiled(around % _any((*told.get(key, ()), *shared.get(key, ())), spaced))

    near = "{0,40}$" if spaced else r"{0,6}$"
    return Language(
        spaced=spaced,
        letters=tuple(told.get("letters", ())),
        seen=frozenset(word.encode() for word in told.get("seen", ())),
        words=tuple(told["words"]),
        generating=tuple(told.get("generating", ())),
        generated=tuple(_phrase(text, spaced) for text in told.get("generated", ())),
        same={ord(one): ord(other) for one, other in told.get("same", ())},
        phrases=tuple(
            (relation, tuple(_phrase(text, spaced) for text in told.get(key, ())))
            for key, relation in RELATIONS.items()
        ),
        label=any_of("labels", r"^[\W_]{0,6}(?:%s)(?:\s?\([^()]{0,40}\))?\s{0,2}[:=|]\s{0,2}"),
        beside=any_of("beside", rf"(?:%s|{_QUOTES})"),
        ending=any_of("beside", rf"(?:%s|{_QUOTES})$"),
        joined=any_of("and", r"[\s\"'”’»」』)\]]{0,3}(?:%s|[,、&+])\s{0,2}"),
        joint=any_of("and", rf"(?:{_QUOTES})?(?:%s|[,、&+])\s{{0,2}}$"),
        other=any_of("other", r"[\s\"'”’»」』)\]的の의]{0,3}(?:%s)"),
        last=any_of("other", rf"(?:%s)[^,;:。、]{near}"),
        made=any_of("made"),
        judged=any_of("judged"),
        denied=any_of("denied"),
        relative=any_of("relative", r"\s{0,3}(?:%s)"),
        this=any_of("self"),
    )


def _phrase(text: str, spaced: bool) -> Phrase:
    before, _, behind = text.partition("X")
    start, end = (r"(?<!\w)", r"(?!\w)") if spaced else ("", "")
    first, last = _regex(before.strip()), _regex(behind.strip())
    return Phrase(
        _compiled(f"{start}{first}{end}") if before.strip() else None,
        _compiled(f"{last}{end}") if behind.strip() else None,
    )


def _any(words: Iterable[str], spaced: bool) -> str:
    """Return a pattern of any of the words, whole ones where the language parts its words."""
    return "|".join(_word(w, spaced) for w in sorted(words, key=len, reverse=True)) or r"(?!)"


def _word(word: str, spaced: bool) -> str:
    start = r"(?<![\w\-])" if spaced or word[0].isascii() else ""
    end = r"(?![\w\-])" if spaced or word[-1].isascii() else ""
    return f"{start}{_regex(word)}{end}"


def _regex(text: str) -> str:
    return "".join(_SUGAR.get(piece, piece) for piece in _PIECES.findall(text))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
