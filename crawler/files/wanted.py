"""Which files of a repository are asked for: what could hold a licence, and a merge's recipe.

File names are hostile input. What the Hub counts as a download stands in docs/hub.md.
"""

from __future__ import annotations

import re

from graph.catalogue.model import Kind
from graph.compliance.repository_texts import could_hold
from graph.evidence.record import HubRecord
from graph.evidence.relation import RECIPES, is_recipe

MAX_NAME = 200
MOST = 12  # files of one repository; nearly all have fewer than six

_CARD = re.compile(r"readme\.md", re.IGNORECASE)
_LEGAL = re.compile(
    r"(licen[sc]e|copying|notice|(acceptable[\s_.\-]?)?use[\s_.\-]?policy)", re.IGNORECASE
)
_HOSTILE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\\]|(^|/)\.{0,2}(/|$)")
# To fetch one of these counts as a download, wherever it stands.
_COUNTED = re.compile(
    r"(^|/)(config|meta|hyperparams|params)\.ya?ml$|\.(json|gguf)$", re.IGNORECASE
)
# An ending that no text bears: not even asked for.
_NO_TEXT = re.compile(
    r"\.(safetensors|bin|pdf|png|jpe?g|zip|gz|parquet|pth?|docx?)$", re.IGNORECASE
)

UNLISTED = ("README.md", "LICENSE", "NOTICE", *RECIPES)  # asked for where no list is to be had


def wanted(record: HubRecord) -> list[str]:
    """Return the files to hold of a repository, the most telling first.

    The card; licences, notices and use policies; a merge's recipe; then whatever else the judge
    would look for a licence in. None of a data set, where every file counts as a download, and
    none of what the Hub does not serve.
    """
    names = UNLISTED if record.siblings is None else dict.fromkeys(record.siblings)
    asked = ((_rank(name), name.count("/"), name) for name in names if may_be_asked(record, name))
    return [name for rank, _, name in sorted(asked) if rank][:MOST]


def may_be_asked(record: HubRecord, name: str) -> bool:
    """Tell whether a file may be fetched: it can be a text, and nothing is counted by it."""
    if record.kind is Kind.DATASET or record.disabled:
        return False
    return plain_name(name) and not _COUNTED.search(name) and not _NO_TEXT.search(name)


def plain_name(name: str) -> bool:
    """Tell whether a name can be a file's in a repository: no way out of it, no control sign."""
    return 0 < len(name) <= MAX_NAME and not _HOSTILE.search(name)


def is_card(name: str) -> bool:
    """Tell whether a file is a card by its name."""
    return _CARD.fullmatch(name) is not None


def _rank(name: str) -> int:
    """Return how early a file is asked for, 0 for one that is not."""
    if is_card(name):
        return 1
    if _LEGAL.match(name):
        return 2
    if is_recipe(name):
        return 3
    return 4 if could_hold(name) else 0
