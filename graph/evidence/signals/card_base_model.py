"""The card's ``base_model``: a text or a list, as the author typed it.

The Hub turns it into tags with the parents' present names. So a parent that card and tags share,
however each writes it, is one edge with two evidences, and where what is left on both sides has
the same number, the card's are the older names of the tags', number for number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from graph.catalogue.model import Claim, Evidence, Relation, Source, Strength
from graph.evidence import reference
from graph.evidence.record import HubRecord
from graph.evidence.relation import untyped
from graph.evidence.signal import Signal
from graph.evidence.signals import base_model_tag

MAX_PARENTS = 200
# Keys that the Hub makes no tag of, but that a reader of the card understands.
_KEY = re.compile(
    r"(?:base|parent|source)[-_ ]?models?(?:[-_ ](?:id|name))?"
    r"|fine-?[-_ ]?tuned?[-_ ]from(?:[-_ ]model)?",
    re.IGNORECASE,
)


def told_parents(record: HubRecord) -> list[str]:
    """Return what the card gives as ``base_model``, in order, of what means the same one text.

    That is the id, where one of them is; the record's own id, where it is meant.
    """
    told = reference.texts(field(record.card or {}), MAX_PARENTS)
    if len(told) < 2 and all(map(reference.is_plain, told)):
        return told
    found: dict[frozenset[str], str] = {}
    for text in told:
        keys, plain = reference.keys(text), reference.is_plain(text)
        if keys not in found or plain:
            own = not plain and keys == {record.id.lower()}
            found[keys] = record.id if own else text
    return list(dict.fromkeys(found.values()))


def field(card: Mapping[str, Any]) -> object:
    """Return what a card has as ``base_model``, or under a key that is meant so ("base-model")."""
    if "base_model" in card:
        return card["base_model"]
    return next((value for key, value in card.items() if _is_meant(key)), None)


@lru_cache(maxsize=1 << 10)  # cards have the same keys
def _is_meant(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def named(record: HubRecord) -> set[str]:
    """Return what the parents that tags and card name mean, in lower case."""
    tagged = (parent for parent, _, _ in base_model_tag.parents(record))
    return {key for text in (*tagged, *told_parents(record)) for key in reference.keys(text)}


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield claims for the card's parents, and for old names that the tags give away."""
    told = told_parents(record)
    if not told:
        return
    tagged = {parent: relation for parent, relation, _ in base_model_tag.parents(record)}
    present = _present(told, tagged)
    for parent in told:
        if (now := present.get(parent, parent)) in tagged:
            yield _claim(record, record.id, now, tagged[now], "card_base_model", parent)
        else:
            relation, how = untyped(record, reference.count(told))
            value = f"{parent} (relation from: {how})"
            yield _claim(record, record.id, parent, relation, "card_base_model", value)
    for parent, now in present.items():
        old = reference.held_id(parent)
        if old and old != now:
            value = f"{parent}, where the tag has {now}"
            renamed_to = _claim(record, old, now, Relation.RENAMED, "card_older_name", value)
            yield replace(renamed_to, source=Source.HUB)  # the author wrote the old name alone


def _present(told: list[str], tagged: Collection[str]) -> dict[str, str]:
    """Return under what the tags have the card's parents, of those that they write otherwise.

    First what means the same; then, if as many ids are left on both sides, one for one.
    """
    only_card = [parent for parent in told if parent not in tagged]
    if not only_card:
        return {}
    only_tags = [parent for parent in tagged if parent not in told]
    by_keys = {reference.keys(parent): parent for parent in only_tags}
    same = {p: by_keys[k] for p in only_card if (k := reference.keys(p)) in by_keys}
    old = [parent for parent in only_card if parent not in same and reference.held_id(parent)]
    left = [parent for parent in only_tags if parent not in same.values()]
    return same | dict(_pair(old, left)) if len(old) == len(left) else same


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


def _last(text: str) -> str:
    return (reference.held_id(text) or text).rpartition("/")[2].lower()


def _claim(
    record: HubRecord, child: str, parent: str, relation: Relation, signal: str, value: str
) -> Claim:
    where = Evidence(record.id, "cardData.base_model", value, record.sha)
    return Claim(child, parent, relation, Strength.DECLARED, signal, where)


SIGNAL = Signal(claims, order=20)
