"""What one licence asks that another does not: clause by clause, by check. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph.catalogue import roster
from graph.catalogue.licences import Licence, Obligation
from graph.compliance.word_diff import Run, RunKind, compared, places

_PARAGRAPH = re.compile(r"\d+(?:\.[a-z0-9]+)*|[^,]+")
_LAST = 1000  # the place of what has no number, such as the use policy


class Standing(StrEnum):
    """What became of a clause."""

    ADDED = "added"
    DELETED = "deleted"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class ClauseDiff:
    """One check's clause in both licences.

    ``version_only`` tells that nothing but the version's name differs. ``as_under`` is the check
    that shows the very same words before: one clause can impose two duties.
    """

    check: str
    standing: Standing
    before: Obligation | None
    after: Obligation | None
    runs: tuple[Run, ...]
    version_only: bool = False
    as_under: str | None = None

    @property
    def changes(self) -> int:
        """How many places of the clause changed; none in one that was added or deleted whole."""
        return places(self.runs) if self.standing is Standing.CHANGED else 0

    @property
    def word(self) -> str:
        """What became of it, as people read it.

        The use policy's paragraphs are listed as duties where the release gives them an object, so
        one that is not listed may stand in the text all the same.
        """
        if self.paragraph[:1].isdigit():
            return self.standing.value
        listed = {Standing.ADDED: "newly listed", Standing.DELETED: "no longer listed"}
        return listed.get(self.standing, self.standing.value)

    @property
    def paragraph(self) -> str:
        """The paragraph it stands in, without its sentences: 1.b.i of "1.b.i(A)"."""
        duty = self.after or self.before
        return paragraph(duty.section) if duty else ""


@dataclass(frozen=True, slots=True)
class LicenceDiff:
    """All that differs between two licences, in the order of their paragraphs."""

    before: Licence
    after: Licence
    grant: tuple[Run, ...]
    clauses: tuple[ClauseDiff, ...]


def diff(a: Licence, b: Licence) -> LicenceDiff:
    """Return what became of each clause of ``a`` in ``b``."""
    seen: dict[tuple[str, str], str] = {}
    clauses = []
    for check in dict.fromkeys((*b.obligations, *a.obligations)):
        old, new = a.obligations.get(check), b.obligations.get(check)
        words = (old.quote if old else "", new.quote if new else "")
        runs = compared(*words)
        alone = bool(old and new) and _version_only(a, b, *words)
        clauses.append(
            ClauseDiff(check, _standing(old, new, runs), old, new, runs, alone, seen.get(words))
        )
        seen.setdefault(words, check)
    clauses.sort(key=_place)
    return LicenceDiff(a, b, compared(a.grant.quote, b.grant.quote), tuple(clauses))


def paragraph(section: str) -> str:
    """Return the paragraph of a section: 1.b.i of "1.b.i(A)" and of "1.b.i last sentence"."""
    found = _PARAGRAPH.match(section)
    return found[0] if found else section


def neighbours(
    licence: Licence, known: Collection[Licence]
) -> tuple[Licence | None, Licence | None]:
    """Return the versions of the same maker before and after; None where there is none.

    Of two of one day, the one that the Hub lists under its own id.
    """
    maker = _maker(licence)
    same = [one for one in known if maker and _maker(one) == maker and one.released]
    same.sort(key=lambda one: (one.released or date.min, one.id in one.hub_ids, one.id))
    day = licence.released
    before = [one for one in same if day and one.released and one.released < day]
    later = [one for one in same if day and one.released and one.released > day]
    first = [one for one in later if one.released == later[0].released]
    return (before[-1] if before else None, first[-1] if first else None)


def _maker(licence: Licence) -> str | None:
    family = roster.load().families.get(licence.family)
    return family.maker if family else None


def _standing(old: Obligation | None, new: Obligation | None, runs: tuple[Run, ...]) -> Standing:
    if old is None:
        return Standing.ADDED
    if new is None:
        return Standing.DELETED
    same = all(run.kind is RunKind.EQUAL for run in runs)
    return Standing.SAME if same else Standing.CHANGED


def _place(clause: ClauseDiff) -> tuple[int, str]:
    number = re.match(r"\d+", clause.paragraph)
    return (int(number[0]) if number else _LAST, clause.paragraph)


def _version_only(a: Licence, b: Licence, old: str, new: str) -> bool:
    return old.split() != new.split() and _unnamed(old, a) == _unnamed(new, b)


def _unnamed(quote: str, licence: Licence) -> list[str]:
    """Return a clause's words with a mark for the version's name, as "Meta Llama 3" or llama3_1."""
    name = r"[ _-]?".join(re.escape(part) for part in licence.family.split("-"))
    name = name.replace(r"\.", "[._]")
    return re.sub(rf"(?i)(?:meta )?{name}(?!\d)", "\N{BULLET}", quote).split()
