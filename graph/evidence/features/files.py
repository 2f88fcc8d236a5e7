"""The names of weight files: exports name them after the base more often than after themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue import names
from graph.evidence.inference import Feature
from graph.evidence.record import HubRecord

MOST = 50  # files that are read: a repository of shards repeats one name
_WEIGHTS = re.compile(r"[^/]+\.(?:gguf|ggml|safetensors|pth|task|pte|litertlm)\Z", re.IGNORECASE)


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield what the names of weight files say beyond the repository's own name."""
    own = {word.text for word in names.words(record.name)}
    for name in _weights(record):
        words = [word for word in names.weights(name) if word.text not in own]
        for word in (w for w in words if w.llama):
            families = (word.family,) if word.family else ()
            kind = "file-llama-version" if families else "file-llama"
            yield Feature(kind, "siblings", name, families)
        if words and not any(w.llama for w in words):
            yield Feature("file-rival", "siblings", name)


def _weights(record: HubRecord) -> list[str]:
    """Return the names of weight files without their folders, once each, in order."""
    names = (found.group(0) for n in record.siblings or () if (found := _WEIGHTS.search(n)))
    return list(dict.fromkeys(names))[:MOST]
