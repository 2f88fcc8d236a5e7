"""The repository that a text looks like: a path with a known name, a tag of Ollama's, words.

What is known by rosters alone is guessed; everything is inferred, so it never fails anybody.
"""

from __future__ import annotations

import re

from graph.catalogue import names
from graph.catalogue.model import DATASET_PREFIX, Relation
from graph.catalogue.naming import Bare, resolve
from graph.catalogue.words import SIZE
from graph.evidence.record import MAX_ID, valid_id
from graph.evidence.reference.folder import CACHED, FORMAT, FULL, cached, named_by, parts_of
from graph.evidence.reference.held import bared, is_folder, is_page, is_path
from graph.evidence.reference.meaning import Reference

TAG, WORDS = 0.85, 0.8  # how often what looks so is so: expectations (docs/lineage.md)
MAX_WORDS = 12
_OLLAMA = re.compile(
    r"(?:(?:https?://)?(?:www\.)?(?:registry\.)?ollama(?:\.com|\.ai)?[/:]{1,3})?(?:library/)?"
    r"(?P<name>[\w.\-]+)(?::(?P<tag>[\w.\-]+))?",
    re.ASCII,
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
    return named_by(bare)


def is_denied(words: str) -> bool:
    """Tell whether words take back what they name: "not Llama", "trained from scratch"."""
    return " " in words and not is_path(words) and _DENIED.search(words) is not None


def _worded(words: str) -> Reference | None:
    """Read words: a size without a variant may be the base or the instruct model."""
    if words.count(" ") >= MAX_WORDS:
        return None
    words = _MAKER.sub("", words)
    found = resolve(words, Bare.FAMILY)
    if found and not found.id and not found.llama:  # the terms of others' two are the same
        found = resolve(words)
    return _mirror(found.id, "words", WORDS) if found and found.id else None


def _tag(text: str) -> Reference | None:
    """Read a tag of Ollama's, where a size alone is the instruct model, quantised or not."""
    found = _OLLAMA.fullmatch(text)
    if found is None or found["tag"] is None or not names.weights(found["name"]):
        return None
    tag = FORMAT.sub("", FULL.sub("", found["tag"]))
    words = f"{found['name']} {tag.replace('-', ' ')}"
    if _BASE.search(words):
        words = _BASE.sub("", words)
    elif not _VARIANT.search(words):
        words += " instruct"
    if not SIZE.search(tag.lower()):
        return None
    told = resolve(words)
    return _mirror(told.id, "a tag of Ollama's", TAG) if told and told.id else None


def _mirror(artifact_id: str, how: str, confidence: float) -> Reference:
    return Reference(artifact_id, how, confidence, Relation.MIRROR)


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
