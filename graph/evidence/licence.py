"""The licence that a repository declares, in its tags and in its card.

Both are kept where they disagree. ``other`` is resolved by ``license_name``, ``license_link`` or
a licence's name written out in the card's ``license``; what stays unresolved stays ``other``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.catalogue import licences
from graph.evidence.record import HubRecord

MAX_LICENCES = 20
MAX_TEXT = 256


@dataclass(frozen=True, slots=True)
class Declared:
    """Declared licence ids (None: neither tags nor card were fetched), and how ``other`` reads."""

    ids: tuple[str, ...] | None
    name: str | None = None
    link: str | None = None


def declared(record: HubRecord) -> Declared:
    """Return what a record declares as its licence."""
    if record.tags is None and record.card is None:
        return Declared(None)
    card = record.card or {}
    name, link = _text(card.get("license_name")), _text(card.get("license_link"))
    told = card.get("license")
    values = record.tagged("license:") + (told if isinstance(told, list) else [told])
    texts = [text for value in values if (text := _text(value))]
    other = _resolve_other(name, link)
    ids = (other if (known := _known(text)) == "other" else known for text in texts[:MAX_LICENCES])
    found = dict.fromkeys(ids)
    if len(found) > 1 and "other" in found and _is_prose(told):
        del found["other"]  # the Hub's tag for a licence that the card names in words
    return Declared(tuple(found), name, link)


def _known(text: str) -> str:
    lib = licences.load()
    return lib.by_name(text) or text.strip().lower()


def _resolve_other(name: str | None, link: str | None) -> str:
    """Return what ``other`` stands for; a link tells more than a name without a version."""
    lib = licences.load()
    named, linked = name and lib.by_name(name), link and lib.by_link(link)
    vague = not re.search(r"\d", name or "") and bool(lib.named_by(named or ""))
    return (linked if vague else None) or named or linked or "other"


def _is_prose(told: object) -> bool:
    return isinstance(told, str) and told.strip().lower() != "other"


def _text(value: object) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    return " ".join(value.split())[:MAX_TEXT]
