"""A model named in words: to its repository's id, or as far as the words tell.

"llama 3 70b instruct" names one official repository; "Llama 3" a family; "GPT-4" a maker. What
the words leave open stays open. Facts stand in the rosters and in ``naming.toml``. Pure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from graph.roster import Family, load

MAX_WORDS = 200  # characters; no model's name is as long
OWNED = re.compile(r"[A-Za-z0-9_][\w.\-]{0,95}/[A-Za-z0-9_.\-][\w.\-]{0,95}", re.ASCII)
_TOKEN = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*\+?")
_GLUED = re.compile(r"(?<![a-z0-9.])([a-z]{2,})(?=\d)")  # "llama3.1", not "a3b" or "v0.1"
_SPACED = re.compile(r"(?<=\d)[ -]?(?:billion|b)\b")  # "70 billion", "70 b"
_SIZE = re.compile(r"(?:\d+x)?\d+(?:\.\d+)?[bm]")
_EXTRA = re.compile(r"hf|v\d(?:\.\d)?|\d{4}|vision|17b|16e|128e")  # an id may say more
_JOINED = {("code", "llama"): "codellama", ("open", "llama"): "openllama",
           ("tiny", "llama"): "tinyllama"}  # fmt: skip
_VARIANT = {"chat": "instruct", "it": "instruct", "inst": "instruct", "pt": "base"}
_NOISE = frozenset({"meta", "meta's", "the", "model", "models", "series", "family", "version"})
UNSURE = frozenset({"llama", "llama-3.x"})  # what is no family, but a gap in what is known
_OLDEST = frozenset({"30b", "33b", "65b"})  # sizes that only the first LLaMA has


class Role(StrEnum):
    """What the named thing can be to a text: its generator, its translator, or its source."""

    MODEL = "model"
    TRANSLATOR = "translator"
    SOURCE = "source"


class Bare(StrEnum):
    """What a size without a variant ("llama 3 70b") stands for.

    In a derivation ("fine-tuned from Llama-3.1-8B") it is the repository of that name, the base.
    As a generator it mostly is the instruct model, whose variant people leave away: both exist,
    so the words tell the family alone.
    """

    BASE = "base"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Named:
    """What words name: an id, else the family, else that it is a Llama, else the maker."""

    id: str | None = None
    family: str | None = None
    llama: bool = False
    maker: str | None = None
    role: Role = Role.MODEL


def resolve(words: str, bare: Bare = Bare.BASE) -> Named | None:
    """Return what some words name, None where no model is known in them."""
    text = words[:MAX_WORDS].strip(" \t*_`'\"()[].,;:")
    if OWNED.fullmatch(text) and (named := _owned(text)):
        return named
    told = tokens(text)
    named = _line(told)
    if named is None or not (named.family or named.llama):
        return named
    if _facts().other_sense & set(told):
        return None
    found = _official(frozenset(told) - _NOISE, named, bare)
    return replace(named, id=found.id, family=found.family) if found else named


def tokens(words: str) -> list[str]:
    """Split words into lower-case tokens that do not depend on separators or on case."""
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


def _owned(text: str) -> Named | None:
    """Read ``owner/name``: in known spelling if there is one, else as written.

    "GPT-3.5/GPT-4" and "Llama-2-7B/13B" are two names, not an owner and its repository.
    """
    roster = load()
    known = roster.spelling(text) or text
    original = roster.copies[known].original if known in roster.copies else known
    family = roster.family_of(roster.renamed.get(original, original))
    owner = text.partition("/")[0]
    if family is None and known == text and known not in roster.copies and _is_model(owner):
        return None
    return Named(known, family.id if family else None, bool(family and family.llama))


def _is_model(owner: str) -> bool:
    """Tell whether what stands before a slash is a model's name itself, as in "LLaMA/Alpaca"."""
    facts, said = _facts(), " ".join(tokens(owner))
    named = said in facts.spellings or said in facts.lines or said == "llama"
    return named or (any(c.isdigit() for c in owner) and _line(said.split()) is not None)


def _line(told: list[str]) -> Named | None:
    """Return the family or maker that the first known words name; after "distill", the next."""
    best: Named | None = None
    place = 0
    while place < len(told):
        length, named = _at(told, place)
        if named and (best is None or "distill" in told[:place]):
            best = named
        place += max(length, 1)
    return best


def _at(told: list[str], place: int) -> tuple[int, Named | None]:
    """Return what begins at a place, the longest spelling first, and its length."""
    facts = _facts()
    following = told[place + 1] if place + 1 < len(told) else ""
    for length in range(min(facts.longest, len(told) - place), 0, -1):
        spelled = " ".join(told[place : place + length])
        if length == 1 and spelled in facts.common and not any(c.isdigit() for c in following):
            continue
        if named := facts.spellings.get(spelled):
            return length, named
        if length == 1 and _SIZE.fullmatch(following) and spelled in facts.first:
            return length, facts.first[spelled]
    word = told[place]
    if word == "llama":
        oldest = not _OLDEST.isdisjoint(told)
        return 1, Named(family="llama-1" if oldest else None, llama=True)
    return 1, facts.lines.get(word)


def _official(said: frozenset[str], line: Named, bare: Bare) -> Named | None:
    """Return the one official repository whose name is these words."""
    exact = [named for named in _ids() if _ids()[named] == said]
    if exact and (bare is Bare.BASE or "hf" in said or not _ambiguous(said)):
        return _named(min(exact))  # the same weights under two organisations: the first of them
    if exact:
        return None
    own = {i: t for i, t in _ids().items() if _named(i).family == line.family}
    if "base" in said:
        said, bare = said - {"base"}, Bare.BASE
        own = {i: t for i, t in own.items() if "instruct" not in t}
    elif "instruct" not in said and not (bare is Bare.BASE or line.llama):
        return None
    return _nearest(own, said, bare if line.llama else None)


def _nearest(
    own: Mapping[str, frozenset[str]], said: frozenset[str], bare: Bare | None
) -> Named | None:
    """Return the one id that says all that is said, and besides nothing that tells it apart.

    Where a size of Llama's exists as instruct alone (3.3), the size names it; the rosters of
    others are not whole, so that a size says less there.
    """
    if not any(_SIZE.fullmatch(token) for token in said):
        return None
    fits = {i for i, t in own.items() if said <= t and all(map(_EXTRA.fullmatch, t - said))}
    if not fits and bare is not None:
        said |= {"instruct"}
        fits = {i for i, t in own.items() if said <= t and all(map(_EXTRA.fullmatch, t - said))}
    elif bare is Bare.FAMILY and _ambiguous(said):
        return None
    sizes = {frozenset(own[i] - {"hf"}) for i in fits}
    return _named(min(fits, key=lambda i: (len(own[i]), i))) if len(sizes) == 1 else None


def _ambiguous(said: frozenset[str]) -> bool:
    """Tell whether a name without variant may stand for an instruct model of another name."""
    names = set(_ids().values())
    if said & {"instruct", "base"} or said | {"base"} in names:  # "Qwen3-8B" is the tuned one
        return False
    return any(said | {"instruct"} <= name for name in names)


def _named(artifact_id: str) -> Named:
    family = load().family_of(artifact_id)
    return Named(artifact_id, family.id if family else None, bool(family and family.llama))


@cache
def _ids() -> dict[str, frozenset[str]]:
    """Return the official repositories that the rosters name one by one, with their tokens."""
    listed = [i for family in load().families.values() for i in family.official]
    return {i: frozenset(tokens(i.partition("/")[2])) - _NOISE for i in sorted(listed)}


@dataclass(frozen=True)
class _Facts:
    """Spellings (tokens joined by a space), and words that only begin them."""

    spellings: Mapping[str, Named]
    first: Mapping[str, Named]  # with a size beside it: the line's first family
    lines: Mapping[str, Named]
    common: frozenset[str]
    other_sense: frozenset[str]
    longest: int


@cache
def _facts() -> _Facts:
    told = tomllib.loads(files("graph").joinpath("naming.toml").read_text(encoding="utf-8"))
    families = [f for f in load().families.values() if f.id not in UNSURE]
    spelled = {s: f for f in families for s in _spellings(f)}
    begun: dict[str, set[str]] = {}
    for spelling, family in spelled.items():
        begun.setdefault(spelling.split()[0], set()).add(family.id)
    shared = {w for w, ids in begun.items() if len(ids) > 1 and w not in load().families}
    shared |= set(told["unsure"])
    found = {s: Named(family=f.id, llama=f.llama) for s, f in spelled.items()}
    first = {w: found.pop(w) for w in shared - {"llama"} if w in found}
    found.pop("llama")  # the title of the first LLaMA: the bare word is any of them
    lines = {
        w: Named(maker=m) for w in shared - {"llama", *told["no_line"]} if (m := _one(spelled, w))
    }
    found |= _told(told)
    translators = {s: f for s, f in found.items() if f.family in told["translators"]}
    found |= {s: replace(f, role=Role.TRANSLATOR) for s, f in translators.items()}
    longest = max(len(s.split()) for s in found)
    common, other = frozenset(told["common"]), frozenset(told["other_sense"])
    return _Facts(found, first, lines, common, other, longest)


def _told(told: dict[str, Any]) -> dict[str, Named]:
    """Return the spellings that ``naming.toml`` gives."""
    llama = {f.id for f in load().llama_families()}
    found = {w: Named(family=f, llama=f in llama) for w, f in told["family"].items()}
    found |= {w: Named(maker=maker) for w, maker in told["maker"].items()}
    found |= {w: Named(llama=True) for w in told["llama"]["words"]}
    found |= {w: Named(maker=m, role=Role.TRANSLATOR) for w, m in told["translator"].items()}
    found |= {w: Named(role=Role.SOURCE) for w in told["material"]["words"]}
    return {" ".join(tokens(spelling)): named for spelling, named in found.items()}


def _spellings(family: Family) -> Iterable[str]:
    """Yield how a family is spelled: its id, and the first name in its title."""
    title = re.split(r" \(| and |,", family.title)[0]
    return {" ".join(tokens(text)) for text in (family.id, title)} - {""}


def _one(spelled: Mapping[str, Family], word: str) -> str | None:
    """Return the maker of all families that begin with a word, if it is one."""
    makers = {f.maker for s, f in spelled.items() if s.split()[0] == word}
    return makers.pop() if len(makers) == 1 else None
