"""The card's ``base_model``: a text or a list, as the author typed it.

The Hub turns it into tags with the parents' present names. So a parent that card and tags share
is one edge with two evidences, and where what is left on both sides has the same number, the
card's are the older names of the tags', number for number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph.catalogue.model import Claim, Evidence, Relation, Source, Strength
from graph.evidence.record import HubRecord, clean_reference
from graph.evidence.relation import untyped
from graph.evidence.signal import Signal
from graph.evidence.signals import base_model_tag

MAX_PARENTS = 200


def told_parents(record: HubRecord) -> list[str]:
    """Return the ids that the card gives as ``base_model``, once each, in order."""
    value = (record.card or {}).get("base_model")
    values = value if isinstance(value, list) else [value]
    cleaned = (clean_reference(v) for v in values[:MAX_PARENTS])
    return list(dict.fromkeys(c for c in cleaned if c))


def named(record: HubRecord) -> set[str]:
    """Return the parents that tags and card name, in lower case."""
    tagged = (parent for parent, _, _ in base_model_tag.parents(record))
    return {parent.lower() for parent in (*tagged, *told_parents(record))}


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield claims for the card's parents, and for old names that the tags give away."""
    told = told_parents(record)
    if not told:
        return
    tagged = {parent: relation for parent, relation, _ in base_model_tag.parents(record)}
    only_card = [parent for parent in told if parent not in tagged]
    only_tags = [parent for parent in tagged if parent not in told]
    renamed = dict(_pair(only_card, only_tags)) if len(only_card) == len(only_tags) else {}
    for parent in told:
        present = renamed.get(parent, parent)
        if present in tagged:
            yield _claim(record, record.id, present, tagged[present], "card_base_model", parent)
        else:
            relation, how = untyped(record, len(told))
            value = f"{parent} (relation from: {how})"
            yield _claim(record, record.id, parent, relation, "card_base_model", value)
    for old, present in renamed.items():
        value = f"{old}, where the tag has {present}"
        renamed_to = _claim(record, old, present, Relation.RENAMED, "card_older_name", value)
        yield replace(renamed_to, source=Source.HUB)  # the author wrote the old name alone


def _pair(old: list[str], present: list[str]) -> Iterator[tuple[str, str]]:
    """Pair equal names under another owner first (the tags' order is the Hub's), then in order."""
    left = list(present)
    unpaired: list[str] = []
    for name in old:
        same = [p for p in left if _last(p) == _last(name)]
        if same:
            left.remove(same[0])
            yield name, same[0]
        else:
            unpaired.append(name)
    yield from zip(unpaired, left, strict=True)


def _last(reference: str) -> str:
    return reference.rpartition("/")[2].lower()


def _claim(
    record: HubRecord, child: str, parent: str, relation: Relation, signal: str, value: str
) -> Claim:
    where = Evidence(record.id, "cardData.base_model", value, record.sha)
    return Claim(child, parent, relation, Strength.DECLARED, signal, where)


SIGNAL = Signal(claims, order=20)
