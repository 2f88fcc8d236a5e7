"""Clues: signs of a family in a record that names no parent.

One file a kind of sign; each is a function from a record to clues. A clue does not decide; all
clues of a record are weighed together (`graph.evidence.inference`), for they contradict each other.
Adding one is writing its file, naming it here, and running `make evaluate` for its weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph.evidence.features import (
    architecture,
    base,
    files,
    licence,
    name,
    prose,
    size,
    tags,
    tokenizer,
)
from graph.evidence.inference import Clue
from graph.evidence.record import HubRecord

Signal = Callable[[HubRecord], Iterable[Clue]]

CLUES: dict[str, Signal] = {
    "name": name.clues,
    "licence": licence.clues,
    "tags": tags.clues,
    "size": size.clues,
    "architecture": architecture.clues,
    "base": base.clues,
    "tokenizer": tokenizer.clues,
    "files": files.clues,
    "prose": prose.clues,
}


def of_record(record: HubRecord, without: frozenset[str] = frozenset()) -> list[Clue]:
    """Return every clue of a record; ``without`` leaves out signals, to measure what they give."""
    return [
        clue for signal, read in CLUES.items() if signal not in without for clue in read(record)
    ]
