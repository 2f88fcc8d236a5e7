"""The page of a planned model: its form as a question, and the command that asks the same. Pure."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from graph.catalogue.model import Outcome
from graph.preflight import Asked

OUTCOMES = {
    Outcome.FAILED: "Failed",
    Outcome.REVIEW: "To review",
    Outcome.UNKNOWN: "Not known",
    Outcome.INFO: "Clear",
    Outcome.PASSED: "Clear",
    Outcome.NOT_APPLICABLE: "Clear",
}


@dataclass(frozen=True, slots=True)
class Form:
    """What a person typed; bases and data sets one a line."""

    name: str = ""
    base: str = ""
    dataset: str = ""
    relation: str = ""
    licence: str = ""
    from_scratch: bool = False

    def asked(self) -> Asked:
        """Return the form as a planned model. Raises PlanRefused."""
        return Asked(
            name=self.name.strip(),
            bases=_lines(self.base),
            datasets=_lines(self.dataset),
            relation=self.relation,
            licence=self.licence.strip(),
            from_scratch=self.from_scratch,
        )

    def command(self) -> str:
        """Return the command that asks the same."""
        given = [("name", self.name.strip()), *(("base", one) for one in _lines(self.base))]
        given += [("dataset", one) for one in _lines(self.dataset)]
        given += [("relation", self.relation), ("license", self.licence.strip())]
        words = [f"--{option}={value}" for option, value in given if value]
        words += ["--from-scratch"] if self.from_scratch else []
        return shlex.join(["herdbook", "check", *words])


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
