"""The base that an adapter was saved upon, read by its name.

The Hub copies it from ``adapter_config.json`` into the config that lists give
(``config.peft.base_model_name_or_path``: huggingface.js, ``packages/tasks/src/model-data.ts``).
An id is a claim as well, a signal's matter; of a path on somebody's disk the last name still says
what lay there.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.catalogue import names
from graph.evidence.features.architecture import config_of
from graph.evidence.inference import Feature
from graph.evidence.record import HubRecord, clean_reference

FIELD = "config.peft.base_model_name_or_path"
CACHED = "models--"


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield what the name of an adapter's base says of its family."""
    peft = config_of(record).get("peft")
    path = clean_reference(peft.get("base_model_name_or_path")) if isinstance(peft, dict) else None
    if path is None:
        return
    words = names.weights(last_name(path))
    for word in (w for w in words if w.llama):
        families = (word.family,) if word.family else ()
        yield Feature("base-llama-version" if families else "base-llama", FIELD, path, families)
    if words and not any(w.llama for w in words):
        yield Feature("base-rival", FIELD, path)


def last_name(path: str) -> str:
    """Return what names the model in a path: its last part, in a cache the repository's folder."""
    parts = [part for part in path.replace("\\", "/").split("/") if part]
    for part in parts:
        if part.startswith(CACHED):
            return part.rpartition("--")[2]
    return parts[-1] if parts else ""
