"""``config.json``: the checkpoint that weights were loaded from when they were saved.

``_name_or_path`` is a base, mostly: but a checkpoint saved twice names itself, and a copied file
names its original's base. Models that hear or see name the language model within them, in fields
of their own (``text_model_id``, ``llm_config``); what they hear and see with is no parent of it.
So the claims are inferred. A folder on somebody's disk tells nothing, unless its name does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue.model import Claim, Evidence, Strength
from graph.catalogue.roster import load
from graph.evidence import reference
from graph.evidence.json_files import inner, json_object
from graph.evidence.record import MAX_ID, HubRecord
from graph.evidence.relation import untyped
from graph.evidence.signal import Signal

CONFIDENCE = 0.85
FILE = "config.json"
FIELD = "_name_or_path"
MAX_FIELDS = 400  # of a config; the largest real ones have a few dozen
# Fields as wrappers in public write them: Ultravox, LLaVA, InternVL, OpenFlamingo, Medusa.
_MODEL = re.compile(
    r"(?:pretrained_)?model_name_or_path|(?:hf_|pretrained_)?(?:ll?m|lang_encoder|(?:text|llm|lm|language|base|llama|vicuna)_model|llama|vicuna"
    r"|base_llm|llm_backbone)(?:_(?:id|name|path|dir|checkpoint|name_or_path|model_name_or_path))?"
)
_WITHIN = re.compile(
    r"(?:text|llm|lm|language|language_model|text_model|thinker)_(?:config|cfg)|decoder|language_model"
)


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield an inferred claim for each repository that a config names as loaded from."""
    if FILE not in record.files or not record.holds_weights:
        return
    seen = {record.id.lower()}
    found = [(*one, *told) for told in _fields(record) for one in _parents(told[1])]
    for parent, sure, field, told in sorted(found, key=lambda one: -one[1]):
        if parent.lower() not in seen:
            seen.add(parent.lower())
            relation, how = untyped(record, 1)
            value, revision = f"{told} (relation from: {how})", record.read_when(FILE)
            where = Evidence(record.id, f"{FILE}: {field}", value, revision)
            how_sure = Strength.INFERRED, "config_name", where, CONFIDENCE * sure
            yield Claim(record.id, parent, relation, *how_sure)


def _fields(record: HubRecord) -> Iterator[tuple[str, str]]:
    """Yield the fields that name a checkpoint of a language model, with what they say."""
    config = json_object(record, FILE)
    for key, value in list(config.items())[:MAX_FIELDS]:
        if key == FIELD or (isinstance(value, str) and _MODEL.fullmatch(key)):
            told, field = value, key
        elif isinstance(value, dict) and _WITHIN.fullmatch(key):
            told, field = inner(config, key).get(FIELD), f"{key}.{FIELD}"
        else:
            continue
        if isinstance(told, str) and 0 < len(told) <= MAX_ID:
            yield field, told


def _parents(told: str) -> Iterator[tuple[str, float]]:
    """Yield the ids that a field means, each with how surely it means it."""
    if not reference.is_plain(told):
        for one in reference.read(told):
            yield one.id, one.confidence
    elif _is_repository(told):
        yield told, 1.0


def _is_repository(told: str) -> bool:
    """Tell an id from a folder: an id has an owner, unless the rosters know it."""
    owner, slash, name = told.rpartition("/")
    if not slash:
        return load().spelling(told) is not None
    return not owner.startswith(".") and not name.lower().startswith("checkpoint-")


SIGNAL = Signal(claims, order=60)
