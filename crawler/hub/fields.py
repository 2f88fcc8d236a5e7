"""The fields asked for, by what is asked: lists and single repositories allow different ones.

One name that is not allowed refuses the whole request, and the refusal names the valid ones.
Sources: docs/hub.md, which cites the client's documentation and lists read back from the Hub.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from crawler.hub.errors import HubError
from graph.catalogue.facts import FACTS
from graph.catalogue.model import Kind

Form = Literal["list", "one"]

_BOTH = {"author", "cardData", "gated", "lastModified", "private", "sha", "siblings", "tags"}
_ALSO = {
    Kind.MODEL: {"baseModels", "config", "library_name", "pipeline_tag", "safetensors"},
    Kind.DATASET: {"description"},
}


def _wanted(kind: Kind) -> tuple[str, ...]:
    both = _BOTH | {fact.hub for fact in FACTS if kind in fact.of}
    return (*sorted(both), *sorted(_ALSO[kind] - both))


WANTED: dict[tuple[Kind, Form], tuple[str, ...]] = {
    (kind, form): _wanted(kind) for form in get_args(Form) for kind in Kind
}

# Without these no lineage can be read, or a token's owner would publish what is private.
ESSENTIAL = frozenset({"tags", "private"})
# One of these must be told, or a new revision would go unnoticed.
REVISION = frozenset({"sha", "lastModified"})
_NAMED = re.compile(r'\\?"([A-Za-z_\-]{1,40})\\?"')


def named(refusal: str) -> set[str]:
    """Return the names that a refusal says are allowed."""
    return set(_NAMED.findall(refusal))


@dataclass(slots=True)
class Fields:
    """The fields that are asked for now: those wanted, without those that the Hub refused."""

    dropped: dict[tuple[Kind, Form], set[str]] = field(default_factory=dict)

    def asked(self, kind: Kind, form: Form) -> tuple[str, ...]:
        """Return the names to ask for."""
        refused = self.dropped.get((kind, form), ())
        return tuple(name for name in WANTED[kind, form] if name not in refused)

    def drop(self, kind: Kind, form: Form, refusal: str) -> list[str]:
        """Take out what a refusal does not name as valid; return it, nothing where it names none.

        Raises HubError where the crawl cannot do without.
        """
        asked, valid = self.asked(kind, form), named(refusal)
        refused = [name for name in asked if name not in valid]
        if 2 * len(refused) > len(asked) or not refused:
            return []  # options of something else, such as what to sort by
        left = set(asked) - set(refused)
        if missing := (ESSENTIAL - left) | (REVISION if not REVISION & left else set()):
            raise HubError(
                f"the Hub gives {_listed(missing)} of {kind.value}s no more, without which they "
                "cannot be read (docs/hub.md); nothing was stored"
            )
        self.dropped.setdefault((kind, form), set()).update(refused)
        return refused


def lacking(asked: Iterable[str], rows: Iterable[object]) -> list[str]:
    """Return the fields that no row of a page holds though they were asked for."""
    held: set[str] = set()
    for row in rows:
        if isinstance(row, dict):
            held.update(row)
    return [name for name in asked if name not in held]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
