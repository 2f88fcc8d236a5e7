"""``config.json``: ``_name_or_path``, what the weights were loaded from when they were saved.

A base, mostly: but a checkpoint saved twice names itself, and a copied file names its original's
base. So the claim is inferred. A folder on somebody's disk tells nothing, a cache's folder does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue.model import Claim, Evidence, Strength
from graph.catalogue.roster import load
from graph.evidence.json_files import json_object
from graph.evidence.record import HubRecord, valid_id
from graph.evidence.reference.guess import cached
from graph.evidence.relation import untyped
from graph.evidence.signal import Signal

CONFIDENCE = 0.85
FIELD = "_name_or_path"
_FOLDER = re.compile(
    r"models?|checkpoints?|outputs?|results|data|ckpts?|runs|saves|tmp|work|workspace|weights|content"
    r"|home|mnt|root",
    re.IGNORECASE,
)


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield an inferred claim for the repository that the config was loaded from."""
    told = json_object(record, "config.json").get(FIELD)
    if not record.holds_weights or not isinstance(told, str) or len(told) > 256:
        return
    parent = cached(told) or (told if _is_repository(told) else None)
    if parent is None or parent.lower() == record.id.lower():
        return
    relation, how = untyped(record, 1)
    value, revision = f"{told} (relation from: {how})", record.read_when("config.json")
    where = Evidence(record.id, f"config.json: {FIELD}", value, revision)
    yield Claim(record.id, parent, relation, Strength.INFERRED, "config_name", where, CONFIDENCE)


def _is_repository(told: str) -> bool:
    """Tell an id from a folder: an id has an owner, unless the rosters know it."""
    owner, _, name = told.partition("/")
    if not valid_id(told) or told.startswith("."):
        return False
    if not name:
        return load().spelling(told) is not None
    return not _FOLDER.fullmatch(owner) and not name.lower().startswith("checkpoint-")


SIGNAL = Signal(claims, order=60)
