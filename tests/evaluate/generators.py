"""Generators named in words: how well `graph.catalogue.naming` and the provenance signal tell them.

Labels by hand: every spelling in ``generators.toml``, and 60 rows drawn at random (seed 20261123
of the rows that name a generator) in ``generator_rows.jsonl``. The rule that a translation with
several models tells no generator was made on seeing these rows.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.ingest import provenance, snapshot
from graph.catalogue.naming import Bare, Named, Role, resolve
from graph.evidence.signals.provenance import generators

HERE = Path(__file__).parent
ANNOTATIONS = "hub/datasets.jsonl.gz"


def spellings() -> dict[str, dict[str, Any]]:
    """Return the labels of spellings, by spelling."""
    told = tomllib.loads((HERE / "generators.toml").read_text(encoding="utf-8"))
    return {spelling: label for spelling, label in told.items() if isinstance(label, dict)}


def is_as_labelled(named: Named | None, label: dict[str, Any]) -> bool:
    """Tell whether words were resolved as far as the label says, and no further."""
    if named is None or label.get("none"):
        return named is None and bool(label.get("none"))
    if named.role != label.get("role", Role.MODEL) or named.id != label.get("id"):
        return False
    if "id" in label:
        return True
    return (
        named.family == label.get("family")
        and named.maker == label.get("maker")
        and (named.family is not None or named.llama == label.get("llama", False))
    )


def labelled_rows() -> list[dict[str, Any]]:
    """Return the hand labels of the 60 rows, one for each generator that a row names."""
    text = (HERE / "generator_rows.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def said(row: dict[str, Any], spelling: str) -> str | None:
    """Return what is said of a spelling in a row: its role, or None where nothing is said."""
    named = resolve(spelling, Bare.FAMILY)
    if named is None or named.role is not Role.MODEL:
        return named.role.value if named else None
    name = row["id"].rpartition("/")[2]
    told = {words for words, _ in generators(name, row)}
    return "generator" if spelling in told else None


def annotation_rows(shared: Path) -> list[dict[str, Any]]:
    """Return all annotation rows."""
    told = [obj for _, obj, _ in snapshot.lines(shared / ANNOTATIONS)]
    return [obj for obj in told if provenance.is_annotation(obj)]


def precision(shared: Path) -> tuple[int, int, int]:
    """Return (right, said, all) over the labelled mentions of the 60 rows."""
    rows = annotation_rows(shared)
    pairs = [
        (label["label"], said(rows[label["line"] - 1], label["spelling"]))
        for label in labelled_rows()
    ]
    spoken = [(truth, told) for truth, told in pairs if told is not None]
    return sum(truth == told for truth, told in spoken), len(spoken), len(pairs)


def lines(shared: Path) -> Iterator[str]:
    """Yield the report for ``make evaluate``."""
    labels = spellings()
    right = sum(is_as_labelled(resolve(s, Bare.FAMILY), label) for s, label in labels.items())
    yield f"generators: {right} of {len(labels)} spellings as labelled"
    hit, spoken, count = precision(shared)
    yield f"generators: precision {hit / spoken:.3f} on {spoken} of {count} mentions in 60 rows"
    yield "generators: all mentions of Llama"
    mentioned = Counter(
        (row["id"], words) for row in annotation_rows(shared) for words in row["generated_by"]
    )
    for (dataset, words), times in sorted(mentioned.items()):
        named = resolve(words, Bare.FAMILY)
        if named and named.llama:
            told = named.id or named.family or "llama, version untold"
            yield f"  datasets/{dataset}: {words} -> {told} ({times})"
