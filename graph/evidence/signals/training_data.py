"""The data sets that a model says it was trained on: by ``dataset:`` tag and by its card."""

from __future__ import annotations

from collections.abc import Iterator

from graph.catalogue.model import DATASET_PREFIX, Claim, Evidence, Relation, Strength
from graph.evidence.record import HubRecord
from graph.evidence.reference import texts
from graph.evidence.signal import Signal

MAX_DATASETS = 500


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a declared claim for each data set named by a tag or the card."""
    if not record.holds_weights:
        return
    tagged, card = record.tagged("dataset:"), (record.card or {}).get("datasets")
    if not tagged and not card:
        return
    told = [("tags", name) for name in texts(tagged, MAX_DATASETS)]
    told += [("cardData.datasets", name) for name in texts(card, MAX_DATASETS)]
    for field, name in told[:MAX_DATASETS]:
        data = DATASET_PREFIX + name.removeprefix(DATASET_PREFIX)
        where = Evidence(record.id, field, name, record.sha)
        how = Relation.TRAINED_ON, Strength.DECLARED, "training_data", where
        yield Claim(record.id, data, *how)


SIGNAL = Signal(claims, order=70)
