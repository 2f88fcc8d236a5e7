"""What stands on every page: whether this is the sample, the build's time, a run under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.services import Services

NAVIGATION = (
    ("/", "Footprint"),
    ("/models", "Models"),
    ("/datasets", "Data sets"),
    ("/findings", "Findings"),
    ("/families", "Families"),
    ("/licences", "Licences"),
    ("/console", "Console"),
    ("/runs", "Runs"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The values of the page around a page."""

    sample_of: datetime | None
    built: datetime | None
    build: str | None
    running: dict[str, Any] | None
    version: str


def frame(services: Services) -> Frame:
    """Return what stands on every page at this moment."""
    runs = services.register.runs(5)
    build = services.register.build() or {"id": None, "finished": None}
    sample = services.sample()
    return Frame(
        sample_of=max(run["as_of"] for run in runs) if sample and runs else None,
        built=build["finished"],
        build=build["id"],
        running=next((run for run in runs if run["state"] == "running"), None),
        version=services.version,
    )


def progress(counts: dict[str, int]) -> int:
    """Return how many records a run has stored so far."""
    return counts.get("records", 0)
