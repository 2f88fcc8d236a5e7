"""Mutated cards and licence files: how long the slowest take to judge.

Each text is made from the seed and its own number, so that a slow one can be made again. One in
ten is flooded with a piece up to a million characters.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from graph.catalogue.model import Artifact
from graph.compliance import normalise, texts
from graph.compliance.judge import judge
from tests.inherited_licences import inherited
from tests.tools.holding import CLAUSES, holding
from tests.tools.mutation import CARD, flooded, mutated

LIMIT = 50.0  # milliseconds that an artifact may take (issue 5)
SHOWN = 5
GIANT = 1_000_000  # characters
ARRIVING = [inherited("llama3.1", "merge"), inherited("llama3", "adapter")]


@dataclass(frozen=True)
class Hostile:
    """Milliseconds of processor time for one artifact, its card and its licence file mutated."""

    texts: int
    seed: int
    p50: float
    slowest: list[tuple[float, int]]

    def __str__(self) -> str:
        most = ", ".join(f"{ms:.1f} ms (number {number})" for ms, number in self.slowest)
        return (
            f"hostile: {self.texts:,} mutated texts, seed {self.seed}, two licences each: "
            f"median {self.p50:.2f} ms; slowest {most}; at most {LIMIT:.0f} ms are asked for"
        )


def measure_hostile(count: int, seed: int = 5) -> Iterator[Hostile]:
    """Judge artifacts with two mutated texts each, and yield what they took."""
    _milliseconds(made(seed, 1))  # reads the licences
    times = [(_milliseconds(made(seed, n)), n) for n in range(count // 2)]
    slowest = sorted(times, reverse=True)[:SHOWN]
    yield Hostile(2 * len(times), seed, median(ms for ms, _ in times), slowest)


def made(seed: int, number: int) -> Artifact:
    """Return the artifact with this number."""
    rng = random.Random(f"{seed} {number}")  # noqa: S311 - mutations, no secrets
    licence, card = mutated(CLAUSES * 3, rng), mutated(CARD, rng)
    if number % 10 == 0:
        licence, card = flooded(licence, rng, GIANT), flooded(card, rng, GIANT)
    return holding({"LICENSE": licence, "NOTICE": licence[:300], "README.md": card})


def _milliseconds(artifact: Artifact) -> float:
    for cached in (normalise.plain, normalise.words, normalise.sentences, texts.compare):
        cached.cache_clear()
    began = time.process_time()
    judge(artifact, ARRIVING, licensor=False)
    return (time.process_time() - began) * 1000
