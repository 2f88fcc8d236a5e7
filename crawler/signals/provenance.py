"""Generators that an annotator's record names (`crawler.provenance`).

Stated, not declared: others read the papers and wrote it down. Words that name no one repository
give no claim, and neither do translators or the data sets that the material came from.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler.record import HubRecord
from graph.model import Claim, Evidence, Kind, Relation, Strength
from graph.naming import Bare, Role, resolve

FIELD = "provenance"
MAX_GENERATORS = 100


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a claim for each generator that resolves to an id."""
    if record.kind is not Kind.DATASET:
        return
    for words, parent in generators(record.raw.get(FIELD)):
        where = Evidence(record.id, f"{FIELD}.generated_by", words, record.sha)
        yield Claim(record.id, parent, Relation.GENERATED_BY, Strength.STATED, "provenance", where)


def generators(told: object) -> Iterator[tuple[str, str]]:
    """Yield (words, id) for each generator's words that name one repository, each id once."""
    named = told.get("generated_by") if isinstance(told, dict) else None
    seen: set[str] = set()
    for words in named[:MAX_GENERATORS] if isinstance(named, list) else ():
        found = resolve(words, Bare.FAMILY) if isinstance(words, str) else None
        if found and found.id and found.role is Role.MODEL and found.id not in seen:
            seen.add(found.id)
            yield words, found.id
