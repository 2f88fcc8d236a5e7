"""The judgement of a planned model: whether anything stands in the way, and what is owed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from graph.catalogue.model import Derivation, Finding, Membership, Outcome, worst
from graph.preflight.gate import Before, Key, reaches, reference_key, stood, stopping
from graph.preflight.plan import Plan
from graph.preflight.resolution import Reference

SENTENCES = 3  # of what is not known, in the first line


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a plan: findings (every check included), and what is not known.

    ``parents`` are the edges to what it is made from and trained on. ``unresolved`` are texts that
    nobody could make anything of, ``guessed`` those that are only taken for something. ``before``
    is what a baseline holds: it stops nothing.
    """

    plan: Plan
    findings: tuple[Finding, ...]
    memberships: tuple[Membership, ...] = ()
    parents: tuple[Derivation, ...] = ()
    unresolved: tuple[Reference, ...] = ()
    guessed: tuple[Reference, ...] = ()
    before: Before = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        """The worst outcome; what is not known or guessed is `unknown` at the best."""
        open_ = [Outcome.UNKNOWN] if self.unresolved or self.guessed else []
        return worst([*(finding.outcome for finding in self.findings), *open_])

    @property
    def failed(self) -> list[str]:
        """The checks that are failed and are not in the baseline, once each."""
        return list(dict.fromkeys(f.check for f in self._stopping(Outcome.FAILED)))

    @property
    def known(self) -> list[str]:
        """The checks that are failed as the baseline has them, and in no other way."""
        found = [f.check for f in self.findings if f.outcome is Outcome.FAILED]
        return [check for check in dict.fromkeys(found) if check not in self.failed]

    @property
    def notes(self) -> list[str]:
        """What is not known and what is guessed, in sentences."""
        return [one.why for one in (*self.unresolved, *self.guessed)]

    @property
    def verdict(self) -> str:
        """One line for somebody in a hurry: what is failed, what is not known and what to do."""
        said = list(self._of_failed())
        said += self._of_references()
        said += [] if self.failed else self._of_the_rest(alone=not said)
        return " ".join(said).removesuffix(".")

    def _of_failed(self) -> Iterator[str]:
        if failed := self.failed:
            count = "1 duty is" if len(failed) == 1 else f"{len(failed)} duties are"
            yield f"{count} failed: {', '.join(failed)}."

    def _of_references(self) -> list[str]:
        notes = self.notes
        more = len(notes) - SENTENCES
        return notes[:SENTENCES] + ([f"{more} more are not known."] if more > 0 else [])

    def _of_the_rest(self, *, alone: bool) -> list[str]:
        """Return what is for review and what is not known of licences that arrive.

        ``alone``: nothing else is there to say.
        """
        parts = []
        for outcome, words in ((Outcome.REVIEW, "for review"), (Outcome.UNKNOWN, "not known yet")):
            found = (f for f in self.findings if f.outcome is outcome and f.section is not None)
            checks = dict.fromkeys(finding.check for finding in found)
            parts += [f"{words}: {', '.join(checks)}"] if checks else []
        if alone:
            parts.insert(0, "Nothing is failed" if parts else "Nothing stands in the way")
        parts += [f"failed before: {', '.join(self.known)}"] if self.known else []
        text = "; ".join(parts)
        return [f"{text[0].upper()}{text[1:]}."] if text else []

    def stops(self, level: Outcome) -> bool:
        """Tell whether anything is as bad as a level that was not so before."""
        names = (one.reference for one in (*self.unresolved, *self.guessed))
        new = any(not stood(reference_key(self.plan.id, n), Outcome.UNKNOWN, self.before)
                  for n in names)  # fmt: skip
        open_ = new and reaches(Outcome.UNKNOWN, level)
        return open_ or bool(self._stopping(level))

    def _stopping(self, level: Outcome) -> list[Finding]:
        return list(stopping(self.findings, level, self.before))

    def against(self, before: Mapping[Key, Outcome]) -> Answer:
        """Return the answer with what a baseline holds stopping nothing more."""
        return replace(self, before=before)
