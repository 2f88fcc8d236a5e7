"""Precision, recall, versions and reliability, each row with its weight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
BINS = 10


@dataclass(frozen=True)
class Score:
    """Precision and recall, and the weight of the rows that are Llama's."""

    precision: float
    recall: float
    weight: float

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}  recall {self.recall:.3f}  (weight {self.weight:.0f})"
        )


def score(said: Mask, truth: Mask, weight: Floats) -> Score:
    """Return how well a set of rows was found."""
    hit = weight[said & truth].sum()
    return Score(
        float(hit / max(weight[said].sum(), 1e-9)),
        float(hit / max(weight[truth].sum(), 1e-9)),
        float(weight[truth].sum()),
    )


@dataclass(frozen=True)
class Bin:
    """Rows of about one confidence: what was said on average, and what was true."""

    low: float
    high: float
    said: float
    true: float
    weight: float


def reliability(confidence: Floats, truth: Mask, weight: Floats) -> tuple[list[Bin], float]:
    """Return the reliability table and the expected calibration error."""
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    bins: list[Bin] = []
    for n in range(BINS):
        here = place == n
        total = float(weight[here].sum())
        if total:
            said = float(np.average(confidence[here], weights=weight[here]))
            true = float(np.average(truth[here], weights=weight[here]))
            bins.append(Bin(n / BINS, (n + 1) / BINS, said, true, total))
    error = sum(b.weight * abs(b.said - b.true) for b in bins) / float(weight.sum())
    return bins, error
