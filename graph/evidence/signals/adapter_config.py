"""The base that PEFT wrote when an adapter was saved, in ``adapter_config.json``.

The Hub reads that file itself and tells the base in a record's ``config.peft``; the file is not
fetched, for that would count as a download, but an import may bring it. What is written is often
the path of a cache or of a folder, and stays as it is. A base that tag or card name already is no
second edge.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.catalogue.model import Claim, Evidence, Relation, Strength
from graph.evidence import reference
from graph.evidence.json_files import inner, json_object
from graph.evidence.record import HubRecord, clean_reference
from graph.evidence.signal import Signal
from graph.evidence.signals import card_base_model

FILE = "adapter_config.json"
TOLD = "config.peft"
FIELD = "base_model_name_or_path"
_NAME = "adapter_config"


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a declared adapter claim for the base that the Hub's word or the file names.

    The Hub's comes first: it is of the record's revision, a file may be of an older one.
    """
    if not record.holds_weights:
        return
    for place, told, revision in (
        (TOLD, inner(record.raw, "config", "peft").get(FIELD), record.sha),
        (FILE, json_object(record, FILE).get(FIELD), record.read_when(FILE)),
    ):
        if (parent := clean_reference(told)) is None:
            continue
        keys = reference.keys(parent)
        if record.id.lower() not in keys and keys.isdisjoint(card_base_model.named(record)):
            where = Evidence(record.id, f"{place}: {FIELD}", parent, revision)
            yield Claim(record.id, parent, Relation.ADAPTER, Strength.DECLARED, _NAME, where)
        return


SIGNAL = Signal(claims, order=30)
