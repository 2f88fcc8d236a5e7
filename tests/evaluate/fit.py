"""Weights for features: a logistic regression with prior expectations, by Newton's method.

Priors matter: many kinds of feature are rare in the data, and what is known of them beforehand (an
architecture that is Llama's alone) is worth more than two examples.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from graph.evidence.inference import Feature, Weights, odds_of, shares_of_authors

Floats = NDArray[np.float64]

PRIOR: dict[str, float] = {
    "architecture-llama": 1.5,
    "architecture-llama-own": 5.0,
    "architecture-rival": -3.0,
    "base-llama": 4.0,
    "base-llama-version": 5.0,
    "base-rival": -4.0,
    "card-agreement": 2.0,
    "card-built-with-llama": 2.5,
    "card-built-with-version": 5.0,
    "card-licensed": 4.5,
    "card-llama-family": 5.0,
    "card-notice": 5.0,
    "card-rival-family": -4.0,
    "dimensions-llama": 0.0,
    "dimensions-llama-own": 3.0,
    "dimensions-llama-other-vocabulary": -1.5,
    "dimensions-other": -2.0,
    "dimensions-toy": -8.0,
    "empty": -2.0,
    "file-llama": 2.0,
    "file-llama-version": 3.0,
    "file-rival": -2.5,
    "gguf-llama": 0.5,
    "licence-llama": 3.0,
    "licence-open": -0.5,
    "licence-other-name": -1.0,
    "licence-vendor": -2.0,
    "name-llama-bare": 3.0,
    "name-llama-other-sense": -2.0,
    "name-llama-short": 3.0,
    "name-llama-teacher": -1.0,
    "name-llama-version": 4.0,
    "name-llama-version-contested": 1.0,
    "name-own-training": -3.5,
    "name-toy": -5.0,
    "name-rival-after": -1.0,
    "name-rival-alone": -3.0,
    "name-rival-first": -1.5,
    "name-runtime": 0.0,
    "size-llama": 0.7,
    "size-llama-old": -0.3,
    "size-other": -1.0,
    "size-other-named": -0.3,
    "tag-adapter": 0.0,
    "tag-own-training": -4.0,
    "tag-type-llama-adapter": 0.5,
    "tag-type-llama": 1.5,
    "tag-type-llama-own": 5.0,
    "tag-type-llama-tuned": 1.0,
    "tag-type-rival": -3.0,
    "tag-word-llama": 1.0,
    "tag-word-rival": -1.5,
    "tag-word-version": 1.5,
    "tokenizer-llama": 2.0,
    "total-llama": 2.5,
    "total-llama-exact": 3.0,
    "total-llama-old": 1.0,
    "total-llama-old-exact": 1.5,
    "total-llama-rope": 4.0,
    "total-near": -0.5,
    "total-other": -4.0,
    "total-toy": -7.0,
    "total-rival": -3.0,
}
INTERCEPT = -1.5
STRENGTH = 1.0  # of the priors, as so many observations
# Scale; shares of Llama's and of rivals' by classifications, then by what is known; offset.
AUTHOR_PRIOR = np.array([1.0, 1.0, -1.0, 2.0, -2.0, 0.0])
# Rivals are held hard: adapters that say nothing, by authors of both, may turn their sign.
AUTHOR_STRENGTH = np.array([2.0, 2.0, 20.0, 2.0, 2.0, 2.0])


def fit(
    features: Sequence[Sequence[Feature]],
    llama: Floats,
    weight: Floats,
    author: NDArray[np.int64],
    base: Weights,
) -> Weights:
    """Return weights fitted on rows with their truth; versions and thresholds stay ``base``'s."""
    kinds = sorted({c.kind for row in features for c in row} | set(PRIOR))
    place = {kind: n for n, kind in enumerate(kinds)}
    table = np.zeros((len(features), len(kinds) + 1))
    table[:, -1] = 1
    for n, row in enumerate(features):
        table[n, [place[c.kind] for c in row]] = 1
    prior = np.array([PRIOR.get(kind, 0.0) for kind in kinds] + [INTERCEPT])
    found = _logistic(table, llama, weight, prior, STRENGTH)
    alone = replace(
        base,
        intercept=float(found[-1]),
        llama={kind: round(float(found[n]), 3) for kind, n in place.items()},
    )
    odds = np.array([odds_of(row, alone) for row in features])
    by_author = _authors(odds, llama, weight, author, base.author["sure"])
    return replace(
        alone,
        intercept=round(alone.intercept, 3),
        author={name: round(float(value), 3) for name, value in by_author.items()},
    )


def _authors(
    odds: Floats, llama: Floats, weight: Floats, author: NDArray[np.int64], sure: float
) -> dict[str, float]:
    """Return what an author's others count: guessed (all hidden) and known (one hidden at a time).

    Each row is taken twice, once so, once so.
    """
    nothing = np.zeros(len(odds), np.int8)
    truth = np.where(llama > 0, 1, -1).astype(np.int8)
    both = [
        np.column_stack((odds, *shares_of_authors(odds, author, known, sure), np.ones(len(odds))))
        for known in (nothing, truth)
    ]
    found = _logistic(
        np.concatenate(both),
        np.concatenate((llama, llama)),
        np.concatenate((weight, weight)),
        AUTHOR_PRIOR,
        AUTHOR_STRENGTH,
    )
    names = ("scale", "llama", "rival", "known-llama", "known-rival", "offset")
    return {"sure": sure} | {n: float(v) for n, v in zip(names, found, strict=True)}


def _logistic(
    table: Floats, truth: Floats, weight: Floats, prior: Floats, strength: float | Floats
) -> Floats:
    """Return coefficients that fit best, each held to its prior; the last one is the intercept."""
    hold = np.ones(table.shape[1]) * strength
    hold[-1] = 0.05
    found: Floats = prior.copy()
    for _ in range(80):
        chance = 1 / (1 + np.exp(-np.clip(table @ found, -30, 30)))
        slope = table.T @ (weight * (chance - truth)) + hold * (found - prior)
        bend = (table * (weight * chance * (1 - chance))[:, None]).T @ table + np.diag(hold)
        found = found - np.linalg.solve(bend, slope)
    return found
