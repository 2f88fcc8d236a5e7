"""Signals: what one repository's record says of where it comes from.

One file a signal, which declares it as ``SIGNAL``; the folder is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.catalogue.folder import modules
from graph.catalogue.model import Claim
from graph.evidence.record import HubRecord
from graph.evidence.signal import Signal

_ALL: list[Signal] = [module.SIGNAL for module in modules(__name__)]
SIGNALS = tuple(sorted(_ALL, key=lambda signal: signal.order))
_OF_NAMES = tuple(signal for signal in SIGNALS if signal.of_names)


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield every claim that a record makes; one that is gone makes none of its own."""
    for signal in _OF_NAMES if record.removed else SIGNALS:
        yield from signal.claims(record)
