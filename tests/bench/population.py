"""A graph of any size with the shares of the real one, batch by batch, the same each time.

Shares are those of the real series built (14,815 models: 8,184 DERIVED_FROM, 2,219 TRAINED_ON,
15,770 PUBLISHED_BY of 6,120 authors, 9,479 DECLARES, 7,172 IN_FAMILY, 7,085 INHERITS, 3,774
findings): about five nodes and edges for each model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from graph.engines.port.ports import Batch, EdgeRows, Row

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PART = 5000  # artifacts in a batch, as a build's
REDRAWN = 10  # with another seed, one of so many
FAMILIES, LICENCES = 40, 60
DERIVED, TRAINED, FAMILY, DECLARED, JUDGED = 0.55, 0.15, 0.48, 0.64, 0.037
CHECKS = ("name-prefix", "licence-tag", "licence-copy", "built-with", "notice-file", "use-policy")
RELATIONS = ("finetune", "quantized", "adapter", "merge")
OUTCOMES = ("failed", "review", "unknown", "passed")


def batches(models: int, *, seed: int = 1, of: int | None = None) -> Iterator[Batch]:
    """Yield a graph of that many models, generation by generation, as a build does.

    Another seed draws one model in ten anew, with its edges and findings. ``of`` says of how many
    these are the first, so that a smaller graph is a part of a larger one.
    """
    sets = _sets(of or models)
    yield Batch(
        nodes={
            "Family": [_named(f"family-{n}", llama=n < 8) for n in range(FAMILIES)],
            "Licence": [_named(f"licence-{n}") for n in range(LICENCES)],
            "Dataset": [_artifact(_set_id(n), n) for n in range(sets)],
        }
    )
    chances = np.concatenate([_chances(n, models, seed) for n in range(-(-models // PART))])
    order = _parents_first(chances)
    for start in range(0, models, PART):
        numbers = order[start : start + PART]
        yield _batch(numbers, chances[numbers], sets)


def part(number: int, models: int, *, seed: int = 1, of: int | None = None) -> Batch:
    """Return what `batches` yields of one part of the models, by its number."""
    chances = _chances(number, models, seed)
    return _batch(number * PART + np.arange(len(chances)), chances, _sets(of or models))


def model_id(number: int) -> str:
    """Return the id of a model by its number, oldest first."""
    return f"{_author(number)}/Model-{number % 97}B-v{number}"


def _chances(part: int, models: int, seed: int) -> Floats:
    """Draw what decides of a part's models: eight numbers each."""
    rows = min(PART, models - part * PART)
    drawn = np.random.default_rng((1, part)).random((rows, 8))
    drawn[::REDRAWN] = np.random.default_rng((seed, part)).random((rows, 8))[::REDRAWN]
    return drawn


def _parents_first(chances: Floats) -> Ints:
    generation: list[int] = []
    for number, drawn in enumerate(chances[:, [0, 6]].tolist()):
        parent = _parent(number, *drawn)
        generation.append(0 if parent is None else generation[parent] + 1)
    return np.argsort(generation, kind="stable")


def _parent(number: int, derived: float, which: float) -> int | None:
    """Return an older model, or none; few have most of the children."""
    return int(number * which**6) if number and derived < DERIVED else None


def _batch(numbers: Ints, chances: Floats, sets: int) -> Batch:
    edges: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    nodes: dict[str, list[Row]] = {"Model": [], "Finding": []}
    for number, drawn in zip(numbers.tolist(), chances.tolist(), strict=True):
        own = model_id(number)
        nodes["Model"].append(_artifact(own, number))
        for kind, target, row in _edges(own, number, drawn, sets):
            edges[(kind, "Model", target)].append(row)
        if drawn[4] < JUDGED:
            for check in CHECKS:
                finding = _finding(own, check, drawn[5])
                nodes["Finding"].append(finding)
                edges[("HAS_FINDING", "Model", "Finding")].append(
                    {"from": own, "to": finding["id"]}
                )
    return Batch(nodes, tuple(EdgeRows(*ends, rows) for ends, rows in sorted(edges.items())))


def _edges(own: str, number: int, drawn: list[float], sets: int) -> Iterator[tuple[str, str, Row]]:
    yield "PUBLISHED_BY", "Author", {"from": own, "to": _author(number)}
    if (parent := _parent(number, drawn[0], drawn[6])) is not None:
        how = {"relation": RELATIONS[int(drawn[7] * 4)], "strength": "declared", "confidence": 1.0}
        yield "DERIVED_FROM", "Model", {"from": own, "to": model_id(parent), **how}
    if drawn[1] < TRAINED:
        n = int(sets * drawn[6] ** 2)
        how = {"relation": "trained_on", "strength": "declared", "confidence": 1.0}
        yield "TRAINED_ON", "Dataset", {"from": own, "to": _set_id(n), **how}
    how = {"strength": "declared", "confidence": 1.0}
    if drawn[2] < FAMILY:
        yield "IN_FAMILY", "Family", {"from": own, "to": f"family-{int(drawn[7] * 40)}", **how}
        yield "INHERITS", "Licence", {"from": own, "to": f"licence-{int(drawn[7] * 40)}", **how}
    if drawn[3] < DECLARED:
        yield "DECLARES", "Licence", {"from": own, "to": f"licence-{int(drawn[6] * 60)}"}


def _artifact(own: str, number: int) -> Row:
    return {
        "id": own,
        "name": own.rpartition("/")[2],
        "author": _author(number),
        "crawled": True,
        "official": False,
        "downloads": number * 7919 % 1_000_003,
        "likes": number % 331,
        "created": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}T08:00:00Z",
        "licence": f"licence-{number % LICENCES}",
        "outcome": "not-applicable",
    }


def _finding(own: str, check: str, drawn: float) -> Row:
    outcome = OUTCOMES[int(drawn * 4)]
    return {
        "id": f"{own} {check} llama3.1",
        "check": check,
        "outcome": outcome,
        "licence": "llama3.1",
        "section": "1.b.i",
        "strength": "declared",
        "message": f"The name of the repository is held against what {check} asks for.",
        "remedy": "Say in one sentence what is to be done about it.",
    }


def _named(own: str, **more: bool) -> Row:
    return {"id": own, "title": own.capitalize(), **more}


def _author(number: int) -> str:
    return f"author-{number * 7919 % (number // 3 + 1)}"


def _set_id(number: int) -> str:
    return f"datasets/{_author(number)}/set-{number}"


def _sets(models: int) -> int:
    return models // 14
