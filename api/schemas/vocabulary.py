"""The shapes of answers about families, licences, queries and runs, for OpenAPI."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from api.schemas.answers import Answer, Next


class FamilyAnswer(Answer):
    """A family of the rosters, with how many of the register belong to it."""

    id: str = Field(examples=["llama-3.1"])
    title: str
    maker: str
    llama: bool
    licence: str = Field(description="The maker's licence.")
    released: str | None
    models: int
    datasets: int
    crawled: int = Field(description="Of the models and data sets, those read from the Hub.")


class FamilyList(Answer):
    """Every family."""

    items: list[FamilyAnswer]
    next: str | None = Next


class ObligationAnswer(Answer):
    """One duty, with the words that impose it."""

    check: str
    section: str
    quote: str
    triggers: list[str] = Field(description="What must arrive for it to bind.")
    required: str | None = Field(description="The words it asks for.")
    note: str | None


class GrantAnswer(Answer):
    """The words of the licence grant."""

    section: str
    quote: str


class LicenceLine(Answer):
    """A licence in a list."""

    id: str = Field(examples=["llama3.1"])
    title: str
    family: str
    kind: str
    url: str
    released: str | None
    checks: list[str] = Field(description="The kinds of duty it imposes.")


class LicenceList(Answer):
    """Every licence that is judged, oldest first."""

    items: list[LicenceLine]
    next: str | None = Next


class LicenceAnswer(LicenceLine):
    """A licence whole."""

    hub_ids: list[str]
    names: list[str]
    links: list[str]
    hub_listed: str | None
    scancode: str | None
    notes: str
    grant: GrantAnswer
    obligations: list[ObligationAnswer]


class ParameterAnswer(Answer):
    """A parameter of a question."""

    name: str
    default: Any
    about: str


class QuestionAnswer(Answer):
    """A query of the library."""

    name: str = Field(examples=["family-sizes"])
    title: str
    topic: str
    about: str
    cypher: str
    parameters: list[ParameterAnswer]


class QuestionList(Answer):
    """The query library, in order of topic and title."""

    items: list[QuestionAnswer]
    next: str | None = Next


class TableAnswer(Answer):
    """What the console answers."""

    columns: list[str] = Field(examples=[["id", "downloads"]])
    rows: list[list[Any]] = Field(
        description="Values as JSON has them. A node is `{id, labels, properties}`, a relationship "
        "`{id, type, start, end, properties}`, a path `{nodes, relationships}`.",
        examples=[[["meta-llama/Llama-3.1-8B", 1000]]],
    )
    truncated: bool = Field(description="Whether rows were left off.")
    build: str | None = Field(description="The build that the graph comes from.")
    under_way: str | None = Field(description="A build that has begun in it and not ended.")
    seconds: float


class StageAnswer(Answer):
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


class RunAnswer(Answer):
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
    stages: list[StageAnswer] = Field(description="The plan of a crawl, in order.")
    listed: str | None = Field(description="When its lists were whole.")
    resumes: str | None = Field(description="When it goes on.")
    as_of: str | None = Field(description="The moment its records speak of.")
    started: str | None
    finished: str | None
    counts: dict[str, int]
    covered: list[str]


class RunPage(Answer):
    """A page of runs, newest first."""

    items: list[RunAnswer]
    next: str | None = Next


class NoticeAnswer(Answer):
    """One line of a run's report."""

    kind: str = Field(examples=["refused"])
    place: str = Field(examples=["models.jsonl:12"])
    reason: str


class RunReport(RunAnswer):
    """A run with its notices: records refused, fields dropped, parents that are the child."""

    notices: list[NoticeAnswer]
    notices_truncated: bool
