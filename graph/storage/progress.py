"""How far a crawl is, read off the plan that its run holds. Pure: the moment is handed in.

A plan is JSON in a database (`crawler.crawl.plan` writes it), so whatever is not as expected in it
is left out instead of breaking the pages that tell of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

TITLES = {
    "first": "first look at what is Llama's",
    "list": "the whole list",
    "files": "small files",
}
_STEADY = 5  # requests; before so many were made, what they took says little
_BOUND = 4.0  # a run that seems so much slower than planned was stopped in between


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a plan: requests expected (None: not known) and made, seconds a request."""

    name: str
    requests: int | None
    done: int
    seconds: float

    @property
    def title(self) -> str:
        """What it is, in words."""
        return TITLES[self.name]

    @property
    def share(self) -> float | None:
        """The share of its requests that were made; None where their number is not known."""
        return None if not self.requests else min(1.0, self.done / self.requests)

    @property
    def left(self) -> float:
        """Seconds until its end, as planned; 0 where the number of requests is not known."""
        return max((self.requests or 0) - self.done, 0) * self.seconds


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a crawl under way is: its stage, and the seconds to the end of that stage."""

    stage: Stage
    seconds_left: float | None
    about: bool  # whether the number of requests is a guess
    repositories: int = 0  # of which files are left, where it is at the files

    @property
    def words(self) -> str:
        """As in ``the whole list, 540 of about 4,500 requests (12 %), about 35 minutes left``."""
        told = f"{self.stage.title}, {requests(self.stage, about=self.about)}"
        if self.seconds_left is not None:
            told += f", {duration(self.seconds_left)} left"
        if self.repositories:
            told += f"; those of {self.repositories:,} repositories to go"
        return told


def stages(plan: object) -> list[Stage]:
    """Return the stages of a stored plan in their order; none where there is no plan."""
    told = plan.get("stages") if isinstance(plan, Mapping) else None
    found = map(_stage, told if isinstance(told, list) else ())
    return [one for one in found if one is not None]


def _guessed(plan: object) -> bool:
    return not (isinstance(plan, Mapping) and plan.get("pages_known"))


def progress(run: Mapping[str, Any], now: datetime) -> Progress | None:
    """Return where a run is; None for one that is not under way, or has no plan."""
    known = stages(run.get("plan"))
    here = next((one for one in known if one.name == run.get("stage")), None)
    if here is None or run["state"] != "running":
        return None
    left = None
    if here.requests is not None and here.done < here.requests:
        left = here.left * _slower(known, (now - run["started"]).total_seconds())
    files = int((run.get("counts") or {}).get("files_left") or 0) if here.name == "files" else 0
    return Progress(here, left, _guessed(run["plan"]), files)


@dataclass(frozen=True, slots=True)
class Line:
    """A stage as it is shown: its requests and its time in words."""

    stage: Stage
    words: str
    time: str
    seconds_left: float | None


def lines(run: Mapping[str, Any], now: datetime) -> list[Line]:
    """Return the stages of a run as they are shown, with the time that each may yet take."""
    here = progress(run, now)
    about = _guessed(run.get("plan"))
    known = stages(run.get("plan"))
    present = known.index(here.stage) if here else len(known)
    found: list[Line] = []
    for place, stage in enumerate(known):
        left = here.seconds_left if here and place == present else None
        if place > present:
            time = duration(stage.left) if stage.left else ""
        elif left is not None:
            time = f"{duration(left)} left"
        else:
            time = "done" if _over(run, stage, before=bool(here) and place < present) else ""
        found.append(Line(stage, requests(stage, about=about), time, left))
    return found


def _over(run: Mapping[str, Any], stage: Stage, *, before: bool) -> bool:
    """Tell whether a stage came to its end, with however many requests."""
    return before or run["state"] == "done" or (stage.name != "files" and bool(run.get("listed")))


def requests(stage: Stage, *, about: bool = True) -> str:
    """Return a stage's requests in words, with the share of them that were made."""
    if stage.requests is None:
        return f"{_counted(stage.done)} so far" if stage.done else "requests not known yet"
    if not stage.requests and not stage.done:
        return "nothing to ask"
    guess = "about " if about and stage.name != "first" else ""
    share = f" ({percent(stage.share)})" if stage.share is not None else ""
    return f"{stage.done:,} of {guess}{_counted(stage.requests)}{share}"


def _counted(number: int) -> str:
    return f"{number:,} request{'' if number == 1 else 's'}"


def percent(share: float | None) -> str:
    """Return a share in whole per cent; never 100 before it is all."""
    if share is None:
        return "–"
    return f"{100 if share >= 1 else min(99, round(share * 100))} %"


def duration(seconds: float) -> str:
    """Return a time that is estimated, in words."""
    if seconds < 90:
        return "about a minute" if seconds > 30 else "less than a minute"
    if seconds < 2 * 3600:
        return f"about {round(seconds / 60)} minutes"
    if seconds < 48 * 3600:
        return f"about {round(seconds / 3600)} hours"
    return f"about {round(seconds / 86400)} days"


def _slower(known: Sequence[Stage], took: float) -> float:
    """Return how much longer the requests made so far took than planned."""
    planned = sum(one.done * one.seconds for one in known)
    if sum(one.done for one in known) < _STEADY or planned <= 0:
        return 1.0
    factor = took / planned
    return factor if 1 / _BOUND <= factor <= _BOUND else 1.0


def _stage(told: object) -> Stage | None:
    if not isinstance(told, Mapping):
        return None
    name, requests, seconds = told.get("name"), told.get("requests"), told.get("seconds")
    if not isinstance(name, str) or name not in TITLES or not isinstance(requests, int | None):
        return None
    rate = float(seconds) if isinstance(seconds, int | float) else 0.0
    done = told.get("done")
    return Stage(name, requests, done if isinstance(done, int) else 0, max(0.0, rate))
