"""What stands on every page: whether this is the sample, the build's time, how the crawl is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from api.http.services import Services
from api.schemas import run_words
from graph.storage.progress import progress

NAVIGATION = (
    ("/", "Footprint"),
    ("/models", "Models"),
    ("/datasets", "Data sets"),
    ("/findings", "Findings"),
    ("/check", "Check"),
    ("/families", "Families"),
    ("/licences", "Licences"),
    ("/console", "Console"),
    ("/runs", "Runs"),
)
_KINDS = {"crawl": "A crawl", "import": "An import"}
_NONE = "no crawl was begun: `herdbook up` or `herdbook crawl` begins one."


@dataclass(frozen=True, slots=True)
class Running:
    """A run under way, by its id: where it is in words, and its stage's share where known."""

    run: str
    what: str
    words: str | None
    share: float | None
    records: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The values of the page around a page.

    ``sample_of`` is the sample's day, where it is what is shown, and ``holds`` what holds beside
    it; ``trouble`` is why the last crawl came to no good end and what to do.
    """

    sample_of: datetime | None
    holds: str
    trouble: str | None
    built: datetime | None
    build: str | None
    running: Running | None
    version: str


def frame(services: Services) -> Layout:
    """Return what stands on every page at this moment."""
    read_model, now = services.read_model, datetime.now(UTC)
    running = next((run for run in read_model.runs(5) if run["state"] == "running"), None)
    last, sample = read_model.last_crawl(), read_model.sample()
    build = read_model.build() or {"id": None, "finished": None}
    return Layout(
        sample_of=sample["as_of"] if sample else None,
        holds=_holds(last, now),
        trouble=run_words.of_last_crawl(last, now),
        built=build["finished"],
        build=build["id"],
        running=_running(running, now) if running else None,
        version=services.version,
    )


def _holds(last: dict[str, Any] | None, now: datetime) -> str:
    """Return what is to be said of the last crawl while the sample is shown."""
    if last is None:
        return _NONE
    if last["state"] == "running":
        return "a crawl is under way."
    words = run_words.of_last_crawl(last, now) or f"The last crawl: {run_words.says(last, now)}"
    return words[0].lower() + words[1:]


def _running(run: dict[str, Any], now: datetime) -> Running:
    here, counts = progress(run, now), run["counts"] or {}
    return Running(
        run["id"],
        _KINDS.get(run["kind"], f"A run ({run['kind']})"),
        here.words if here else None,
        here.stage.share if here else None,
        int(counts.get("records") or counts.get("found") or 0),  # found: by a first look
    )
