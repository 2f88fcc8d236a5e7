"""The base that an adapter was saved upon, read by its name.

The Hub copies it from ``adapter_config.json`` into the config that lists give
(``config.peft.base_model_name_or_path``: huggingface.js, ``packages/tasks/src/model-data.ts``).
An id is a claim as well, a signal's matter; of a path on somebody's disk the last name still says
what lay there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from graph.catalogue import names
from graph.evidence.inference import Feature
from graph.evidence.json_files import config_of, inner
from graph.evidence.record import HubRecord, clean_reference

ORDER = 60
FIELD = "config.peft.base_model_name_or_path"
CACHED = "models--"


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield what the name of an adapter's base says of its family."""
    path = clean_reference(inner(config_of(record), "peft").get("base_model_name_or_path"))
    if path is not None:
        yield from of_words("base", names.weights(last_name(path)), FIELD, path)


def of_words(kind: str, words: Collection[names.Word], field: str, value: str) -> Iterator[Feature]:
    """Yield what each of Llama's words says; others' speak where none of them is Llama's."""
    for word in (w for w in words if w.llama):
        said = f"{kind}-llama-version" if word.family else f"{kind}-llama"
        yield Feature(said, field, value, word.named.families)
    if words and not any(w.llama for w in words):
        yield Feature(f"{kind}-rival", field, value)


def last_name(path: str) -> str:
    """Return what names the model in a path: its last part, in a cache the repository's folder."""
    parts = [part for part in path.replace("\\", "/").split("/") if part]
    for part in parts:
        if part.startswith(CACHED):
            return part.rpartition("--")[2]
    return parts[-1] if parts else ""
