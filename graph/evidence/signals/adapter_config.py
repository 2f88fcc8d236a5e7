"""The base that PEFT wrote when an adapter was saved, in ``adapter_config.json``.

The Hub reads that file itself and tells the base in a record's ``config.peft``; the file is not
fetched, for that would count as a download, but an import may bring it. What is written is often
the path of a cache or of a folder, and stays as it is. A base that tag or card name already is no
second edge.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.catalogue.model import Claim, Evidence, Kind, Relation, Strength
from graph.evidence.json_files import json_object
from graph.evidence.record import HubRecord, clean_reference
from graph.evidence.signal import Signal
from graph.evidence.signals import base_model_tag, card_base_model

FILE = "adapter_config.json"
TOLD = "config.peft"
FIELD = "base_model_name_or_path"
_NAME = "adapter_config"


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a declared adapter claim for the base that the Hub's word or the file names.

    The Hub's comes first: it is of the record's revision, a file may be of an older one.
    """
    if record.kind is not Kind.MODEL:
        return
    of_file = record.read_when(FILE)
    for place, told, revision in (
        (TOLD, _peft(record).get(FIELD), record.sha),
        (FILE, json_object(record, FILE).get(FIELD), of_file),
    ):
        if (parent := clean_reference(told)) is None:
            continue
        if parent != record.id and parent.lower() not in _named(record):
            where = Evidence(record.id, f"{place}: {FIELD}", parent, revision)
            yield Claim(record.id, parent, Relation.ADAPTER, Strength.DECLARED, _NAME, where)
        return


def _peft(record: HubRecord) -> dict[str, object]:
    config = record.raw.get("config")
    told = config.get("peft") if isinstance(config, dict) else None
    return told if isinstance(told, dict) else {}


def _named(record: HubRecord) -> set[str]:
    """Return the parents that tags and card name, in lower case."""
    tagged = {parent for parent, _, _ in base_model_tag.parents(record)}
    return {p.lower() for p in (*tagged, *card_base_model.told_parents(record))}


SIGNAL = Signal(claims, order=30)
