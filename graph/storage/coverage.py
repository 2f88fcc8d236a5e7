"""Whether what is stored is the whole of what was to be read, so that shares of it mean anything.

A crawl shows what its first look found long before it has read the whole list. Counts of that are
true, shares are not: what is looked at first is Llama's. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.storage.progress import Stage, percent, stages

_HELD_BACK = "shares are not shown; the counts are of what was read so far."


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether shares may be shown, since when, or how much of the list is read; and in words."""

    whole: bool
    listed: datetime | None = None
    share: float | None = None
    words: str = ""

    @property
    def reading(self) -> str:
        """How far the list is read, without what follows from it; empty where it is whole."""
        return self.words.partition(": ")[0]

    def held(
        self, rows: Iterable[Mapping[str, Any]], shares: Sequence[str]
    ) -> list[dict[str, Any]]:
        """Return rows of which the columns that are shares are null while they mean nothing."""
        if self.whole:
            return [dict(row) for row in rows]
        return [{k: None if k in shares else value for k, value in row.items()} for row in rows]


WHOLE = Coverage(True)


def of_runs(crawls: Sequence[Mapping[str, Any]]) -> Coverage:
    """Return what crawls, the newest first, have covered.

    Where no crawl ever stored a record the imports speak for themselves. Runs from before the
    moment was written down (``listed``) were whole where they were done and say what they covered.
    """
    if moments := [moment for run in crawls if (moment := listed(run))]:
        return Coverage(True, max(moments))
    stored = ("records", "found")  # of a list, or of the first look before it
    if not any((run["counts"] or {}).get(name) for run in crawls for name in stored):
        return WHOLE
    stage = next((one for one in stages(crawls[0]["plan"]) if one.name == "list"), None)
    told = f"The list of the Hub is not read whole yet{_so_far(stage)}: {_HELD_BACK}"
    return Coverage(False, None, stage.share if stage else None, told)


def unbuilt(moment: datetime) -> Coverage:
    """Return that the list is whole, and the graph that is shown older than that."""
    told = f"The list of the Hub is read whole, and its graph is not built yet: {_HELD_BACK}"
    return Coverage(False, moment, 1.0, told)


def listed(run: Mapping[str, Any]) -> datetime | None:
    """Return when the lists of a crawl were whole; None where they are not."""
    moment: datetime | None = run["listed"]
    if moment is None and run["state"] == "done" and run["covered"]:
        moment = run["finished"] or run["as_of"]
    return moment


def _so_far(stage: Stage | None) -> str:
    if stage is None or stage.requests is None:
        done = stage.done if stage else 0
        return f" ({done:,} page{'' if done == 1 else 's'} so far)" if done else ""
    return f" ({percent(stage.share)} of about {stage.requests:,} pages)"
