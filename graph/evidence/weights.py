"""Whether a repository holds a model's weights: every model's does, and some data sets' do.

People upload adapters, quantised copies and whole models as data sets; what they owe is a model's.
A list of files tells it. Where none is known, the tags of formats that the Hub and authors give, a
library that the card names, or a config do. A lone ``.bin`` or ``.pt`` may be data, and
safetensors in which the path says so (latents, embeddings, a split) are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from graph.evidence.json_text import JsonError, decoded

_FORMAT = re.compile(r"\.(?:safetensors(?:\.index\.json)?|gguf|ggml)\Z", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:^|[/_])(?:pytorch_model|adapter_model|tf_model|flax_model|consolidated)[\w.\-]{0,40}"
    r"\.(?:bin|pth?|h5|msgpack|safetensors)\Z|(?:^|/)adapter_config\.json\Z"
    r"|(?:^|/)model(?:-\d+-of-\d+)?\.safetensors\Z|(?:^|/)[\w.\-]{1,90}-gptq[\w.\-]{0,40}\.pt\Z",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"(?:^|[/_.\-])(?:activations?|cache[ds]?|data|embeddings?|features?|hidden[_\-]?states?|imatrix"
    r"|latents?|logits|samples?|split|test|tokens|train|val|validation|vectors?)(?:[/_.\-]|\Z)",
    re.IGNORECASE,
)
_TAGS = frozenset({"gguf", "ggml", "safetensors", "mlx", "exl2", "exl3"})
_LIBRARIES = _TAGS | {
    "adapter-transformers", "diffusers", "exllamav2", "llama.cpp", "peft", "transformers", "vllm",
}  # fmt: skip


@lru_cache(maxsize=64)  # every signal asks it of one record
def among(names: tuple[str, ...]) -> bool:
    """Tell whether some of a repository's files are a model's weights, by their names."""
    return any(map(_is_weights, names))


def _is_weights(name: str) -> bool:
    if _NAMED.search(name):
        return True
    found = _FORMAT.search(name)
    return found is not None and _DATA.search(name[: found.start()]) is None


def in_config(files: Mapping[str, str], told: object) -> bool:
    """Tell whether a config is a model's: the Hub's word of it, or the file's."""
    return _is_models(told) or _is_models(_file(files.get("config.json")))


def in_words(tags: Collection[str], card: Mapping[str, Any] | None) -> bool:
    """Tell whether tags name a format of weights, or the card a library that loads them."""
    library = (card or {}).get("library_name")
    loads = isinstance(library, str) and library.strip().lower() in _LIBRARIES
    return loads or not _TAGS.isdisjoint(tag.lower() for tag in tags)


def _is_models(config: object) -> bool:
    return isinstance(config, dict) and bool(config.get("architectures") or config.get("peft"))


def _file(text: str | None) -> object:
    try:
        return decoded(text) if text else None
    except JsonError:
        return None
