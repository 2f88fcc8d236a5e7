"""What a text means that was written where a repository's id is wanted.

People and tools write more there than an id: an address of the Hub, an id with a revision, a
folder on their disk, a tag of Ollama's, words, several at once. Where the text holds the id itself
it is the same repository. Where it only looks like one, that is a guess with a confidence. Pure.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from graph.catalogue.model import DATASET_PREFIX
from graph.evidence.record import MAX_ID, clean_reference
from graph.evidence.reference.guess import guess, is_plain, words
from graph.evidence.reference.held import held
from graph.evidence.reference.meaning import Reference
from graph.evidence.reference.several import parts, within

__all__ = ["Reference", "count", "held_id", "is_plain", "keys", "meant", "read", "texts", "words"]

MAX_REFERENCES = 24  # of one text
OWN_NAME = " (Merge)"  # leaderboards of 2024 and 2025 write so behind a merge's own name: no parent


@lru_cache(maxsize=1 << 12)  # the same few texts come again and again
def read(text: str) -> tuple[Reference, ...]:
    """Return what a text means beside itself: nothing for a plain id, or where nobody can tell.

    A data set's text has ``datasets/`` before it, as its id has.
    """
    if is_plain(text) or text.endswith(OWN_NAME):
        return ()
    prefix = DATASET_PREFIX if text.startswith(DATASET_PREFIX) else ""
    bare = text.removeprefix(prefix)
    if found := _one(bare, prefix):
        return (found,)
    told = list(within(bare, prefix)) or _listed(bare, prefix)
    each = tuple({one.id.lower(): one for one in told[:MAX_REFERENCES]}.values())
    return each if len(each) < 2 else tuple(one.among_others() for one in each)


def texts(told: object, most: int) -> list[str]:
    """Return the texts of a field that has one or a list of them: each line is one.

    What is none, and what is too long and names no several, is left out.
    """
    values = told[:most] if isinstance(told, list) else [told]
    lines = [line for value in values if isinstance(value, str) for line in value.split("\n")]
    each = (parts(line) if len(line) > MAX_ID else [line] for line in lines)
    cleaned = (clean_reference(text) for some in each for text in some)
    return list(dict.fromkeys(text for text in cleaned if text))[:most]


def meant(text: str) -> tuple[str, ...]:
    """Return the ids that a text means: a plain one itself; none where nobody can tell."""
    return (text,) if is_plain(text) else tuple(one.id for one in read(text))


def held_id(text: str) -> str | None:
    """Return the one id that a text is or holds, None for what only looks like one."""
    if is_plain(text):
        return text
    told = read(text)
    return told[0].id if len(told) == 1 and told[0].is_held else None


@lru_cache(maxsize=1 << 12)
def keys(text: str) -> frozenset[str]:
    """Return by what texts are the same: the ids that they mean, in lower case, else themselves."""
    return frozenset(one.lower() for one in meant(text) or (text,))


def count(texts: Collection[str]) -> int:
    """Return how many repositories some texts mean together."""
    return len(texts) if len(texts) < 2 and all(map(is_plain, texts)) else len(_all(texts))


def _all(texts: Collection[str]) -> set[str]:
    return {key for text in texts for key in keys(text)}


def _listed(text: str, prefix: str) -> list[Reference]:
    found = (_one(part, prefix, listed=True) for part in parts(text))
    return [one for one in found if one is not None]


def _one(text: str, prefix: str, *, listed: bool = False) -> Reference | None:
    """Return the one repository that a text means."""
    if found := held(text, prefix, listed=listed):
        return Reference(found)
    return None if prefix else guess(text)
