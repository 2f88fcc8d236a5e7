"""Models that declare no parent and were taken for Llama's: labelled by hand, with the reason.

The file holds every one that the series had when it was labelled. Each was read by its name,
tags, licence, totals and bytes; one that cannot be told counts as wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from graph.catalogue.roster import load
from graph.evidence import features
from graph.evidence.inference import Weights, confidence, odds_of, with_authors
from tests.evaluate.world import World

LABELS = Path(__file__).with_suffix(".jsonl")


def lines(world: World, by: Weights, threshold: float) -> Iterator[str]:
    """Yield the precision over the labelled ones that are still taken for Llama's."""
    labels = {told["id"]: told["llama"] for told in map(json.loads, _labels())}
    taken = _taken(world, by, threshold)
    known = [labels[i] for i in taken if i in labels]
    right = sum(known) / max(len(known), 1)
    yield f"  {len(taken)} taken, {len(known)} of them labelled, precision {right:.3f}"
    for wrong in sorted(i for i in taken if labels.get(i) is False):
        yield f"  wrong: {wrong}"


def _labels() -> list[str]:
    return LABELS.read_text(encoding="utf-8").split("\n")[:-1]


def _taken(world: World, by: Weights, threshold: float) -> list[str]:
    """Return the models of the series without declared parents that are taken for Llama's."""
    roster = load()
    records = world.hidden["series"]
    numbers: dict[str, int] = {}
    author = np.array(
        [numbers.setdefault(r.id.partition("/")[0].lower(), len(numbers)) for r in records]
    )
    alone = np.array([odds_of(features.of_record(r), by) for r in records])
    sure = confidence(with_authors(alone, author, np.zeros(len(records), np.int8), by))
    return [
        r.id
        for r, chance in zip(records, sure, strict=True)
        if chance >= threshold and r.id in world.undeclared and roster.family_of(r.id) is None
    ]
