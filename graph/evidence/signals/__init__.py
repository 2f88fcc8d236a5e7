"""Signals: what one repository's record says of where it comes from.

One file a signal; each is a function from a record to claims. Adding one is writing its file
and naming it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from graph.catalogue.model import Claim
from graph.evidence.record import HubRecord
from graph.evidence.signals import (
    adapter_config,
    base_model_tag,
    card_base_model,
    card_prose,
    config_name,
    generated,
    identity,
    mergekit,
    provenance,
    training_data,
    training_prose,
)

Signal = Callable[[HubRecord], Iterable[Claim]]

SIGNALS: tuple[Signal, ...] = (
    base_model_tag.claims,
    card_base_model.claims,
    adapter_config.claims,
    mergekit.claims,
    card_prose.claims,
    config_name.claims,
    training_data.claims,
    training_prose.claims,
    generated.claims,
    provenance.claims,
    identity.of_record,
)

# Stored with every record: a record whose signals are of another version is read again.
VERSION = 3


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield every claim that a record makes; one that is gone makes none of its own."""
    for signal in (identity.of_record,) if record.removed else SIGNALS:
        yield from signal(record)
