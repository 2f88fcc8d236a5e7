"""What a person tells of a planned model, and the record that the Hub would have of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graph.catalogue.model import DATASET_PREFIX, HUB_RELATIONS, Relation
from graph.evidence.record import HubRecord, Refused, read
from graph.evidence.relation import is_recipe
from graph.evidence.unread import CARD, JSON, unread

MAX_TEXT = 256
MAX_PARENTS = 200
RELATIONS = (*sorted(HUB_RELATIONS), Relation.MIRROR, Relation.DISTILLED)
Unread = tuple[str, str]  # a file, or a field of the card, and why it was not read
_OWNER = "planned"  # stands for the owner where none is told
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class PlanRefused(ValueError):
    """A plan that cannot be judged; the message says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A model before its release, as it is told; what is left empty its files may tell.

    ``files`` are texts of small files, ``siblings`` the whole file list (None: not told).
    ``from_scratch`` says that it has no base. Raises PlanRefused for what can be none.
    """

    name: str
    bases: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    licence: str = ""
    relation: str = ""
    from_scratch: bool = False
    files: Mapping[str, str] = field(default_factory=dict)
    siblings: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        for what, one in self._named():
            if not one.strip() or len(one) > MAX_TEXT or _CONTROL.search(one):
                raise PlanRefused(f"a {what} has 1 to {MAX_TEXT} characters, none of them control")
        if self.name.count("/") > 1 or self.name.endswith("/") or self.name.startswith("/"):
            raise PlanRefused(f"{self.name!r} is no model's name: write NAME or OWNER/NAME")
        if any(one.startswith(DATASET_PREFIX) for one in (self.name, *self.bases)):
            raise PlanRefused("the name and the bases are models'; data sets are given as such")
        if len(self.bases) + len(self.datasets) > MAX_PARENTS:
            raise PlanRefused(f"more than {MAX_PARENTS} bases and data sets")
        if self.relation and self.relation not in RELATIONS:
            known = ", ".join(RELATIONS)
            raise PlanRefused(f"{self.relation!r} is no relation of a model to its base: {known}")
        if self.from_scratch and self.bases:
            raise PlanRefused("a model that was trained from scratch has no base: give one of both")

    def _named(self) -> list[tuple[str, str]]:
        parents = [("base", one) for one in self.bases]
        return [("name", self.name), *parents, *(("data set", one) for one in self.datasets)]

    @property
    def id(self) -> str:
        """The id that findings speak of: the name, with ``planned/`` where no owner is told."""
        return self.name if "/" in self.name else f"{_OWNER}/{self.name}"

    @property
    def card_is_told(self) -> bool:
        """Whether the card is there to be read, or known not to be there."""
        return CARD in self.files or (self.siblings is not None and CARD not in self.siblings)


def record_of(asked: Asked, now: datetime) -> tuple[HubRecord, list[Unread]]:
    """Return the record that the Hub would have, and what of the files could not be read.

    What is asked goes before what the files say. Raises PlanRefused.
    """
    notes: list[str] = []
    told: dict[str, Any] = {"id": asked.id, "createdAt": now.isoformat(), "files": asked.files}
    if asked.siblings is not None:
        told["siblings"] = list(asked.siblings)
    try:
        alone = read(told, notes.append)
        missed = list(dict.fromkeys((*unread(alone), *_dropped(notes), *_not_given(asked))))
        overlaid = _card(asked)
        if overlaid or (alone.card is None and asked.card_is_told):
            card = {**(alone.card or {}), **overlaid}
            return read({**told, "cardData": card}, _quiet), missed
        return alone, missed
    except Refused as reason:
        raise PlanRefused(f"{asked.name!r}: {reason}") from None


def _dropped(notes: list[str]) -> Iterator[Unread]:
    """Yield what the reader of records says that it dropped."""
    for line in notes:
        what, dropped, why = line.partition(" dropped: ")
        if dropped:
            yield what.removeprefix("file ").strip("'"), why


def _not_given(asked: Asked) -> Iterator[Unread]:
    """Yield the files that name parents and are listed without a text."""
    for name in asked.siblings or ():
        if name not in asked.files and (name in (CARD, *JSON) or is_recipe(name)):
            yield name, "it is too large, or cannot be opened"


def _quiet(_line: str) -> None:
    """Pass over what the first reading has said of the files."""


def _card(asked: Asked) -> dict[str, Any]:
    """Return what is asked as a card says it."""
    card: dict[str, Any] = {
        "base_model": [*asked.bases],
        "base_model_relation": asked.relation if asked.relation in HUB_RELATIONS else "",
        "datasets": [one.removeprefix(DATASET_PREFIX) for one in asked.datasets],
        "license": asked.licence,
    }
    return {name: value for name, value in card.items() if value}
