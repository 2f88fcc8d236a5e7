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

_NAMES = ("model", "name", "id", "model_id", "repo_id", "path")  # where a mapping stands for a text
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
    if len(bare) > MAX_ID:
        return ()
    if found := held(bare, prefix):
        return (Reference(found),)
    told = within(bare, prefix)
    if not told and not prefix and (looks := guess(bare)):
        return (looks,)
    told = told or _guesses(bare, prefix)
    each = tuple({one.id.lower(): one for one in told[:MAX_REFERENCES]}.values())
    if len(each) < 2 or prefix:
        return each
    return tuple(one.among_others() for one in each)


def texts(told: object, most: int) -> list[str]:
    """Return the texts of a field that has one or a list of them: each line is one.

    What is none, and what is too long and names no several, is left out.
    """
    found: dict[str, None] = {}
    for value in _values(told, most) if told is not None else ():
        for line in value.split("\n") if "\n" in value else (value,):
            for text in parts(line) if len(line) > MAX_ID else (line,):
                if cleaned := clean_reference(text):
                    found[cleaned] = None
    return list(found)[:most]


def _values(told: object, most: int, depth: int = 2) -> list[str]:
    """Return the texts of a value: those of a list, or the one that a mapping gives as the name."""
    if isinstance(told, str):
        return [told]
    if isinstance(told, list) and depth:
        return [text for one in told[:most] for text in _values(one, most, depth - 1)]
    named = [told.get(key) for key in _NAMES] if isinstance(told, dict) else []
    return [name for name in named if isinstance(name, str)][:1]


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


def _guesses(text: str, prefix: str) -> list[Reference]:
    """Return what the parts of a text look like."""
    found = (guess(part) for part in parts(text)) if not prefix else ()
    return [one for one in found if one is not None]
