"""A run in words: how it stands, why, and what happens next. Pure: the moment is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from graph.storage.progress import progress

Run = Mapping[str, Any]
STATES = ("running", "done", "stopped", "paused", "failed")
WORDS = {"running": "under way"}
_BROKEN = {"failed": "failed", "stopped": "was stopped"}
_LATE = timedelta(minutes=30)  # a scheduler looks more often than that
_BY_ITSELF = (
    "by itself where `herdbook up` or `herdbook schedule` runs, or else by `herdbook crawl`"
)
_INTERRUPTED = "interrupted"  # by a person or a system that ended it: nothing is wrong
_DOCTOR = "`herdbook doctor` tests what a crawl rests on"
_SILENT = "no reason was written down"


def says(run: Run, now: datetime) -> str:
    """Return how a run stands and what happens next, the reason whole where there is one."""
    word = WORDS.get(run["state"], str(run["state"]))
    return word[:1].upper() + word[1:] + _rest(run, now)


def of_last_crawl(run: Run | None, now: datetime) -> str | None:
    """Return what to tell on every page of the last crawl; None where it is well."""
    if run is None or run["state"] not in _BROKEN:
        return None
    return f"The last crawl {_BROKEN[run['state']]}{_rest(run, now)}"


def trouble(run: Run | None) -> str | None:
    """Return why a run came to no good end; None where it did, or none is known or under way."""
    if run is None:
        return None
    if run["state"] == "failed":
        return str(run["reason"] or _SILENT)
    return str(run["reason"]) if run["state"] == "stopped" and run["reason"] else None


def clock(when: datetime, now: datetime) -> str:
    """Return a moment to the minute, with its day where that is not today."""
    return when.strftime("%H:%M UTC" if when.date() == now.date() else "%Y-%m-%d %H:%M UTC")


def _rest(run: Run, now: datetime) -> str:
    match run["state"]:
        case "running":
            here = progress(run, now)
            return f": {here.words}." if here else "."
        case "stopped":
            return f"{_why(run)} {_goes_on(run)}"
        case "paused":
            return f"{_why(run)} {_pause(run)} {_resumes(run, now)}"
        case "failed":
            return f": {_sentence(run['reason'] or _SILENT)} {_to_do(run)}"
        case _:
            return "."


def _why(run: Run) -> str:
    return f": {_sentence(run['reason'])}" if run["reason"] else "."


def _goes_on(run: Run) -> str:
    if run["kind"] != "crawl":
        return "It is read anew by the next import of the same file."
    goes_on = f"It can be gone on with by the next crawl: {_BY_ITSELF}."
    return goes_on if run["reason"] in (None, _INTERRUPTED) else f"{goes_on} {_DOCTOR}."


def _pause(run: Run) -> str:
    left = int((run["counts"] or {}).get("files_left") or 0)
    files = f"the files of {left:,} repositories are left" if left else "files are left"
    return f"Its lists are whole; {files}."


def _resumes(run: Run, now: datetime) -> str:
    when: datetime | None = run["resumes"]
    if when is None:
        return f"It can be gone on with by the next crawl: {_BY_ITSELF}."
    if when < now - _LATE:
        return f"It was to go on at {clock(when, now)} and did not: does a scheduler run?"
    return f"It goes on at {clock(when, now)}."


def _to_do(run: Run) -> str:
    if run["kind"] != "crawl":
        return "What was stored before stays. Put right what it names and import the file again."
    return f"What was stored before stays. {_DOCTOR}; it is tried again {_BY_ITSELF}."


def _sentence(text: str) -> str:
    text = str(text).strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
