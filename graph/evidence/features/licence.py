"""The declared licence: Llama's own, another maker's, or one that says nothing of the base."""

from __future__ import annotations

from collections.abc import Iterator

from graph.catalogue import licences
from graph.evidence.inference import Feature
from graph.evidence.licence import declared
from graph.evidence.record import HubRecord

ORDER = 20


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield a feature for each declared licence that speaks of a family."""
    known = licences.load()
    said = declared(record)
    for licence_id in said.ids or ():
        named = known.named_by(licence_id)
        if named:
            families = tuple(family for x in named for family in x.families)
            yield Feature("licence-llama", "license", licence_id, families)
        elif (kind := known.class_of(licence_id)) in ("vendor", "open"):
            yield Feature(f"licence-{kind}", "license", licence_id)
    other = said.name if said.ids == ("other",) else None
    if other and not licences.normalise(other).startswith("llama"):
        yield Feature("licence-other-name", "license_name", other)
