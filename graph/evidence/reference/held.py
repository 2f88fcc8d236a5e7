"""The id that a text holds as it is: an address of the Hub, an id with a revision or a folder."""

from __future__ import annotations

import re
from urllib.parse import unquote

from graph.catalogue.model import DATASET_PREFIX
from graph.catalogue.roster import load
from graph.evidence.record import valid_id

_HOST = r"(?:www\.|api-inference\.)?(?:huggingface\.com?|hf\.co|hf-mirror\.com)"
ADDRESS_IN = re.compile(
    rf"(?<![\w.\-])(?:https?://)?{_HOST}/[^\s<>()\[\]\"'`,|]{{2,300}}", re.IGNORECASE
)
_ADDRESS = re.compile(rf"(?:https?:)?/{{0,3}}{_HOST}(?::\d+)?/+(.+)", re.IGNORECASE)
_SCHEME = re.compile(r"(?:hf|huggingface|hf[-_]hub)(?::/{0,2}|/)(.+)", re.IGNORECASE)
_MARKDOWN = re.compile(r"!?\[[^\[\]]{0,200}\]\(\s?([^()\s]+)\s?\)")
_ABOUT = " \t\r\n\"'`“”‘’«»<>*"  # what stands about a text and is none of it
_FIELD = re.compile(r"(?:base_model|model(?:_id)?|repo(?:_id)?)\s?[:=]\s?(?=\S)")
_NOTE = re.compile(r"\s\([^()]{1,60}\)$")
_PATH = re.compile(r"\s*(?:[./~]|[A-Za-z]:[/\\])")
_AT = re.compile(r"(?<=[\w.\-])@[\w.\-/]+$")
_REVISION = re.compile(r"[@:].*|[),;.!]+$")
_PAGES = frozenset(
    ("blog", "chat", "collections", "docs", "join", "learn", "login", "new", "organizations",
     "papers", "posts", "pricing", "search", "settings", "spaces", "tasks", "terms-of-service")
)  # fmt: skip
_KINDS = frozenset(("model", "models", "datasets"))
_INSIDE = frozenset(("tree", "blob", "resolve", "raw", "edit", "commit", "commits", "discussions"))
# What before a slash is no owner, but a folder or a tool.
_FOLDER = re.compile(
    r"models?|checkpoints?|ckpts?|outputs?|results?|data|datasets?|runs?|saves?|te?mp|work"
    r"|work(?:space|dir)|weights|content|home|mnt|root|nfs|scratch|opt|var|usr|users?|cache|hub|hf"
    r"|hugging_?face|ollama|library|transformers|pretrained(?:_models?)?|llms?|my_?models?|input"
    r"|base_?models?|local(?:_?models?)?|kaggle|(?:my)?drive|experiments?|exp|train(?:ed|ing)?"
    r"|fine[-_]?tuned?|merged?|loras?|adapters?|snapshots|dist|artifacts|huggingface\.co|hf\.co"
    r"|hf-mirror\.com|ollama\.com|github\.com|kaggle\.com",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"[\d.]+[bm]?|(?:checkpoint|epoch|step|v)[-_]?\d+|final|latest|main", re.IGNORECASE
)


def held(text: str, prefix: str = "", *, listed: bool = False) -> str | None:
    """Return the id that a text holds, with the ``prefix`` of its kind.

    ``listed``: the text is a part of another, so an id that stands alone in it is one it holds.
    """
    bare = bared(text)
    if (link := _MARKDOWN.fullmatch(bare)) is not None:
        return held(link[1], prefix, listed=True)
    if (address := _ADDRESS.fullmatch(bare)) is not None:
        found = _at(unquote(address[1]), prefix)
    elif (scheme := _SCHEME.fullmatch(bare)) is not None:
        found = _at(scheme[1], prefix)
        found = found if found and _is_id(*found.rpartition("/")[::2]) else None
    else:
        found = _without_end(bare, prefix)
        listed = listed or bare != text
        found = found if listed or found != bare else None
    return prefix + found if found and valid_id(found) else None


def bared(text: str) -> str:
    """Return a text without what stands about it, and without a field's name before it."""
    return _NOTE.sub("", _FIELD.sub("", text.strip(_ABOUT), count=1))


def is_page(text: str) -> bool:
    """Tell whether a text is an address of the Hub that leads to no path on somebody's disk."""
    found = _ADDRESS.fullmatch(text)
    return found is not None and not _on_disk(found[1])


def is_path(text: str) -> bool:
    """Tell whether a text begins as a path on somebody's disk does."""
    return _PATH.match(text) is not None


def _on_disk(place: str) -> bool:
    """Tell whether an address's path is one on a disk, which a card's template took for an id."""
    first = place.partition("/")[0]
    return first not in _KINDS and is_folder(first)


def is_folder(owner: str) -> bool:
    """Tell whether what stands before a slash is a folder's name rather than an owner's."""
    return _FOLDER.fullmatch(owner) is not None


def is_known(artifact_id: str) -> bool:
    """Tell whether the rosters know an id."""
    roster = load()
    return roster.spelling(artifact_id) is not None or roster.family_of(artifact_id) is not None


def _at(place: str, prefix: str) -> str | None:
    """Return the id in an address's path: its first two parts, after what tells its kind."""
    parts = [part for part in re.split(r"[?#]", place, maxsplit=1)[0].split("/") if part]
    parts = parts[parts[:1] == ["api"] :]
    is_data = parts[:1] == ["datasets"]
    other_kind = is_data is not (prefix == DATASET_PREFIX)
    if other_kind or not parts or parts[0] in _PAGES or _on_disk(place):
        return None
    parts = parts[is_data or parts[0] in _KINDS :]
    if len(parts) > 1:
        return f"{parts[0]}/{_REVISION.sub('', parts[1])}"
    return parts[0] if parts and (is_data or is_known(parts[0])) else None


def _without_end(bare: str, prefix: str) -> str | None:
    """Return the id that stands before a slash, a revision, or a folder of the repository's."""
    parts = _AT.sub("", bare).rstrip("/").split("/")
    if len(parts) == 3 and parts[0] in {"models", "model", prefix.rstrip("/") or "models"}:
        parts = parts[1:]
    if len(parts) < 2 or not valid_id(parts[0]):
        return None
    found = f"{parts[0]}/{_REVISION.sub('', parts[1])}"
    if is_known(found):
        return found
    alone = len(parts) == 2 or parts[2] in _INSIDE
    return found if alone and _is_id(*found.split("/")) else None


def _is_id(owner: str, name: str) -> bool:
    """Tell an id from a folder in a folder."""
    return not (is_folder(owner) or _NO_NAME.fullmatch(name) or len(name) < 3)
