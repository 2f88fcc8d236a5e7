"""Features: signs of a family in a record that names no parent.

One file a kind of sign; each is a function from a record to features. No feature decides: all of a
record are weighed together (`graph.evidence.inference`), for they contradict each other.
Adding one is writing its file, with its place among them as ``ORDER``, and running `make evaluate`
for its weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph.catalogue.folder import modules
from graph.evidence.inference import Feature
from graph.evidence.record import HubRecord

_ALL = sorted(modules(__name__), key=lambda module: int(getattr(module, "ORDER", 1000)))
FEATURES: dict[str, Callable[[HubRecord], Iterable[Feature]]] = {
    module.__name__.rpartition(".")[2]: module.features for module in _ALL
}


def of_record(record: HubRecord, without: frozenset[str] = frozenset()) -> list[Feature]:
    """Return every feature of a record; ``without`` leaves out kinds, to measure them."""
    return [
        feature
        for signal, read in FEATURES.items()
        if signal not in without
        for feature in read(record)
    ]
