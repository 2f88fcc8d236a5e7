"""A licence diff as the page shows it. Pure."""

from __future__ import annotations

from graph.compliance.difference import ClauseDiff, LicenceDiff, Standing
from graph.compliance.word_diff import Run, RunKind

_TAGS = {RunKind.EQUAL: None, RunKind.DELETED: "del", RunKind.INSERTED: "ins"}


def changed(found: LicenceDiff) -> list[ClauseDiff]:
    """Return the clauses that differ."""
    return [one for one in found.clauses if one.standing is not Standing.SAME]


def whole(found: LicenceDiff) -> list[ClauseDiff]:
    """Return the clauses that are the same."""
    return [one for one in found.clauses if one.standing is Standing.SAME]


def quotes(runs: tuple[Run, ...]) -> list[tuple[str | None, str]]:
    """Return the words with the element that marks them; None for those in both."""
    return [(_TAGS[run.kind], run.text) for run in runs]
