"""Features: signs of a family in a record that names no parent.

One file a kind of sign; each is a function from a record to features. No feature decides: all of a
record are weighed together (`graph.evidence.inference`), for they contradict each other.
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
from graph.evidence.inference import Feature
from graph.evidence.record import HubRecord

Signal = Callable[[HubRecord], Iterable[Feature]]

FEATURES: dict[str, Signal] = {
    "name": name.features,
    "licence": licence.features,
    "tags": tags.features,
    "size": size.features,
    "architecture": architecture.features,
    "base": base.features,
    "tokenizer": tokenizer.features,
    "files": files.features,
    "prose": prose.features,
}


def of_record(record: HubRecord, without: frozenset[str] = frozenset()) -> list[Feature]:
    """Return every feature of a record; ``without`` leaves out kinds, to measure them."""
    return [
        feature
        for signal, read in FEATURES.items()
        if signal not in without
        for feature in read(record)
    ]
