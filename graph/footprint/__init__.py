"""The library's questions on the footprint, asked of some lineage and held to what was read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from graph.catalogue.model import Source, Strength
from graph.engines.port.ports import CypherConsole, Row
from graph.engines.queries.query import Question, library
from graph.storage.coverage import Coverage


@dataclass(frozen=True, slots=True)
class Result:
    """An answer as it stands at one moment.

    ``query`` names the question of the query library and ``parameters`` what it was asked with,
    so that every number can be had again in the console: ``:run QUERY``. ``complete`` tells
    whether it is of the whole that was to be read; where not, ``coverage`` says so and the columns
    that are shares are null.
    """

    name: str
    title: str
    about: str
    query: str
    rows: list[Row]
    parameters: dict[str, Any] = field(default_factory=dict)
    complete: bool = True
    coverage: str = ""

    @property
    def shares(self) -> tuple[str, ...]:
        """The columns that are shares of a whole."""
        return library()[self.query].shares

    def held(self, coverage: Coverage) -> Result:
        """Return the answer as far as what is read bears it: without shares of a part."""
        rows: list[Row] = coverage.held(self.rows, self.shares)
        return replace(self, rows=rows, complete=coverage.whole, coverage=coverage.words)


def questions() -> dict[str, Question]:
    """Return the questions on the footprint by their short names, in the library's order."""
    return {q.figure.name: q for q in library().values() if q.figure}


def ask(
    console: CypherConsole, name: str, at_least: Strength, nearest: Source = Source.REGISTER
) -> Result:
    """Ask a question by its short name, counting lineage of the given strength and firmer.

    Only by the word of a source and of those nearer to the author. Raises QueryFailed or
    QueryTimeout where the engine cannot answer.
    """
    question = questions()[name]
    known = question.defaults()
    parameters = {n: given for n, given in asked(at_least, nearest).items() if n in known}
    rows = list(question.ask(console, parameters).records())
    return Result(name, question.title, question.about, question.name, rows, parameters)


def asked(at_least: Strength, nearest: Source = Source.REGISTER) -> dict[str, Any]:
    """Return the parameters of a question that say which lineage counts, the firmest first."""
    return {
        "strengths": [one.word for one in sorted(Strength, reverse=True) if one >= at_least],
        "sources": [one.word for one in sorted(Source, reverse=True) if one >= nearest],
    }
