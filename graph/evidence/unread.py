"""Files that tell of parents and could not be read: what they say is unknown, not nothing."""

from __future__ import annotations

from collections.abc import Iterator

from graph.evidence.card import CardError, documents, front_matter
from graph.evidence.json_files import JsonError, decoded
from graph.evidence.record import HubRecord
from graph.evidence.relation import is_recipe

CARD = "README.md"
JSON = ("adapter_config.json", "config.json")


def unread(record: HubRecord) -> Iterator[tuple[str, str]]:
    """Yield each file that names parents and could not be read, with why."""
    if record.card is None and CARD in record.files:
        try:
            front_matter(record.files[CARD])
        except CardError as error:
            yield CARD, str(error)
    for name in filter(is_recipe, record.files):
        try:
            documents(record.files[name])
        except CardError as error:
            yield name, str(error)
    for name in JSON:
        try:
            decoded(record.files.get(name, ""))
        except JsonError as error:
            yield name, str(error)
