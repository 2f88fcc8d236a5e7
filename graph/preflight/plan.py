"""A planned model: its name, what it is made from, and what is to be published with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from graph.catalogue.model import DATASET_PREFIX, Artifact, Derivation, Relation, Strength

MAX_TEXT = 256
MAX_PARENTS = 200
PARENTS = frozenset(Relation) - {Relation.TRAINED_ON, Relation.GENERATED_BY, Relation.RENAMED}
_OWNER = "planned"  # stands for the owner where none is told
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class PlanRefused(ValueError):
    """A plan that cannot be judged; the message says why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A model before its release.

    ``licences`` are the declared licence ids as they read after resolving ``other``; None: not
    told. ``files`` are texts of small files, ``siblings`` the whole file list; None: not told.
    Raises PlanRefused for a name or parent that can be none.
    """

    name: str
    bases: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    relation: Relation = Relation.FINETUNE
    licences: tuple[str, ...] | None = None
    licence_name: str | None = None
    licence_link: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    siblings: tuple[str, ...] | None = None
    created: datetime | None = None

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
        if self.relation not in PARENTS:
            raise PlanRefused(f"a model is nobody's {self.relation.value}")

    def _named(self) -> list[tuple[str, str]]:
        parents = [("base", one) for one in self.bases]
        return [("name", self.name), *parents, *(("data set", one) for one in self.datasets)]

    @property
    def id(self) -> str:
        """The id that findings speak of: the name, with ``planned/`` where no owner is told."""
        return self.name if "/" in self.name else f"{_OWNER}/{self.name}"

    @property
    def dataset_ids(self) -> tuple[str, ...]:
        """The data sets' ids, with their prefix."""
        return tuple(DATASET_PREFIX + one.removeprefix(DATASET_PREFIX) for one in self.datasets)

    def artifact(self) -> Artifact:
        """Return the model as the checks see one."""
        return Artifact(
            self.id,
            created=self.created,
            licences=self.licences,
            licence_name=self.licence_name,
            licence_link=self.licence_link,
            files=dict(self.files),
            siblings=self.siblings,
        )

    def edges(self) -> list[Derivation]:
        """Return the edges to what it is made from: its maker declares them."""
        parents = [(base, self.relation) for base in self.bases]
        parents += [(dataset, Relation.TRAINED_ON) for dataset in self.dataset_ids]
        return [Derivation(self.id, one, how, Strength.DECLARED) for one, how in parents]


def relation_of(bases: Collection[str], files: Collection[str] = ()) -> Relation:
    """Return what a model is to its bases where nobody says it: by its files, then their number."""
    if "adapter_config.json" in files:
        return Relation.ADAPTER
    return Relation.MERGE if len(bases) > 1 else Relation.FINETUNE
