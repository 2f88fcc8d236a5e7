"""The annotations of the Data Provenance Initiative, as snapshot lines.

Its rows are one collection's part each; what they say of one data set on the Hub is merged into
one line, in the field ``provenance``. Generators are named there in words, and stay words here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.ingest import snapshot
from graph.catalogue.model import DATASET_PREFIX

FIELDS = ("generated_by", "derived_from")
_SHAPE = frozenset({"id", "generated_by", "derived_from"})


def is_annotation(obj: object) -> bool:
    """Tell whether a decoded line is such an annotation, not the Hub's own."""
    return isinstance(obj, dict) and obj.keys() >= _SHAPE and "tags" not in obj


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield a snapshot line for each data set that a file's annotations speak of."""
    found: dict[str, dict[str, Any]] = {}
    for _, obj, _ in snapshot.lines(path):
        if is_annotation(obj) and isinstance(obj["id"], str):
            merge(found, obj)
    yield from found.values()


def merge(found: dict[str, dict[str, Any]], row: dict[str, Any]) -> None:
    """Add what a row says to the line of its data set."""
    name = row["id"].removeprefix(DATASET_PREFIX)
    line = found.setdefault(
        name, {"id": name, "kind": "dataset", "provenance": {field: [] for field in FIELDS}}
    )
    for field in FIELDS:
        told = row[field] if isinstance(row[field], list) else []
        have = line["provenance"][field]
        have += [v for v in told if isinstance(v, str) and v not in have]
