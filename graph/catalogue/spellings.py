"""How models are spelled: words cut into tokens, and what is known of sequences of them.

The rosters' ids and titles, and what ``naming.toml`` adds of models without a roster. Pure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from graph.catalogue.roster import Family, load

_TOKEN = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*\+?")
_GLUED = re.compile(r"(?<![a-z0-9.])([a-z]{2,})(?=\d)")  # "llama3.1", not "a3b" or "v0.1"
_SPACED = re.compile(r"(?<=\d)[ -]?(?:billion|b)\b")  # "70 billion", "70 b"
_JOINED = {(word, "llama"): f"{word}llama" for word in ("code", "open", "tiny")}
_VARIANT = {"chat": "instruct", "it": "instruct", "inst": "instruct", "pt": "base"}


class Role(StrEnum):
    """What the named thing can be to a text: its generator, its translator, or its source."""

    MODEL = "model"
    TRANSLATOR = "translator"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Named:
    """What words name: an id, else the family, else that it is a Llama, else the maker."""

    id: str | None = None
    family: str | None = None
    llama: bool = False
    maker: str | None = None
    role: Role = Role.MODEL


def tokens(words: str) -> list[str]:
    """Split words into tokens that do not depend on separators or on case."""
    low = _SPACED.sub("b", _GLUED.sub(r"\1 ", words.lower().replace("+", " plus ")))
    found: list[str] = []
    for token in _TOKEN.findall(low):
        before = found[-1] if found else ""
        if before == "llama" and re.fullmatch(r"v\d(\.\d)?", token):
            token = token[1:]
        if before == "llama":
            token = token.removesuffix(".0")
        if joined := _JOINED.get((before, token)):
            found[-1] = joined
        else:
            found.append(_VARIANT.get(token, token))
    return found


@dataclass(frozen=True)
class Facts:
    """Spellings (tokens joined by a space), and words that only begin them."""

    spellings: Mapping[str, Named]
    first: Mapping[str, Named]  # with a size beside it: the line's first family
    lines: Mapping[str, Named]
    common: frozenset[str]
    other_sense: frozenset[str]
    longest: int
    rivals: frozenset[str]


@cache
def facts() -> Facts:
    """Read what is known: it comes with the package."""
    told = tomllib.loads(
        files("graph.catalogue").joinpath("naming.toml").read_text(encoding="utf-8")
    )
    families = [f for f in load().families.values() if not f.candidates]
    spelled = {s: f for f in families for s in _spellings(f)}
    begun: dict[str, set[str]] = {}
    for spelling, family in spelled.items():
        begun.setdefault(spelling.split()[0], set()).add(family.id)
    sized = {s for s, f in spelled.items() if " " not in s and f.name.needs == "size"} | {"llama"}
    shared = {w for w, ids in begun.items() if len(ids) > 1 and w not in load().families} | sized
    found = {s: _named(f) for s, f in spelled.items()}
    first = {w: found.pop(w) for w in shared - {"llama"} if w in found}
    found.pop("llama")  # the title of the first LLaMA: the bare word is any of them
    lines = {
        w: Named(maker=m) for w in shared - {"llama", *told["no_line"]} if (m := _one(spelled, w))
    }
    found |= {s: _named(f) for f in families for s in map(_cut, f.name.spellings)} | _told(told)
    longest = max(len(s.split()) for s in found)
    common = frozenset(s for s, f in spelled.items() if f.name.needs == "number")
    other, rivals = frozenset(told["other_sense"]), frozenset(told["rival"]["words"])
    return Facts(found, first, lines, common, other, longest, rivals)


def _told(told: dict[str, Any]) -> dict[str, Named]:
    """Return the spellings that ``naming.toml`` gives."""
    found = {w: Named(maker=maker) for w, maker in told["maker"].items()}
    found |= {w: Named(llama=True) for w in told["llama"]["words"]}
    found |= {w: Named(maker=m, role=Role.TRANSLATOR) for w, m in told["translator"].items()}
    found |= {w: Named(role=Role.SOURCE) for w in told["material"]["words"]}
    return {_cut(spelling): named for spelling, named in found.items()}


def _named(family: Family) -> Named:
    return Named(family=family.id, llama=family.llama, role=Role(family.name.role))


def _cut(spelling: str) -> str:
    return " ".join(tokens(spelling))


def _spellings(family: Family) -> Iterable[str]:
    """Yield how a family is spelled: its id, and the first name in its title."""
    title = re.split(r" \(| and |,", family.title)[0]
    return {_cut(text) for text in (family.id, title)} - {""}


def _one(spelled: Mapping[str, Family], word: str) -> str | None:
    """Return the maker of all families that begin with a word, if it is one."""
    makers = {f.maker for s, f in spelled.items() if s.split()[0] == word}
    return makers.pop() if len(makers) == 1 else None
