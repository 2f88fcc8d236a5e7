"""The data sets that a model says it was trained on: by ``dataset:`` tag and by its card."""

from __future__ import annotations

from collections.abc import Iterator

from graph.catalogue.model import DATASET_PREFIX, Claim, Evidence, Relation, Strength
from graph.evidence.record import HubRecord, clean_reference
from graph.evidence.signal import Signal

MAX_DATASETS = 500


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a declared claim for each data set named by a tag or the card."""
    if not record.holds_weights:
        return
    card = (record.card or {}).get("datasets")
    told: list[tuple[str, object]] = [("tags", name) for name in record.tagged("dataset:")]
    told += [("cardData.datasets", v) for v in (card if isinstance(card, list) else [card])]
    for field, value in told[:MAX_DATASETS]:
        if name := clean_reference(value):
            data = DATASET_PREFIX + name.removeprefix(DATASET_PREFIX)
            where = Evidence(record.id, field, name, record.sha)
            how = Relation.TRAINED_ON, Strength.DECLARED, "training_data", where
            yield Claim(record.id, data, *how)


SIGNAL = Signal(claims, order=70)
