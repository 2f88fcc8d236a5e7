"""Runs as lines of a list and as pages. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from api.schemas.runs import RunView

# What `crawler.ingest.report` counts: a word for the head of a column, and what it means.
COUNTS = {
    "records": ("records", "repositories read"),
    "found": ("found", "found by a first look before the list"),
    "new": ("new", "of these new"),
    "changed": ("changed", "of these changed"),
    "counted": ("counters", "of these changed in nothing but downloads and likes"),
    "removed": ("removed", "went from the Hub"),
    "renamed": ("renamed", "renamed on the Hub"),
    "passed": ("not kept", "listed and not kept: nothing to do with Llama"),
    "private": ("private", "left out: private, seen by a token's owner alone"),
    "refused": ("refused", "refused: no repository could be made of them"),
    "dropped": ("dropped", "fields left out"),
    "self_parents": ("own parent", "name themselves as parent"),
    "files": ("files", "small files read"),
    "files_left": ("files left", "repositories whose files are left"),
    "retried": ("asked again", "requests made again"),
}
ALWAYS = ("records", "new", "changed")
NOTICES = {
    "refused": "Refused",
    "dropped": "Fields left out",
    "private": "Private, left out",
    "self-parent": "Name themselves as parent",
    "field": "Fields that the Hub gives no more",
    "question": "Questions that the Hub does not answer",
    "cursor": "Places in a list that were lost",
    "belief": "What the Hub answers otherwise than was believed",
    "doubted": "Lists that ended where they cannot have ended",
}


def columns(runs: Sequence[RunView]) -> list[tuple[str, str, str]]:
    """Return the counts that are shown (name, head, meaning): those not 0 in all of some runs.

    Ones that we do not know come last, by their own names.
    """
    names = dict.fromkeys((*COUNTS, *(name for run in runs for name in run.counts)))
    shown = (n for n in names if n in ALWAYS or any(run.counts.get(n) for run in runs))
    return [(name, *COUNTS.get(name, (name, name))) for name in shown]
