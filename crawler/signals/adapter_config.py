"""``adapter_config.json``: the base that PEFT wrote when the adapter was saved.

It is often the path of a cache or of a folder; what is written stays as it is. A base that tag
or card name already is no second edge.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler.files import json_object
from crawler.record import HubRecord, clean_reference
from crawler.signals import base_model_tag, card_base_model
from graph.model import Claim, Evidence, Kind, Relation, Strength

FILE = "adapter_config.json"
FIELD = "base_model_name_or_path"


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a declared adapter claim for the base that the file names."""
    parent = clean_reference(json_object(record, FILE).get(FIELD))
    if record.kind is not Kind.MODEL or parent is None or parent == record.id:
        return
    told = {p for p, _, _ in base_model_tag.parents(record)} | set(
        card_base_model.told_parents(record)
    )
    if parent.lower() in {p.lower() for p in told}:
        return
    where = Evidence(record.id, f"{FILE}: {FIELD}", parent, record.sha)
    yield Claim(record.id, parent, Relation.ADAPTER, Strength.DECLARED, "adapter_config", where)
