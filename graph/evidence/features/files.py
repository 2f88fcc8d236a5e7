"""The names of weight files: exports name them after the base more often than after themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue import names
from graph.evidence.features.base import of_words
from graph.evidence.inference import Feature
from graph.evidence.record import HubRecord

ORDER = 80
MOST = 50  # files that are read: a repository of shards repeats one name
_WEIGHTS = re.compile(r"[^/]+\.(?:gguf|ggml|safetensors|pth|task|pte|litertlm)\Z", re.IGNORECASE)


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield what the names of weight files say beyond the repository's own name."""
    own = {word.text for word in names.words(record.name)}
    for name in _weights(record):
        words = [word for word in names.weights(name) if word.text not in own]
        yield from of_words("file", words, "siblings", name)


def _weights(record: HubRecord) -> list[str]:
    """Return the names of weight files without their folders, once each, in order."""
    names = (found.group(0) for n in record.siblings or () if (found := _WEIGHTS.search(n)))
    return list(dict.fromkeys(names))[:MOST]
