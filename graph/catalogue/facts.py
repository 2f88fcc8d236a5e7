"""The plain facts that the Hub tells of a repository, each declared once.

A field of `Facts` is asked of the Hub, read, stored in a column of its name, given to the graph's
node, and shown by REST, command line and page: they all go through `FACTS`. What is read off
several fields, or stands for another where it is absent (author, licences, revision), is no plain
fact and has code of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from operator import attrgetter
from types import NoneType
from typing import Annotated, Any, get_args, get_type_hints


@dataclass(frozen=True, slots=True)
class Fact:
    """What the Hub calls a fact, what it means (``about``), and how it is shown.

    A ``counter`` moves every day by itself, and nothing is read off it. ``node`` facts are
    properties of the graph's nodes; ``listed`` ones stand among the facts of an answer, where
    others have words of their own. ``of`` are the kinds whose lists the Hub tells it in. A page
    heads it with ``label``; a terminal puts those of one ``line`` beside each other, as ``said``.
    ``name`` and ``type`` (int, str, datetime or bool) are the field's.
    """

    hub: str
    about: str
    counter: bool = False
    node: bool = True
    listed: bool = True
    of: tuple[str, ...] = ("model", "dataset")
    label: str = ""
    line: str = ""
    said: str = "{}"
    name: str = ""
    type: type = int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The plain facts themselves. ``None`` means that the Hub did not tell."""

    downloads: Annotated[
        int | None,
        Fact(
            "downloads",
            "in the last 30 days, as the Hub counts",
            counter=True,
            label="Downloads (30 days)",
            line="downloads",
            said="{} in 30 days",
        ),
    ] = None
    downloads_all: Annotated[
        int | None,
        Fact(
            "downloadsAllTime",
            "all that there ever were, as the Hub counts; null where not told",
            counter=True,
            label="Downloads (all time)",
            line="downloads",
            said="{} of all time",
        ),
    ] = None
    likes: Annotated[int | None, Fact("likes", "as the Hub counts", counter=True)] = None
    created: Annotated[datetime | None, Fact("createdAt", "ISO date and time", listed=False)] = None
    disabled: Annotated[
        bool,
        Fact("disabled", "whether the Hub keeps it and does not serve its files",
             node=False, listed=False),
    ] = False  # fmt: skip


def _declared() -> tuple[Fact, ...]:
    hints = get_type_hints(Facts, include_extras=True)
    return tuple(_named(one.name, *get_args(hints[one.name])) for one in fields(Facts))


def _named(name: str, told: Any, fact: Fact) -> Fact:
    (kind,) = {*(get_args(told) or (told,))} - {NoneType}
    words = name.replace("_", " ")
    label, line = fact.label or words.capitalize(), fact.line or words
    return replace(fact, name=name, type=kind, label=label, line=line)


FACTS = _declared()
NAMES = tuple(fact.name for fact in FACTS)
LISTED = tuple(fact for fact in FACTS if fact.listed)
COUNTERS = tuple(fact.name for fact in FACTS if fact.counter)
_values, _counters = attrgetter(*NAMES), attrgetter(*COUNTERS)


def values(one: Facts) -> dict[str, Any]:
    """Return the facts by name."""
    return dict(zip(NAMES, _values(one), strict=True))


def counters(one: Facts) -> tuple[int | None, ...]:
    """Return the counters, in the order of `COUNTERS`."""
    told: tuple[int | None, ...] = _counters(one)
    return told


def untold(now: Facts, then: tuple[int | None, ...]) -> dict[str, Any]:
    """Return the counters that ``now`` does not tell, as they were then."""
    both = zip(COUNTERS, counters(now), then, strict=True)
    return {name: before for name, present, before in both if present is None}
