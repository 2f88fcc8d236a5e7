"""Runs: crawls and imports, how far they are, and what they reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any, Self

from pydantic import Field

from api.schemas.base import Listing, Moment, Schema
from api.schemas.run_words import WORDS, says
from graph.storage.progress import lines, progress


class StageView(Schema):
    """One stage of a crawl's plan."""

    name: str = Field(examples=["list"])
    title: str = Field(examples=["the whole list"])
    requests: int | None = Field(description="Expected; null where not known.")
    done: int = Field(description="Requests made so far.")
    share: float | None = Field(description="Of its requests, those made.")
    seconds_left: float | None = Field(
        description="Of the present stage, estimated from what was done."
    )
    words: str = Field(examples=["540 of about 4,500 requests (12 %)"])
    time: str = Field(description="Left of it, in words.", examples=["about 35 minutes left"])


class RunView(Schema):
    """One crawl or import."""

    id: str
    kind: str
    source: str = Field(description="The Hub's address, or the file's name without its folder.")
    scope: str
    state: str = Field(examples=["running", "done", "stopped", "paused", "failed"])
    says: str = Field(
        description="How it stands and what happens next, in words.",
        examples=["Paused. Its lists are whole; files are left. It goes on at 14:05 UTC."],
    )
    progress: str | None = Field(
        description="Where a crawl under way is.",
        examples=["the whole list, 540 of about 4,500 requests (12 %), about 35 minutes left"],
    )
    reason: str | None = Field(description="Why it failed or paused, whole.")
    stage: str | None = Field(description="The stage it is in; null when it is over.")
    stages: list[StageView] = Field(description="The plan of a crawl, in order.")
    listed: Moment | None = Field(description="When its lists were whole.")
    resumes: Moment | None = Field(description="When it goes on.")
    as_of: Moment | None = Field(description="The moment its records speak of.")
    started: Moment | None
    finished: Moment | None
    counts: dict[str, int]
    covered: list[str]

    @property
    def word(self) -> str:
        """Its state as people say it."""
        return WORDS.get(self.state, self.state)

    @classmethod
    def of(cls, run: Mapping[str, Any], now: datetime, **more: Any) -> Self:
        """Return a stored run; ``more`` is what a subclass adds.

        Where files lie on the server is nobody's business.
        """
        here, source = progress(run, now), run["source"]
        told = {
            "source": PurePath(source).name if run["kind"] == "import" else source,
            "says": says(run, now),
            "progress": here.words if here else None,
            "stages": [StageView.of(line.stage, line) for line in lines(run, now)],
        }
        stored = {name: run[name] for name in cls.model_fields if name in run}
        return cls(**{**stored, **told, **more})


class RunPage(Listing[RunView]):
    """A page of runs, newest first."""


class NoticeView(Schema):
    """One line of a run's report."""

    kind: str = Field(examples=["refused"])
    place: str = Field(examples=["models.jsonl:12"])
    reason: str


class RunDetail(RunView):
    """A run with its notices: records refused, fields dropped, parents that are the child."""

    notices: list[NoticeView]
    notices_truncated: bool

    @classmethod
    def reported(
        cls, run: Mapping[str, Any], notices: Sequence[Mapping[str, str]], most: int, now: datetime
    ) -> Self:
        """Return a run with its first notices, at most so many."""
        return cls.of(run, now, notices=notices[:most], notices_truncated=len(notices) > most)
