"""Files that tell of parents and could not be read: what they say is unknown, not nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from graph.evidence.card import CardError, documents, front_matter
from graph.evidence.json_text import JsonError, decoded
from graph.evidence.record import MAX_ID, HubRecord, is_none
from graph.evidence.reference import texts
from graph.evidence.relation import is_recipe
from graph.evidence.signals import card_base_model

CARD = "README.md"
PIPELINE = "pipeline.yaml"  # distilabel's, of a data set
JSON = ("adapter_config.json", "config.json")
MOST = 200  # values of a field


def unread(record: HubRecord) -> Iterator[tuple[str, str]]:
    """Yield each file that names parents and could not be read, with why."""
    if record.card is not None:
        yield from ((CARD, why) for why in _odd(card_base_model.field(record.card)))
    elif CARD in record.files:
        yield from _tried(record, CARD, front_matter)
    for name in record.files:
        if is_recipe(name) or name == PIPELINE:
            yield from _tried(record, name, documents)
    for name in filter(record.files.__contains__, JSON):
        yield from _tried(record, name, decoded)


def _tried(
    record: HubRecord, name: str, read: Callable[[str], object]
) -> Iterator[tuple[str, str]]:
    try:
        read(record.files[name])
    except (CardError, JsonError) as error:
        yield name, str(error)


def _odd(told: Any) -> Iterator[str]:
    """Yield what stands as ``base_model`` and is no text that can be one."""
    for value in told[:MOST] if isinstance(told, list) else [told]:
        said = value if isinstance(value, str) else "a mapping or list" if value else ""
        if said.strip() and not is_none(said) and not texts([value], MOST):
            yield f"base_model: a text of at most {MAX_ID} plain characters is expected"
