"""A repository's small files: which are asked for, and those of a record decoded.

File names and texts are hostile input, so everything is bounded and typed.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from crawler.record import HubRecord
from graph.compliance.holdings import could_hold
from graph.model import Kind

MAX_JSON = 1 << 18
MAX_NAME = 200
MOST = 12  # files of one repository; nearly all have fewer than six

_CARD = re.compile(r"readme\.md", re.IGNORECASE)
_LEGAL = re.compile(
    r"(licen[sc]e|copying|notice|(acceptable[\s_.\-]?)?use[\s_.\-]?policy)", re.IGNORECASE
)
_CONFIGS = ("adapter_config.json", "mergekit_config.yml", "mergekit_config.yaml", "config.json")
_HOSTILE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\\]|(^|/)\.{0,2}(/|$)")
# An ending that no text bears: not even asked for.
_NO_TEXT = re.compile(
    r"\.(safetensors|bin|gguf|pdf|png|jpe?g|zip|gz|parquet|pth?|docx?)$", re.IGNORECASE
)

UNLISTED = ("README.md", "LICENSE", "NOTICE", *_CONFIGS)  # asked for where no list is to be had


def wanted(record: HubRecord) -> list[str]:
    """Return the files to hold of a repository, the most telling first.

    The card; licences, notices and use policies; configurations; then whatever else the judge
    would look for a licence in.
    """
    names = UNLISTED if record.siblings is None else dict.fromkeys(record.siblings)
    ranked = sorted((rank, name.count("/"), name) for name in names if (rank := _rank(name)))
    files = [name for _, _, name in ranked]
    if record.kind is Kind.DATASET:
        files = [name for name in files if name not in _CONFIGS]
    return files[:MOST]


def plain_name(name: str) -> bool:
    """Tell whether a name can be a file's in a repository: no way out of it, no control sign."""
    return 0 < len(name) <= MAX_NAME and not _HOSTILE.search(name)


def _rank(name: str) -> int:
    """Return how early a file is asked for, 0 for one that is not."""
    if not plain_name(name) or _NO_TEXT.search(name):
        return 0
    if _CARD.fullmatch(name):
        return 1
    if _LEGAL.match(name):
        return 2
    if name in _CONFIGS:
        return 3
    return 4 if could_hold(name) else 0


def json_object(record: HubRecord, name: str) -> dict[str, Any]:
    """Return a JSON file of a record as an object; empty where it is none or too large."""
    text = record.files.get(name)
    if not text or len(text) > MAX_JSON:
        return {}
    try:
        told = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}
