"""A model named in words: to its repository's id, or as far as the words tell.

"llama 3 70b instruct" names one official repository; "Llama 3" a family; "GPT-4" a maker. What
the words leave open stays open. Facts stand in the rosters and in ``naming.toml``. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache

from graph.catalogue.folder import toml
from graph.catalogue.lexicon import Named, Role, lexicon
from graph.catalogue.names import Name, read
from graph.catalogue.roster import load
from graph.catalogue.words import SIZE, cut

__all__ = ["Bare", "Named", "Role", "resolve"]

MAX_WORDS = 200  # characters; no model's name is as long
OWNED = re.compile(r"[A-Za-z0-9_][\w.\-]{0,95}/[A-Za-z0-9_.\-][\w.\-]{0,95}", re.ASCII)
_EXTRA = re.compile(r"hf|v\d(?:\.\d)?|\d{4}|vision|17b|16e|128e")  # an id may say more
_NOISE = frozenset({"meta", "meta's", "the", "model", "models", "series", "family", "version"})


class Bare(StrEnum):
    """What a size without a variant ("llama 3 70b") stands for.

    In a derivation ("fine-tuned from Llama-3.1-8B") it is the repository of that name, the base.
    As a generator it mostly is the instruct model, whose variant people leave away: both exist,
    so the words tell the family alone.
    """

    BASE = "base"
    FAMILY = "family"


def resolve(words: str, bare: Bare = Bare.BASE) -> Named | None:
    """Return what some words name, None where no model is known in them."""
    text = words[:MAX_WORDS].strip(" \t*_`'\"()[].,;:")
    if OWNED.fullmatch(text) and (named := _owned(text)):
        return named
    told = read(text)
    if bare is Bare.BASE and (known := _in_words().get(frozenset(told.tokens))):
        return _named(known)
    named = _line(told)
    if named is None or not (named.family or named.llama):
        return named
    if not lexicon().other_sense.isdisjoint(told.tokens):
        return None
    found = _official(frozenset(told.tokens) - _NOISE, named, bare)
    return replace(named, id=found.id, family=found.family) if found else named


def _owned(text: str) -> Named | None:
    """Read ``owner/name``: in known spelling if there is one, else as written.

    "GPT-3.5/GPT-4" and "Llama-2-7B/13B" are two names, not an owner and its repository.
    """
    roster = load()
    known = roster.spelling(text) or text
    family = roster.origin_of(known)
    owner = text.partition("/")[0]
    if family is None and roster.spelling(text) is None and _is_model(owner):
        return None
    return Named(known, family.id if family else None, bool(family and family.llama))


def _is_model(owner: str) -> bool:
    """Tell whether what stands before a slash is a model's name itself, as in "LLaMA/Alpaca"."""
    told = read(owner)
    if len(told.words) == 1 and told.words[0].length == len(told.tokens):
        return told.words[0].said is not None
    return any(c.isdigit() for c in owner) and _line(told) is not None


def _line(told: Name) -> Named | None:
    """Return what the first known words name; after "distill", the next."""
    best: Named | None = None
    for word in told.words:
        if word.said and (best is None or "distill" in told.tokens[: word.place]):
            best = word.said
    return best


def _official(said: frozenset[str], line: Named, bare: Bare) -> Named | None:
    """Return the one official repository whose name is these words."""
    if exact := _by_tokens().get(said):
        told = bare is Bare.BASE or "hf" in said or not _ambiguous(said)
        return _named(exact) if told else None
    own = _ids(line.family)
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
    if not any(SIZE.fullmatch(token) for token in said):
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
    names = _by_tokens()
    if said & {"instruct", "base"} or said | {"base"} in names:  # "Qwen3-8B" is the tuned one
        return False
    return any(said | {"instruct"} <= name for name in names)


def _named(artifact_id: str) -> Named:
    family = load().origin_of(artifact_id)
    return Named(artifact_id, family.id if family else None, bool(family and family.llama))


@cache
def _ids(family: str | None) -> Mapping[str, frozenset[str]]:
    """Return a family's official repositories that are named one by one, with their tokens."""
    known = load().families.get(family or "")
    return _tokens(known.official if known else ())


def _tokens(ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return repositories with their names' tokens."""
    words = lexicon().vocabulary
    cuts = {i: cut(i.partition("/")[2], words) for i in sorted(ids)}
    return {i: frozenset(token.text for token in tokens) - _NOISE for i, tokens in cuts.items()}


@cache
def _in_words() -> Mapping[frozenset[str], str]:
    """Return the names in words that mean one repository, by their tokens.

    Official names of lines that no word of prose tells by itself ("bart-large") are among them.
    """
    words = lexicon().vocabulary
    told = toml(__package__, "naming.toml")["named"]
    named = {frozenset(t.text for t in cut(said, words)): i for said, i in told.items()}
    untold = {t: i for t, i in _by_tokens().items() if len(t) > 1 and _line(read(_name(i))) is None}
    return untold | named


def _name(artifact_id: str) -> str:
    return artifact_id.partition("/")[2]


@cache
def _by_tokens() -> Mapping[frozenset[str], str]:
    """Return all of them by their tokens; of the same name under two owners, the first."""
    listed = [pair for family in load().families for pair in _ids(family).items()]
    known = [*_tokens(load().derived).items(), *sorted(listed, reverse=True)]
    return {told: artifact_id for artifact_id, told in known}
