"""Generators that an annotator's record names (`crawler.ingest.provenance`).

Stated, not declared: others read the papers and wrote it down. Words that name no one repository
give no claim, and neither do translators or the data sets that the material came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue.model import Claim, Evidence, Kind, Relation, Strength
from graph.catalogue.naming import Bare, Named, Role, resolve
from graph.evidence.record import HubRecord
from graph.evidence.signal import Signal

FIELD = "provenance"
MAX_GENERATORS = 100
_TRANSLATED = re.compile(r"translat|multilingual", re.IGNORECASE)


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a claim for each generator that resolves to an id."""
    if record.kind is not Kind.DATASET:
        return
    seen: set[str] = set()
    for words, named in generators(record.name, record.raw.get(FIELD)):
        if named.id and named.id not in seen:
            seen.add(named.id)
            where = Evidence(record.id, f"{FIELD}.generated_by", words, record.sha)
            how = Relation.GENERATED_BY, Strength.STATED, "provenance", where
            yield Claim(record.id, named.id, *how)


def generators(name: str, told: object) -> list[tuple[str, Named]]:
    """Return (words, what they name) for each model that is told as generator.

    Of a translation with several general models (GPT-4, ChatGPT) any may be the translator:
    which one is not told, so none is said to have generated it.
    """
    listed = told.get("generated_by") if isinstance(told, dict) else None
    some = listed[:MAX_GENERATORS] if isinstance(listed, list) else []
    words = (word for word in some if isinstance(word, str))
    found = [(w, named) for w in words if (named := resolve(w, Bare.FAMILY))]
    models = [(w, named) for w, named in found if named.role is Role.MODEL]
    return [] if len(models) > 1 and _TRANSLATED.search(name) else models


SIGNAL = Signal(claims, order=100)
