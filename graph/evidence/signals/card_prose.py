"""The card's prose: "fine-tuned from X", "a merge of X and Y", "GGUF of X", "distilled from X".

Only sentences that speak of this model, and only parents told by an id: by a link, or by words
that name one official repository. Words that name a family alone are a feature
(`graph.evidence.features`).
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.catalogue.model import Claim, Relation
from graph.evidence.languages import reading as languages
from graph.evidence.record import HubRecord
from graph.evidence.relation import untyped
from graph.evidence.signal import Signal, stated
from graph.evidence.statements import statements

MAX_PARENTS = 12


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a stated claim for each parent that the card's sentences name, once each."""
    if not record.holds_weights or "README.md" not in record.files:
        return
    seen: set[tuple[str, Relation]] = set()
    for told in (*statements(record), *languages.statements(record)):
        parent = told.mention.id
        if told.copied or parent is None or parent.lower() == record.id.lower():
            continue
        relation = told.relation or untyped(record, 1)[0]
        if told.relation is None and any(
            p == parent for p, _ in seen - {(parent, Relation.DISTILLED)}
        ):
            continue  # a telling word ("LoRA for X") goes before a general one ("based on X")
        if (parent, relation) not in seen and len(seen) < MAX_PARENTS:
            seen.add((parent, relation))
            yield stated(record, parent, relation, "card_prose", told.sentence)


SIGNAL = Signal(claims, order=50)
