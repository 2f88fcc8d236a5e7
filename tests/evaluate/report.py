"""What `make evaluate` prints: per set and half, with signals left out, versions, reliability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.roster import load
from graph.evidence import features
from graph.evidence.inference import (
    Feature,
    Weights,
    confidence,
    odds_of,
    version,
    with_authors,
)
from herdbook.wiring.settings import Settings
from tests.evaluate import no_parent
from tests.evaluate.measure import reliability, score
from tests.evaluate.world import Row, World

SETS = ("series", "leaderboard")
THRESHOLD: float = Settings.model_fields["inference_threshold"].default
MUTE = frozenset({"tag-adapter"})
LEFT_OUT: tuple[tuple[str, ...], ...] = ((), ("licence",), ("author",), ("licence", "author"))


def lines(world: World, by: Weights, *, errors: bool = False) -> Iterator[str]:
    """Yield the report."""
    rows = world.rows
    yield f"{len(rows)} rows with a truth; threshold {THRESHOLD}"
    for why, ids in sorted(world.left_out.items()):
        yield f"left out, {why}: {len(ids)}"
    for without in LEFT_OUT:
        yield f"\nLlama or not, capped, without {' and '.join(without) or 'nothing'}"
        sure = predict(rows, by, frozenset(without))
        yield from _by_part(rows, sure)
    yield "\nLlama or not, capped, where what an author's others declare is known"
    yield from _by_part(rows, predict(rows, by, frozenset(), known=True))
    yield "\nLlamas that show no sign of a family, capped"
    yield from _signless(rows)
    yield "\neach signal alone, and all but it (recall at the threshold)"
    yield from _signals(rows, by)
    sure = predict(rows, by, frozenset())
    yield "\nversions, capped"
    yield from _versions(rows, sure, by)
    yield "\nreliability"
    yield from _reliability(rows, sure)
    yield "\ninferred models that declare no parent, labelled by hand"
    yield from no_parent.lines(world, by, THRESHOLD)
    if errors:
        yield "\nerrors"
        yield from _errors(rows, sure)


def predict(
    rows: Sequence[Row], by: Weights, without: frozenset[str], *, known: bool = False
) -> NDArray[np.float64]:
    """Return the confidence that each row is Llama's, with some signals left out.

    With ``known`` one row is hidden at a time, as on the Hub, where others of an author declare.
    """
    signals = [name for name in features.FEATURES if name not in without]
    alone = np.array(
        [odds_of([c for name in signals for c in _features(row, name)], by) for row in rows]
    )
    names = {name: n for n, name in enumerate(sorted({row.author for row in rows}))}
    author = np.array([-1 if "author" in without else names[row.author] for row in rows])
    truth = np.where([row.llama for row in rows], 1, -1) if known else np.zeros(len(rows))
    return confidence(with_authors(alone, author, truth.astype(np.int8), by))


@cache
def _features(row: Row, signal: str) -> tuple[Feature, ...]:
    """Return what one signal says of a row; signals are left out again and again."""
    return tuple(features.FEATURES[signal](row.record))


def _by_part(rows: Sequence[Row], sure: NDArray[np.float64]) -> Iterator[str]:
    truth, weight = _truth(rows)
    tuning = np.array([row.tuning for row in rows])
    for name in SETS:
        here = np.array([row.set == name for row in rows])
        for half, some in (("both", here), ("tuning", here & tuning), ("test", here & ~tuning)):
            found = score(sure[some] >= THRESHOLD, truth[some], weight[some])
            yield f"  {name:12} {half:7} {found}"


def _signless(rows: Sequence[Row]) -> Iterator[str]:
    """Yield what no weighing can find: at most it is told that they are adapters."""
    for name in SETS:
        here = [row for row in rows if row.set == name and row.llama]
        mute = [row for row in here if {c.kind for c in features.of_record(row.record)} <= MUTE]
        lost = sum(row.weight for row in mute)
        most = 1 - lost / max(sum(row.weight for row in here), 1e-9)
        yield f"  {name:12} {len(mute)} rows of weight {lost:.0f}: recall can reach {most:.3f}"


def _truth(rows: Sequence[Row]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    return np.array([row.llama for row in rows]), np.array([row.weight for row in rows])


def _signals(rows: Sequence[Row], by: Weights) -> Iterator[str]:
    truth, weight = _truth(rows)
    every = frozenset(features.FEATURES) | {"author"}
    for signal in sorted(every):
        alone = score(predict(rows, by, every - {signal}) >= THRESHOLD, truth, weight)
        but = score(predict(rows, by, frozenset({signal})) >= THRESHOLD, truth, weight)
        yield f"  {signal:14} alone: {alone}"
        yield f"  {'':14} all but it: {but}"


def _versions(rows: Sequence[Row], sure: NDArray[np.float64], by: Weights) -> Iterator[str]:
    for name in SETS:
        said = dict.fromkeys(("right", "wrong", "unsure"), 0.0)
        for row, confident in zip(rows, sure, strict=True):
            if row.set == name and row.llama and confident >= THRESHOLD:
                said[_version_of(row, by)] += row.weight
        given, every = said["right"] + said["wrong"], sum(said.values())
        yield (
            f"  {name:12} right {said['right'] / max(given, 1e-9):.3f} of those given "
            f"(weight {given:.0f}); version unsure: {said['unsure'] / max(every, 1e-9):.3f}"
        )


def _version_of(row: Row, by: Weights) -> str:
    created = row.record.created.date() if row.record.created else None
    family, _ = version(features.of_record(row.record), created, by)
    if load().families[family].candidates:
        return "unsure"
    return "right" if family in row.families else "wrong"


def _reliability(rows: Sequence[Row], sure: NDArray[np.float64]) -> Iterator[str]:
    truth, weight = _truth(rows)
    bins, error = reliability(sure, truth, weight)
    for b in bins:
        told = f"said {b.said:.3f}, true {b.true:.3f}, weight {b.weight:.0f}"
        yield f"  {b.low:.1f} to {b.high:.1f}: {told}"
    yield f"  expected calibration error {error:.4f}"


def _errors(rows: Sequence[Row], sure: NDArray[np.float64]) -> Iterator[str]:
    for row, confident in sorted(zip(rows, sure, strict=True), key=lambda pair: -pair[1]):
        if (confident >= THRESHOLD) != row.llama:
            kinds = sorted({c.kind for c in features.of_record(row.record)})
            what = f"{row.set} {row.record.id} {row.families}"
            yield f"  {confident:.2f} {what} {kinds} weight {row.weight:.2f}"
