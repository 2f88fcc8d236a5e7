"""A Hub of any size: the same repositories again and again, under other owners' names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from .series import Record, live

KEPT = ("meta-llama/",)
"""Whose repositories are not copied: all copies descend from the official ones."""
NAMING = ("tags", "cardData", "baseModels")
"""The fields that name other repositories; what else a copy holds, it shares with its original."""


def multiply(records: Iterable[Record], factor: int, keep: Sequence[str] = KEPT) -> list[Record]:
    """Return the records and ``factor - 1`` copies of those whose id begins with none of ``keep``.

    A copy's repositories belong to owners of its own, and lead to one another. What has no record
    or no owner is named as it is.
    """
    originals = live(records)
    ids = {record["id"] for record in originals}
    copied = {one for one in ids if "/" in one and not one.startswith(tuple(keep))}
    grown = list(originals)
    for copy in range(1, factor):
        new = {one: one.replace("/", f"-{copy}/", 1) for one in copied}
        grown += [_copy(record, new, copy) for record in originals if record["id"] in new]
    return grown


def _copy(record: Record, new: dict[str, str], copy: int) -> Record:
    changed = {**record, "id": new[record["id"]]}
    changed |= {name: _renamed(record[name], new) for name in NAMING if name in record}
    if "author" in record:
        changed["author"] = f"{record['author']}-{copy}"
    if "_id" in record:
        changed["_id"] = hashlib.sha256(f"{record['_id']} {copy}".encode()).hexdigest()[:24]
    return changed


def _renamed(value: Any, new: dict[str, str]) -> Any:
    """Return a value with the ids of a copy, alone or after a tag's prefix."""
    match value:
        case str():
            before, colon, own = value.rpartition(":")
            return f"{before}{colon}{new[own]}" if own in new else value
        case list():
            return [_renamed(one, new) for one in value]
        case dict():
            return {key: _renamed(one, new) for key, one in value.items()}
    return value
