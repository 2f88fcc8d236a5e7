"""Two texts word by word, as runs: what both have, what only the first, what only the second. Pure.

Changes with at most three words between them are one, as people list them: "that uses any of them,
including another AI model," became "(including another AI model) that contains any of them,".
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

_APART = 3  # words between two changes that are told as one
_Words = tuple[list[str], list[str]]


class RunKind(StrEnum):
    """What became of words that stand together."""

    EQUAL = "equal"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together and fared alike."""

    kind: RunKind
    text: str


def compared(before: str, after: str) -> tuple[Run, ...]:
    """Return the words of two texts as runs, those deleted before those inserted."""
    found: list[Run] = []
    for same, (old, new) in _spans(before.split(), after.split()):
        apart = [(RunKind.DELETED, old), (RunKind.INSERTED, new)]
        parts = [(RunKind.EQUAL, old)] if same else [part for part in apart if part[1]]
        found += [Run(kind, " ".join(part)) for kind, part in parts]
    return tuple(found)


def places(runs: tuple[Run, ...]) -> int:
    """Count the places where two texts differ: words exchanged are one."""
    return sum(not same for same, _ in groupby(run.kind is RunKind.EQUAL for run in runs))


def _spans(old: list[str], new: list[str]) -> list[tuple[bool, _Words]]:
    """Return what is the same and what is not, the latter with what lies close between."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ends = (0, len(codes) - 1)
    told: list[tuple[bool, _Words]] = []
    for n, (tag, i1, i2, j1, j2) in enumerate(codes):
        same = tag == "equal" and (n in ends or i2 - i1 > _APART)
        if not told or told[-1][0] is not same:
            told.append((same, ([], [])))
        told[-1][1][0].extend(old[i1:i2])
        told[-1][1][1].extend(new[j1:j2])
    for place in range(1, len(told) - 1):
        _slide(*(words for _, words in told[place - 1 : place + 2]))
    return told


def _slide(before: _Words, between: _Words, after: _Words) -> None:
    """Move words that only one text has to the right, to where a reader sees them begin.

    Not "[the Materials or outputs of] the Materials" but "the Materials [or outputs of the
    Materials]".
    """
    if all(between):
        return
    alone = between[0] or between[1]
    while len(after[0]) > 1 and alone[0] == after[0][0]:
        alone.append(alone.pop(0))
        for kept, rest in zip(before, after, strict=True):
            kept.append(rest.pop(0))
