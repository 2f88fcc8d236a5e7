"""Features weighed to a family: how sure it is that a repository without known parents is Llama's.

Each kind of feature has a weight (log odds), fitted on repositories whose lineage is declared
(`make evaluate`, docs/lineage.md). Their sum, moved by what else the author publishes, gives the
confidence. The version is told by the votes of the features that speak of one. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.floor import is_floor_day
from graph.catalogue.folder import toml
from graph.catalogue.roster import Family, load

FAINT = -2.0  # log odds from which on a guess may still count, with its author's help
NAMED = ("name-llama-version", "name-llama-short")  # what gives a version in the author's words
SIZED = ("size-llama", "size-llama-old")  # what a size in the name says
EARLY = timedelta(days=14)  # repositories appear on the Hub some days before a release

Odds = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Feature:
    """One sign: its kind, which has a weight; where it was seen; the versions it may speak of.

    ``families`` is empty for a sign against Llama, or for one that fits every version.
    """

    kind: str
    field: str
    value: str
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted weights: log odds by kind, the author's share, and how far a kind's version holds."""

    intercept: float
    threshold: float
    llama: Mapping[str, float]
    author: Mapping[str, float]
    version: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Classification:
    """What a repository's features come to: log odds of being Llama's, and the likeliest version.

    ``share`` is the probability of the version, given that it is Llama's.
    """

    odds: float
    family: str
    share: float
    features: tuple[Feature, ...]


@cache
def weights() -> Weights:
    """Read the fitted weights that come with the package."""
    return Weights(**toml("graph.evidence", "inference.toml")["weights"])


def classify(
    features: Iterable[Feature], created: date | None = None, by: Weights | None = None
) -> Classification:
    """Weigh features. ``created`` rules out versions that were not out yet."""
    seen, chosen = tuple(features), by or weights()
    odds = odds_of(seen, chosen)
    if odds < FAINT:  # nothing will come of it
        return Classification(odds, _untold()[-1][0], 1.0, ())
    return Classification(odds, *version(seen, created, chosen), seen)


def odds_of(features: Iterable[Feature], by: Weights) -> float:
    """Return the log odds that a repository with these features is Llama's; a kind counts once."""
    return by.intercept + sum(
        by.llama.get(kind, 0.0) for kind in {feature.kind for feature in features}
    )


def version(features: Iterable[Feature], created: date | None, by: Weights) -> tuple[str, float]:
    """Return the likeliest version and its probability, or an unsure one where none stands out."""
    told = _finer(features)
    named = {family for kind in NAMED for family in told.get(kind, ())}
    left = _possible(created, named)
    score = {family: math.log(_versions()[family].share) for family in left}
    narrowed = len(left) < len(_versions())
    for kind, families in told.items():
        said = families & set(left)
        if named and kind in SIZED and said.isdisjoint(named):
            continue  # people prune, stack and mix: a CodeLlama is one at any size
        if said and len(said) < len(left):
            narrowed = True
            yes, no = _odds(by.version.get(kind, 0.7), len(said), len(left))
            for family in left:
                score[family] += yes if family in said else no
    if not narrowed:  # what is common is no sign
        return _untold()[-1][0], 1.0
    top = max(score.values())
    share = {family: math.exp(value - top) for family, value in score.items()}
    total = sum(share.values())
    best = max(share, key=lambda family: (share[family], family))
    if share[best] / total >= by.threshold:
        return best, share[best] / total
    for family, versions in _untold()[:-1]:
        if (within := sum(share.get(one, 0.0) for one in versions) / total) >= by.threshold:
            return family, within
    return _untold()[-1][0], 1.0


def _odds(reliable: float, said: int, left: int) -> tuple[float, float]:
    """Return the log odds of a version that a feature speaks of, and of one that it does not."""
    return math.log(reliable / said), math.log((1 - reliable) / (left - said))


def _finer(features: Iterable[Feature]) -> dict[str, set[str]]:
    """Return the versions that each kind of feature speaks of.

    A version without its minor number ("llama-3") speaks of those with one too, where another
    feature tells which: people tag a 3.3 so, and licences are picked from a list.
    """
    told = {c.kind: set(c.families) for c in features if c.families}
    one = {family for said in told.values() if len(said) == 1 for family in said}
    return {
        kind: said | {finer for family in said for finer in one & _minor(family)}
        if len(said) == 1
        else said
        for kind, said in told.items()
    }


@cache
def _minor(family: str) -> frozenset[str]:
    """Return the versions whose number is a version's own with a minor one behind it."""
    versions = _versions()
    number = versions[family].name.version
    minor = (f.id for f in versions.values() if f.name.version.startswith(f"{number}."))
    return frozenset(minor) if number else frozenset()


def _possible(created: date | None, named: Collection[str]) -> list[str]:
    """Return the versions that were out when a repository was created; all where none was.

    The Hub's floor is no day of creation, and a version that a name gives was out: repositories
    are made before a release, and their dates are not always those of their content.
    """
    if created is not None and is_floor_day(created):
        created = None
    out = [
        family.id
        for family in _versions().values()
        if created is None
        or family.released is None
        or family.released - EARLY <= created
        or family.id in named
    ]
    return out or list(_versions())


@cache
def _versions() -> dict[str, Family]:
    """Return Llama's versions, oldest first."""
    return {f.id: f for f in load().llama_families() if not f.candidates}


@cache
def _untold() -> list[tuple[str, frozenset[str]]]:
    """Return the families of untold version with their versions; the last, the widest, is Llama."""
    roster = load()
    return [(f.id, frozenset(v.id for v in roster.versions(f.id))) for f in roster.untold()]


def with_authors(
    alone: Odds, author: NDArray[np.int64], known: NDArray[np.int8], by: Weights | None = None
) -> Odds:
    """Return log odds moved by what else each author publishes, and calibrated.

    ``alone`` are the odds of each repository, ``author`` the author's number (-1: none), and
    ``known`` is 1 for what is known as Llama's, -1 for what is known as another's, 0 else.
    """
    chosen = (by or weights()).author
    shares = shares_of_authors(alone, author, known, chosen["sure"])
    kinds = ("llama", "rival", "known-llama", "known-rival")
    moved = sum(chosen[kind] * share for kind, share in zip(kinds, shares, strict=True))
    return chosen["scale"] * alone + moved + chosen["offset"]


def shares_of_authors(
    alone: Odds, author: NDArray[np.int64], known: NDArray[np.int8], sure: float
) -> tuple[Odds, Odds, Odds, Odds]:
    """Return the shares of Llama's and of others among each author's other repositories.

    Two by odds that are clear, of what is not known, then two by what is known, which says more;
    a share of fewer than three counts for less.
    """
    by_odds = (known == 0) & (alone > sure), (known == 0) & (alone < -sure)
    return *_shares(author, *by_odds), *_shares(author, known > 0, known < 0)


def _shares(
    author: NDArray[np.int64], is_yes: NDArray[np.bool_], is_no: NDArray[np.bool_]
) -> tuple[Odds, Odds]:
    authors = int(author.max(initial=-1)) + 2
    yes = np.bincount(author + 1, weights=is_yes, minlength=authors)[author + 1] - is_yes
    no = np.bincount(author + 1, weights=is_no, minlength=authors)[author + 1] - is_no
    count = np.maximum(yes + no, 1)
    much = np.sqrt(np.minimum(1, (yes + no) / 3)) * (author >= 0)
    return much * yes / count, much * no / count


def confidence(log_odds: Odds) -> Odds:
    """Return the probability that log odds stand for."""
    return 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
