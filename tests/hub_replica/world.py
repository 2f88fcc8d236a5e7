"""Everything that is served at one moment; another moment is another World."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .catalogue import Catalogue
from .fields import object_id
from .rows import Rows
from .series import Record, is_dataset, live


class World:
    """The live repositories by kind.

    ``renames`` maps old ids to new ones: a renamed record that brings no ``_id`` has the one that
    it had under its first name, as on the Hub.
    """

    def __init__(self, records: Iterable[Record], renames: Mapping[str, str]) -> None:
        alive = live(records)
        if renames:
            present = {(is_dataset(record), record["id"].lower()) for record in alive}
            olds = {new.lower(): old for old, new in renames.items()}
            alive = [_with_first_id(record, olds, present) for record in alive]
        self.models = Catalogue(r for r in alive if not is_dataset(r))
        self.datasets = Catalogue(r for r in alive if is_dataset(r))
        self.rows = {
            "models": Rows(self.models, self.models),
            "datasets": Rows(self.datasets, self.models),
        }


def _with_first_id(
    record: Record, olds: Mapping[str, str], present: set[tuple[bool, str]]
) -> Record:
    """Follow the renames back, as far as the old name has not been taken by another."""
    first, seen = record["id"], set[str]()
    while (old := olds.get(first.lower())) is not None and old not in seen:
        if (is_dataset(record), old.lower()) in present:
            break
        seen.add(old)
        first = old
    if first == record["id"] or "_id" in record:
        return record
    return {**record, "_id": object_id({**record, "id": first})}
