"""What changed in a licence since the version before, as a part of its page in docs/licences."""

from __future__ import annotations

from graph.catalogue.licences import Licence
from graph.compliance.difference import ClauseDiff, Standing, diff
from graph.compliance.summary import summary
from graph.compliance.word_diff import Run, RunKind

MARKED = "Words ~~only before~~ and **only after**, for the clauses that a check rests on:"
MARKS = {RunKind.EQUAL: "", RunKind.DELETED: "~~", RunKind.INSERTED: "**"}


def changes(before: Licence, one: Licence) -> list[str]:
    """Return the paragraphs that say what became of each clause that differs."""
    found = diff(before, one)
    since = f"## What changed since [{before.title}]({before.id}.md)"
    told = "; ".join(summary(found)) or "the clauses that are judged are the same"
    clauses = [c for c in found.clauses if c.standing is not Standing.SAME and not c.as_under]
    return [since, f"In short: {told}.", MARKED, *map(_change, clauses)]


def _change(clause: ClauseDiff) -> str:
    how = "changed in the version's name alone" if clause.version_only else clause.word
    words = " ".join(_marked(run) for run in clause.runs)
    return f"- {clause.paragraph}, `{clause.check}`, {how}: {words}"


def _marked(run: Run) -> str:
    return f"{MARKS[run.kind]}{run.text}{MARKS[run.kind]}"
