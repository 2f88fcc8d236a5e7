"""The repository that a text looks like: a path with a known name, a tag of Ollama's, words.

What is known by rosters alone is guessed; everything is inferred, so it never fails anybody.
"""

from __future__ import annotations

import re
from functools import cache

from graph.catalogue import names
from graph.catalogue.model import DATASET_PREFIX, Relation
from graph.catalogue.naming import Bare, resolve
from graph.catalogue.roster import load
from graph.catalogue.words import SIZE
from graph.evidence.record import MAX_ID, valid_id
from graph.evidence.reference.held import bared, is_folder, is_page, is_path
from graph.evidence.reference.meaning import Reference

# How often what looks so is so: expectations, none of them fitted (docs/lineage.md).
CACHED, FOLDER, TAG, WORDS = 0.9, 0.85, 0.85, 0.8
MAX_WORDS = 12
_CACHE = re.compile(
    r"(?:^|/)(?:models--)?([\w.\-]+?)--([\w.\-]+)(?:/(?:snapshots|refs)/.*)?/?$", re.ASCII
)
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.\-]{1,20}:/{2,3}|[A-Za-z]:/)")
_FRAMEWORK = re.compile(
    r"transformers|pytorch|keras|flax|jax|gguf|onnx|tflite|tensorrt|tensorflow2?|\w{2,20}cpp|other|default|api",
    re.IGNORECASE,
)
_OLLAMA = re.compile(
    r"(?:(?:https?://)?(?:www\.)?(?:registry\.)?ollama(?:\.com|\.ai)?[/:]{1,3})?(?:library/)?"
    r"(?P<name>[\w.\-]+)(?::(?P<tag>[\w.\-]+))?",
    re.ASCII,
)
_WEIGHTS = re.compile(r"\.(?:gguf|ggml|safetensors|bin|pth?|ckpt|onnx|engine)$", re.IGNORECASE)
_FORMAT = re.compile(
    r"[-_.](?:gguf|ggml(?:v\d)?|awq|gptq|exl2|bnb|nf4|fp8|mlx|int[48]|[48]-?bits?|i?q[2-8](?:_[a-z0-9]+)*)$",
    re.IGNORECASE,
)
_FULL = re.compile(r"[-_.](?:hf|bf16|fp?16|fp?32|original|consolidated)$", re.IGNORECASE)
_CHECKPOINT = re.compile(r"(?:checkpoint|ckpt|epoch|step|global_step)[-_]?\d+", re.IGNORECASE)
_BELOW = re.compile(
    r"\d{1,3}|v?\d|snapshots|versions?|final|original|main|latest|hf|model|merged?|base|summary|[0-9a-f]{7,64}",
    re.IGNORECASE,
)
_BASE = re.compile(r"\b(?:text|base|code)\b")
_VARIANT = re.compile(r"instruct|chat|python|\bit\b", re.IGNORECASE)
_MAKER = re.compile(
    r"^(?:the )?meta(?:['’]s| ai(?:['’]s)?)? | (?:by|from) meta(?: ai)?$", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:not?|none|without|unlike|scratch|never|custom)\b|\(merge\)$", re.IGNORECASE
)


def is_plain(text: str) -> bool:
    """Tell whether a text is an id and nothing else: it is what it says."""
    if text.startswith(DATASET_PREFIX):
        return valid_id(text.removeprefix(DATASET_PREFIX))
    if not valid_id(text):
        return False
    owner, slash, _ = text.partition("/")
    return not (is_folder(owner) if slash else SIZE.search(text.lower()))


def guess(text: str) -> Reference | None:
    """Return the repository that a text looks like, None where it looks like none."""
    bare = bared(text).replace("\\", "/")
    if not bare.isascii() or is_denied(text) or is_page(bare):
        return None
    if (target := cached(bare)) is not None:
        return Reference(target, "the folder of a cache", CACHED, Relation.MIRROR)
    if " " in bare and "/" not in bare:
        return _worded(bare)
    if (found := _tag(bare)) is not None:
        return found
    return _below(bare)


def is_denied(words: str) -> bool:
    """Tell whether words take back what they name: "not Llama", "trained from scratch"."""
    return " " in words and not is_path(words) and _DENIED.search(words) is not None


def cached(path: str) -> str | None:
    """Return the repository that a cache folder's name stands for (``owner--name``)."""
    if not (found := _CACHE.search(path.replace("\\", "/"))):
        return None
    target = f"{found[1]}/{found[2]}"
    return (load().spelling(target) or target) if valid_id(target) else None


def _worded(words: str) -> Reference | None:
    """Read words: a size without a variant may be the base or the instruct model."""
    if words.count(" ") >= MAX_WORDS:
        return None
    words = _MAKER.sub("", words)
    found = resolve(words, Bare.FAMILY)
    if found and not found.id and not found.llama:  # the terms of others' two are the same
        found = resolve(words)
    return _guessed(found.id, "words", WORDS) if found and found.id else None


def _tag(text: str) -> Reference | None:
    """Read a tag of Ollama's, where a size alone is the instruct model, quantised or not."""
    found = _OLLAMA.fullmatch(text)
    if found is None or found["tag"] is None or not names.weights(found["name"]):
        return None
    tag = _FORMAT.sub("", _FULL.sub("", found["tag"]))
    words = f"{found['name']} {tag.replace('-', ' ')}"
    if _BASE.search(words):
        words = _BASE.sub("", words)
    elif not _VARIANT.search(words):
        words += " instruct"
    if not SIZE.search(tag.lower()):
        return None
    told = resolve(words)
    return _guessed(told.id, "a tag of Ollama's", TAG) if told and told.id else None


def _below(path: str) -> Reference | None:
    """Read a path: the last folder that has a name of its own, or a variant in a Kaggle folder."""
    parts = parts_of(path)
    for place in range(1, len(parts) - 1):
        if _FRAMEWORK.fullmatch(parts[place]):
            variant = "" if parts[place + 1].lower() in {"default", "1"} else parts[place + 1]
            return _named(f"{parts[place - 1]}-{variant}", "", "a Kaggle folder")
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
        known = roster.spelling(f"{owner}/{own}")
        if known:
            return _guessed(known, how, CACHED)
        if owner in _owners() and valid_id(f"{owner}/{own}") and names.words(own):
            return _guessed(f"{owner}/{own}", how, FOLDER)
    plain = _FORMAT.sub("", _FORMAT.sub("", bare))  # "…-bnb-4bit"
    relation = Relation.MIRROR if plain == bare else Relation.QUANTIZED
    for told in (plain, _FULL.sub("", plain)):
        found = resolve(told) if SIZE.search(told.lower()) else None
        if found and found.id:
            return _guessed(found.id, how, FOLDER, relation)
    return None


def _guessed(
    artifact_id: str, how: str, confidence: float, relation: Relation = Relation.MIRROR
) -> Reference:
    return Reference(artifact_id, how, confidence, relation)


def words(text: str) -> str:
    """Return the words by which a text that means no one repository may speak of a family."""
    bare = bared(text[:MAX_ID])
    if is_denied(text) or bare.count(" ") > MAX_WORDS or is_page(bare):
        return ""
    if " " in bare and "/" not in bare:
        return bare
    parts = parts_of(bare)
    telling = [part for part in parts if names.weights(part)]
    return telling[-1] if telling else parts[-1] if parts else ""


@cache
def _owners() -> frozenset[str]:
    """Return the owners whose repositories the rosters know."""
    roster = load()
    return frozenset(i.partition("/")[0] for i in roster.copies) | frozenset(roster.owners())
