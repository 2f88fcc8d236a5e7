"""A merge's recipe (``mergekit_config.yml``, ``mergekit_moe_config.yml``): what it was made of.

Models stand under ``model``, ``base_model`` and ``source_model``, in whatever part mergekit's
version has them: models, slices, modules, experts. What a tokenizer is taken from is no parent.
A card that shows its recipe and names no parent otherwise states it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graph.catalogue.model import Claim, Evidence, Relation, Strength
from graph.evidence import reference
from graph.evidence.card import CardError, documents
from graph.evidence.record import HubRecord, clean_reference
from graph.evidence.relation import is_recipe, quantised
from graph.evidence.signal import Signal
from graph.evidence.signals import card_base_model

MAX_PARENTS = 200
MAX_CARD = 200_000  # characters
_MODELS = frozenset(("model", "base_model", "source_model"))
_NOT_MERGED = frozenset(("tokenizer", "parameters", "chat_template"))
_SHOWN = re.compile(
    r"^[ ]{0,3}(`{3,}|~{3,})[ ]?(?:ya?ml)?[ ]*\n((?:(?!\1).*\n){1,400}?)[ ]{0,3}\1", re.MULTILINE
)
_METHOD = re.compile(r"^(?:merge_method|gate_mode)\s*:", re.MULTILINE)


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a declared merge claim for each model that the file names and card and tags do not."""
    if not record.files or not record.holds_weights:
        return
    recipes = sorted(filter(is_recipe, record.files))
    if not recipes:
        yield from _shown(record)
    seen = card_base_model.named(record) | {record.id.lower()}
    for name in recipes:
        for parent in parents(record.files[name]):
            if seen.isdisjoint(keys := reference.keys(parent)):
                seen |= keys
                where = Evidence(record.id, name, parent, record.read_when(name))
                yield Claim(record.id, parent, Relation.MERGE, Strength.DECLARED, "mergekit", where)


def _shown(record: HubRecord) -> Iterator[Claim]:
    """Yield a stated claim for each model of the recipe in a card that declares no parent.

    A quantised copy's card shows the recipe of its original.
    """
    text = record.files.get("README.md", "")
    if "merge_method" not in text and "gate_mode" not in text:
        return
    if card_base_model.named(record) or quantised(record.name, record.file_names()):
        return
    for found in _SHOWN.finditer(text.replace("\r\n", "\n")[:MAX_CARD]):
        if not _METHOD.search(found.group(2)):
            continue
        line = found.string.count("\n", 0, found.start(2)) + 1
        for parent in parents(found.group(2)):
            if parent.lower() != record.id.lower():
                when = record.read_when("README.md")
                where = Evidence(record.id, "README.md", parent, when, line)
                yield Claim(record.id, parent, Relation.MERGE, Strength.STATED, "mergekit", where)
        return  # of several recipes, one may merge what another makes


def parents(text: str) -> list[str]:
    """Return the models of a recipe, once each; none where it cannot be read.

    Of several documents, one may name what another makes.
    """
    try:
        told = documents(text)
    except CardError:
        return []
    made = {one.get("name") for one in told if len(told) > 1}
    found = (clean_reference(part) for one in told for part in _named(one))
    return list(dict.fromkeys(f for f in found if f and f not in made))[:MAX_PARENTS]


def _named(told: object) -> Iterator[str]:
    """Yield what stands as a model, in order."""
    if isinstance(told, list):
        for one in told:
            yield from _named(one)
    elif isinstance(told, dict):
        for key, value in told.items():
            if key in _MODELS:
                yield from _applied(value)
            elif key not in _NOT_MERGED:
                yield from _named(value)


def _applied(value: Any) -> Iterator[str]:
    """Yield a model, and the adapter that was applied to it: "model+lora".

    Newer files nest them: ``{model: {path: X}, lora: {path: Y}}``.
    """
    if isinstance(value, dict):
        for key in ("model", "lora", "path"):
            yield from _applied(value.get(key))
    elif isinstance(value, str):
        yield from value.split("+")


SIGNAL = Signal(claims, order=40)
