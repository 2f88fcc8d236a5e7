"""A licence diff in a few phrases: "four changes in 1.b.i", "1.b.v deleted". Pure."""

from __future__ import annotations

from itertools import groupby

from graph.catalogue.licences import Licence
from graph.compliance.difference import ClauseDiff, LicenceDiff, Standing, paragraph

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip


def summary(found: LicenceDiff) -> list[str]:
    """Return what differs, a phrase for each paragraph; empty where the clauses are the same."""
    told = [c for c in found.clauses if c.as_under is None and c.standing is not Standing.SAME]
    phrases: list[str] = []
    for name, group in groupby(told, lambda clause: clause.paragraph):
        clauses = list(group)
        changes = sum(clause.changes for clause in clauses if not clause.version_only)
        if changes:
            phrases.append(f"{_counted(changes)} in {_named(name)}")
        phrases += _whole(found.before, name, clauses, Standing.DELETED)
        phrases += _whole(found.after, name, clauses, Standing.ADDED)
    named = dict.fromkeys(_named(clause.paragraph) for clause in told if clause.version_only)
    if named:
        phrases.append(f"the version's name alone in {_listed(list(named))}")
    return phrases


def _whole(holder: Licence, name: str, clauses: list[ClauseDiff], standing: Standing) -> list[str]:
    """Say what came or went: a paragraph where all of its clauses did, else each duty.

    A paragraph of the use policy may stand in a text that does not list it as a duty.
    """
    gone = [clause for clause in clauses if clause.standing is standing]
    if not gone:
        return []
    checks, word = _listed([clause.check for clause in gone]), gone[0].word
    if not name[0].isdigit():
        return [f"{checks} ({name}) {word} as a duty"]
    held = [d for d in holder.obligations.values() if paragraph(d.section) == name]
    if len(clauses) == len(gone) == len({duty.quote for duty in held}):
        return [f"{_named(name)} {word}"]
    return [f"{checks} {word} in {_named(name)}"]


def _named(name: str) -> str:
    return f"section {name}" if name.isdigit() else name


def _counted(changes: int) -> str:
    number = _NUMBERS[changes] if changes < len(_NUMBERS) else str(changes)
    return f"{number} change{'' if changes == 1 else 's'}"


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
