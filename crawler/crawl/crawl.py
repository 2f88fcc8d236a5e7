"""A crawl: a first look, the whole list, small files; resumable at any moment.

The whole list is read in either scope, for it costs a request a thousand repositories; asked for
parent by parent, the descendants of Llama alone cost a request each. Scope ``llama`` keeps of it
what descends from Llama, and counts the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import Engine

from crawler import doctor
from crawler.crawl import first_look
from crawler.crawl.checkpoints import Ended, last_ended
from crawler.crawl.lists import LISTS, Lists, Step
from crawler.crawl.plan import Name, Plan, make
from crawler.crawl.settle import doubts, settle
from crawler.files.stage import Budget, FileStage, Left
from crawler.hub import Hub, HubError
from crawler.ingest import runs
from crawler.ingest.records import drop_sample, report
from crawler.ingest.report import Notice, PageCounts
from graph.catalogue.model import Kind
from graph.lineage.membership import THRESHOLD
from graph.storage.database import sole_writer

Scope = Literal["hub", "llama"]

LOOK = 90.0  # seconds that a first look may take: it is shown within two minutes
FAILURES = 3  # questions of a first look that fail before the list is begun instead


class Doubted(HubError):
    """A list that cannot be whole; what it told is stored, and nothing is taken to be gone."""


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """What a crawl did: its run, whether it went on with an older one, what it covered whole."""

    run: str
    resumed: bool
    covered: tuple[str, ...]
    counts: PageCounts
    absent: int
    left: Left


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen of a crawl.

    ``files`` is how many requests may be made for small files (None: as many as fit into the time
    to the next crawl), ``hours`` the time from one crawl to the next, ``threshold`` the confidence
    below which a guessed family is dropped.
    """

    files: int | None = 0
    hours: float = 24.0
    threshold: float = THRESHOLD


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a crawl calls: with its plan before it starts, with each step, when something is stored
    that should be built and shown, and with what the Hub answers otherwise than believed."""

    planned: Callable[[Plan], None] = lambda _plan: None
    progress: Callable[[Step], None] = lambda _step: None
    arrived: Callable[[], None] = lambda: None
    examined: Callable[[list[str]], None] = lambda _failures: None


def crawl(
    engine: Engine,
    hub: Hub,
    scope: Scope,
    *,
    choices: Choices = Choices(),  # frozen
    hooks: Hooks = Hooks(),  # frozen
) -> CrawlReport:
    """Crawl the Hub, going on with a crawl of the same scope that was stopped.

    Before a first crawl of an endpoint it is looked whether it answers as believed
    (`crawler.doctor`). Raises HubError when the lists cannot be read or cannot be whole
    (`Doubted`); what was stored stays, and the run says why. Files that cannot be had are left:
    the report says how many, and when it goes on.
    """
    since = datetime.now(UTC) - timedelta(hours=choices.hours)
    resumed = runs.resumable(engine, hub.endpoint, scope, since)
    run = resumed or runs.start(engine, "crawl", hub.endpoint, scope)
    one = _Crawl(engine, hub, scope, run, choices, hooks)
    state: runs.State = "stopped"
    reason: str | None = "interrupted"
    left = Left(0, None, "")
    try:
        if run.listed is None:
            one.lists_and_all()
        left = one.fetch_files()
        state, reason = ("paused", left.reason) if left.repositories else ("done", None)
    except Doubted as error:
        state, reason = "failed", str(error)
        raise
    except HubError as error:
        reason = str(error)
        raise
    finally:
        runs.finish(engine, run, state, one.total, reason=reason, resumes=left.resumes)
    covered = tuple(LISTS.values())
    return CrawlReport(run.id, resumed is not None, covered, one.total, one.absent, left)


@dataclass
class _Crawl:
    """One crawl under way."""

    engine: Engine
    hub: Hub
    scope: Scope
    run: runs.Run
    chosen: Choices
    hooks: Hooks
    absent: int = 0
    total: PageCounts = field(init=False)
    plan: Plan = field(init=False)
    before: bool = field(init=False)  # a list of this Hub was read before
    lists: Lists = field(init=False)

    def __post_init__(self) -> None:
        self.total, told, self._stage = runs.so_far(self.engine, self.run)
        last = self._last()
        self.before = last is not None
        self.plan = Plan.read(told) if told else self._plan(last)
        self.lists = Lists(
            self.engine, self.hub, self.run, self.plan, self.total, self.hooks.progress,
            sift=self.scope == "llama",
        )  # fmt: skip

    def _last(self) -> list[Ended] | None:
        """Return how the lists ended the last time, where all did."""
        with self.engine.connect() as connection:
            ended = [
                last_ended(connection, self.hub.endpoint, text, self.run.number)
                for text in LISTS.values()
            ]
        return [one for one in ended if one] if all(ended) else None

    def _plan(self, last: list[Ended] | None) -> Plan:
        pages = sum(one.pages for one in last) if last else None
        return make(
            self.hub.endpoint, self.hub.limiter, last=pages, token=self.hub.authorised,
            files=self.chosen.files,
        )  # fmt: skip

    def lists_and_all(self) -> None:
        """Look, list, settle, and let it be shown."""
        self.hooks.planned(self.plan)
        if self._stage is None and not self.before:
            self._examine()
        if self._stage in (None, "first") and not self.before:
            self._look()
        self.lists.read_whole(LISTS.values())
        self.absent = self._settle()
        self._show()

    def _examine(self) -> None:
        """Look whether the Hub answers as believed; say where not, and begin with what was read.

        A Hub of unknown size is asked for no more than the first page of its models.
        """
        known = self.plan.pages_known
        lists = doctor.LISTS if known else {"models": Kind.MODEL}
        try:
            report = doctor.examine(
                self.hub, quick=True, lists=lists, beside=doctor.QUICK if known else {}
            )
        except HubError:
            return  # the list will tell
        self.lists.kept = {request.text: page for request, page in report.pages.items()}
        told = [*report.failures, *report.unanswered]
        self.hooks.examined(told)
        self._note(*(Notice("belief", self.hub.endpoint, words) for words in told))

    def _look(self) -> None:
        """Ask some questions that lead to Llama's own at once. None of them has to be answered."""
        texts = first_look.requests(self.plan.extra)
        self.lists.checkpoints.ask(texts)
        began, failures = time.monotonic(), 0
        asked: set[str] = set()  # those that failed stay open
        while request := self.lists.checkpoints.next(set(texts) - asked):
            if failures == FAILURES or time.monotonic() - began > LOOK:
                break
            try:
                self.lists.look(request.text)
            except HubError as error:
                failures += 1
                self._note(Notice("question", request.text, str(error)))
            if request.text == texts[0]:
                self._show()
            asked.add(request.text)
        self._show()

    def _settle(self) -> int:
        if self.total.records:
            drop_sample(self.engine)  # what the Hub does not list of it is no absence
        if found := doubts(self.engine, self.run, self.hub.endpoint, LISTS):
            raise Doubted(
                f"{'; '.join(found)}. Nothing was taken to be gone. The next crawl reads the lists "
                "again, and believes them if they end there once more"
            )
        return settle(
            self.engine, self.run, LISTS,
            threshold=self.chosen.threshold,
            total=self.total,
            progress=lambda what: self.hooks.progress(Step("list", what, self.total, self.plan)),
        )  # fmt: skip

    def _show(self) -> None:
        if self.total.records or self.total.new or self.total.changed:
            drop_sample(self.engine)
            self.hooks.arrived()

    def fetch_files(self) -> Left:
        """Fetch small files of what is in scope."""
        if self.chosen.files == 0:
            return Left(0, None, "")
        until = (self.run.listed or datetime.now(UTC)) + timedelta(hours=self.chosen.hours)
        self._note(stage="files")
        stage = FileStage(
            self.engine,
            self.hub,
            self.run,
            self.total,
            Budget(self.chosen.files, until),
            lambda what: self.hooks.progress(Step("files", what, self.total, self.plan)),
            self.hooks.arrived,
        )
        return stage.fetch()

    def _note(self, *notices: Notice, stage: Name | None = None) -> None:
        told = {"stage": stage} if stage else {}
        with sole_writer(self.engine) as connection:
            report(connection, self.run.number, notices)
            runs.progress(connection, self.run, self.total, plan=self.plan.to_json(), **told)
