"""Generators that an annotator's record names (`crawler.ingest.provenance`).

Stated, not declared: others read the papers and wrote it down. Words that tell a family alone are
the claim's parent as they stand; translators and the data sets that the material came from give no
claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue.model import Claim, Evidence, Kind, Relation, Source, Strength
from graph.catalogue.naming import Bare, Named, Role, resolve
from graph.evidence.record import HubRecord
from graph.evidence.signal import Signal
from graph.evidence.signals import generated

FIELD = "provenance"
MAX_GENERATORS = 100
_TRANSLATED = re.compile(r"translat|multilingual", re.IGNORECASE)


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a claim for each generator that resolves to an id, or to a family."""
    if record.kind is not Kind.DATASET:
        return
    told = generators(record.name, record.raw.get(FIELD))
    covered = {named.family for _, named in told if named.id}
    seen: set[str] = set()
    for words, named in told:
        for parent in generated.parents(words, named, covered):
            if parent.lower() not in seen:
                seen.add(parent.lower())
                where = Evidence(record.id, f"{FIELD}.generated_by", words, record.sha)
                how = Relation.GENERATED_BY, Strength.STATED, "provenance", where
                yield Claim(record.id, parent, *how, source=Source.ANNOTATOR)


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
