"""The Hub's ``base_model:`` tags: ``base_model:ID`` and ``base_model:RELATION:ID``.

The Hub writes them from the card and from adapter files, with the parent's present name.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.catalogue.model import Claim, Evidence, Relation, Strength
from graph.evidence.record import HubRecord, clean_reference
from graph.evidence.reference import count
from graph.evidence.relation import typed, untyped
from graph.evidence.signal import Signal

PREFIX = "base_model:"


def parents(record: HubRecord) -> list[tuple[str, Relation, str]]:
    """Return (id, relation, what told the relation) for each parent the tags name, in order."""
    told = record.tagged(PREFIX)
    split = [(text, typed(text)) for text in told]
    with_relation = {pair[1] for _, pair in split if pair}
    plain = [text for text, pair in split if not pair and text not in with_relation]
    found: list[tuple[str, Relation, str]] = []
    for text, pair in split:
        if pair:
            found.append((pair[1], pair[0], "tag"))
        elif text in plain:
            found.append((text, *untyped(record, count([*with_relation, *plain]))))
    return [(clean, rel, how) for text, rel, how in found if (clean := clean_reference(text))]


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a declared claim for each parent named by a tag."""
    for parent, relation, how in parents(record):
        value = f"{PREFIX}{relation.value}:{parent}" if how == "tag" else PREFIX + parent
        told = value if how == "tag" else f"{value} (relation from: {how})"
        where = Evidence(record.id, "tags", told, record.sha)
        yield Claim(record.id, parent, relation, Strength.DECLARED, "base_model_tag", where)


SIGNAL = Signal(claims, order=10)
