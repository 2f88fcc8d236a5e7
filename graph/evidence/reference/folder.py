"""The repository whose name a folder or a file has: of a cache, of Kaggle's, of somebody's own."""

from __future__ import annotations

import re
from functools import cache

from graph.catalogue import names
from graph.catalogue.model import Relation
from graph.catalogue.naming import resolve
from graph.catalogue.roster import load
from graph.catalogue.words import SIZE
from graph.evidence.record import valid_id
from graph.evidence.reference.meaning import Reference

CACHED, FOLDER = 0.9, 0.85  # how often what looks so is so: expectations (docs/lineage.md)
_CACHE = re.compile(
    r"(?:^|/)(?:models--)?([\w.\-]+?)--([\w.\-]+)(?:/(?:snapshots|refs)/.*)?/?$", re.ASCII
)
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.\-]{1,20}:/{2,3}|[A-Za-z]:/)")
_FRAMEWORK = re.compile(
    r"transformers|pytorch|keras|flax|jax|gguf|onnx|tflite|tensorrt|tensorflow2?|\w{2,20}cpp|other|default|api",
    re.IGNORECASE,
)
_WEIGHTS = re.compile(r"\.(?:gguf|ggml|safetensors|bin|pth?|ckpt|onnx|engine)$", re.IGNORECASE)
_CHECKPOINT = re.compile(r"(?:checkpoint|ckpt|epoch|step|global_step)[-_]?\d+", re.IGNORECASE)
_BELOW = re.compile(
    r"\d{1,3}|v?\d|snapshots|versions?|final|original|main|latest|hf|model|merged?|base|summary|[0-9a-f]{7,64}",
    re.IGNORECASE,
)
FORMAT = re.compile(
    r"[-_.](?:gguf|ggml(?:v\d)?|awq|gptq|exl2|bnb|nf4|fp8|mlx|int[48]|[48]-?bits?|i?q[2-8](?:_[a-z0-9]+)*)$",
    re.IGNORECASE,
)
FULL = re.compile(r"[-_.](?:hf|bf16|fp?16|fp?32|original|consolidated)$", re.IGNORECASE)


def cached(path: str) -> str | None:
    """Return the repository that a cache folder's name stands for (``owner--name``)."""
    if not (found := _CACHE.search(path.replace("\\", "/"))):
        return None
    target = f"{found[1]}/{found[2]}"
    return (load().spelling(target) or target) if valid_id(target) else None


def named_by(path: str) -> Reference | None:
    """Read a path: the last folder that has a name of its own, or a variant in a Kaggle folder."""
    parts = parts_of(path)
    for place in range(1, len(parts) - 1):
        if _FRAMEWORK.fullmatch(parts[place]):
            variant = "" if parts[place + 1].lower() in {"default", "1"} else parts[place + 1]
            if found := _named(f"{parts[place - 1]}-{variant}", "", "a Kaggle folder"):
                return found
    relation = Relation.MIRROR
    while len(parts) > 1 and (below := _is_below(parts[-1])):
        relation = Relation.FINETUNE if below == "checkpoint" else relation
        parts.pop()
    if not parts:
        return None
    above = parts[-2] if len(parts) > 1 else ""
    found = _named(parts[-1], above, "the folder's name" if above else "the name")
    return found._replace(relation=relation) if found and relation is Relation.FINETUNE else found


def _is_below(name: str) -> str:
    """Tell a file or folder within a model's from the model's own: "checkpoint" or "part" of it."""
    if _CHECKPOINT.fullmatch(name):
        return "checkpoint"
    own_words = SIZE.search(name.lower()) or not _WEIGHTS.search(name)
    return "part" if _BELOW.fullmatch(name) or not own_words else ""


def parts_of(path: str) -> list[str]:
    """Return a path's names, without scheme, query and what is hidden or empty."""
    bare = re.split(r"[?#]", _SCHEME.sub("", path.replace("\\", "/")), maxsplit=1)[0]
    return [part for part in bare.split("/") if part.strip(".~ ")]


def _named(name: str, above: str, how: str) -> Reference | None:
    """Return what a folder's or file's name says: with its owner before it, else by its words."""
    roster, bare = load(), _WEIGHTS.sub("", name)
    for owner, own in ((above, bare), bare.partition("_")[::2]):
        told = f"{owner}/{own}"
        if known := roster.spelling(told):
            return Reference(known, how, CACHED, Relation.MIRROR)
        if valid_id(told) and _is_owned(owner, told):
            return Reference(told, how, FOLDER, Relation.MIRROR)
    plain = FORMAT.sub("", FORMAT.sub("", bare))  # "…-bnb-4bit"
    relation = Relation.MIRROR if plain == bare else Relation.QUANTIZED
    for told in (plain, FULL.sub("", plain)):
        found = resolve(told) if SIZE.search(told.lower()) else None
        if found and found.id:
            return Reference(found.id, how, FOLDER, relation)
    return None


def _is_owned(owner: str, told: str) -> bool:
    """Tell whether owner and name look like a repository: an official one, or a re-upload."""
    if load().family_of(told) is not None:
        return True
    return (
        owner in _uploaders() and SIZE.search(told.lower()) is not None and bool(names.words(told))
    )


@cache
def _uploaders() -> frozenset[str]:
    """Return the owners of known re-uploads."""
    return frozenset(copy.partition("/")[0] for copy in load().copies)
