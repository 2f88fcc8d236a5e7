"""Runs as lines of a list and as pages. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api.schemas import runs as told
from graph.storage.progress import lines

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


def line(run: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return what is shown of a run; an import's source without its folder."""
    source = str(run["source"])
    names = ("id", "kind", "scope", "state", "as_of", "started", "finished", "listed", "resumes")
    return {
        **{name: run[name] for name in names},
        "source": source.rpartition("/")[2] if run["kind"] == "import" else source,
        "word": told.state(run),
        "says": told.says(run, now),
        "stages": lines(run, now),
        "counts": counts(run["counts"] or {}),
    }


def counts(given: Mapping[str, Any]) -> dict[str, int]:
    """Return every count by its name; ones that we do not know come last, by their own."""
    known = {name: int(given.get(name) or 0) for name in COUNTS}
    rest = {k: v for k, v in given.items() if k not in COUNTS and isinstance(v, int)}
    return known | rest


def columns(runs: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Return the counts that a list shows (name, head, meaning): those not 0 in all its rows."""
    names = dict.fromkeys(name for run in runs for name in run["counts"])
    shown = (n for n in names if n in ALWAYS or any(run["counts"].get(n) for run in runs))
    return [(name, *COUNTS.get(name, (name, name))) for name in shown]


def notices(report: Sequence[tuple[str, int, Sequence[Any]]]) -> list[dict[str, Any]]:
    """Return the lines of a report by kind, with how many there are of each."""
    return [
        {"kind": NOTICES.get(kind, kind.capitalize()), "total": total, "lines": rows}
        for kind, total, rows in report
    ]
