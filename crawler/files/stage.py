"""Fetching small files: of what is in scope, once per revision, several repositories at a time.

Threads ask, the caller's thread stores. What a crawl does not come to (its requests or its time
used up, the Hub in trouble) is left for later, and said to be.
"""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Engine

from crawler.files.failures import ROW, Failures
from crawler.files.fetcher import FileFetch, fetch_one
from crawler.files.pool import WorkerPool
from crawler.files.queue import FAILED, fetch_queue
from crawler.files.storing import load, store
from crawler.hub import Hub, HubError, TooFarOff
from crawler.ingest import runs
from crawler.ingest.report import PageCounts

FETCHES = 8  # repositories asked at a time
AHEAD = 2 * FETCHES  # handed out, so that no thread is idle while a group is stored
GROUP, SECONDS = 50, 1.0  # visits stored at once, and how long the first of them may wait
LOADED = 100  # records read from the database at once
ARRIVALS = 900.0  # seconds from one build of what came in to the next
TRIES = 3  # visits to one repository in a run, where the Hub failed
REFUSALS = 8  # repositories refused in a row, and it is not the repositories
GRACE = timedelta(seconds=10)  # that visits under way may take when time is up
LATER = timedelta(hours=1)  # when to try again where the Hub was in trouble


@dataclass(frozen=True, slots=True)
class Budget:
    """How many requests may be made (None: no bound), and the moment before which to stop."""

    requests: int | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """How many repositories are left, from when on it makes sense to go on, and why it stopped.

    ``resumes`` is None where nothing has to be waited for.
    """

    repositories: int
    resumes: datetime | None
    reason: str


@dataclass
class FileStage:
    """Fetching small files, within a budget, adding to a run's counts.

    ``progress`` is called with the id of each repository that is stored, ``arrived`` every so
    often, and at the end, where something came that should be built. ``refused`` are visits in a
    row of which nothing but refusals came.
    """

    engine: Engine
    hub: Hub
    run: runs.Run
    total: PageCounts
    budget: Budget
    progress: Callable[[str], None]
    arrived: Callable[[], None]
    loaded: deque[FileFetch] = field(default_factory=deque)
    group: list[FileFetch] = field(default_factory=list)
    refused: list[FileFetch] = field(default_factory=list)
    doubted: bool = False  # nothing but refusals came since there were too many
    failures: Failures = field(default_factory=Failures)
    stop: threading.Event = field(default_factory=threading.Event)
    ended: tuple[str, datetime | None] | None = None
    news: bool = False  # something is stored that was not built

    def __post_init__(self) -> None:
        self.waiting = deque(fetch_queue(self.engine, authorised=self.hub.authorised))
        self.total.files_left = len(self.waiting)
        self.purse = math.inf if self.budget.requests is None else self.budget.requests
        self.until = self.budget.until or datetime.max.replace(tzinfo=UTC)
        self.since = self.shown = time.monotonic()

    def fetch(self) -> Left:
        """Fetch all, or until something ends it."""
        with WorkerPool(FETCHES, partial(fetch_one, self.hub, self.stop), self.stop) as pool:
            while True:
                self._give(pool)
                if pool.under_way:
                    if not self._take(pool):
                        break
                elif not self._more:
                    self._store_all()  # what failed is put off, so there may be more now
                    if not self._more:
                        break
                elif self.failures.due:
                    self._rest()
                self._store_if_due()
        self._store_all()
        self._show()
        return self._left()

    @property
    def _more(self) -> bool:
        return self.ended is None and bool(self.loaded or self.waiting)

    def _give(self, pool: WorkerPool[FileFetch]) -> None:
        """Hand out visits; those that need no request are over at once."""
        if datetime.now(UTC) >= self.until:
            self._end("the time to the next crawl is over", self.budget.until)
        while self._may_give(pool) and (fetch := self._next()) is not None:
            needs = fetch.needs()
            if not needs:
                fetch.whole = True
                self._add(fetch)
            elif self.purse == 0:
                self.loaded.appendleft(fetch)
                if not pool.under_way:
                    told = f"the {self.budget.requests:,} requests for files are used up"
                    self._end(told, self.budget.until)
                return
            else:
                fetch.allowance = int(min(needs, self.purse))
                self.purse -= fetch.allowance
                pool.give(fetch)

    def _may_give(self, pool: WorkerPool[FileFetch]) -> bool:
        ahead = ROW if self.failures.wary else AHEAD
        room = pool.under_way < ahead and len(self.group) < GROUP
        return room and self.ended is None and not self.failures.due

    def _next(self) -> FileFetch | None:
        while not self.loaded and self.waiting:
            items = [self.waiting.popleft() for _ in range(min(LOADED, len(self.waiting)))]
            self.loaded.extend(load(self.engine, items))
            self.total.files_left -= len(items) - len(self.loaded)
        return self.loaded.popleft() if self.loaded else None

    def _take(self, pool: WorkerPool[FileFetch]) -> bool:
        """Take one visit back; False where time is up for those under way too."""
        fetch = pool.take(SECONDS)
        if fetch is None:
            return datetime.now(UTC) - GRACE < self.until
        self.purse += fetch.allowance - fetch.asked
        if fetch.refused:
            self.refused.append(fetch)
            if len(self.refused) == REFUSALS:
                self._settle_refused(believed=False)
            return True
        self.failures.answered(fetch.answered)
        if fetch.answered:
            self.doubted = False
            self._settle_refused(believed=True)
        self._add(fetch)
        self._heed(fetch.error)
        return True

    def _heed(self, error: HubError | None) -> None:
        if isinstance(error, TooFarOff):
            self._end(str(error), datetime.now(UTC) + timedelta(seconds=error.seconds))
        elif error is not None:
            self.failures.failed(str(error))

    def _settle_refused(self, *, believed: bool) -> None:
        """Take refusals for answers, or for somebody on the way who refuses everything."""
        for fetch in self.refused:
            if not believed:
                fetch.fail(HubError("everything is refused, by the Hub or something on the way"))
                self._heed(fetch.error)
                self.doubted = True
            self._add(fetch)
        self.refused.clear()

    def _rest(self) -> None:
        """Pause, or end where pauses do not help."""
        self._store()
        if self.failures.over:
            self._end(f"the Hub failed again and again: {self.failures.words}", self._later())
            return
        left = (self.until - datetime.now(UTC)).total_seconds()
        self.hub.transport.sleep(max(min(self.failures.pause(), left), 0.0))

    def _add(self, fetch: FileFetch) -> None:
        if not self.group:
            self.since = time.monotonic()
        self.group.append(fetch)

    def _store_if_due(self) -> None:
        if len(self.group) >= GROUP or time.monotonic() - self.since >= SECONDS:
            self._store()
            if time.monotonic() - self.shown >= ARRIVALS:
                self._show()

    def _store_all(self) -> None:
        self._settle_refused(believed=not self.doubted)
        self._store()

    def _store(self) -> None:
        if not self.group:
            return
        authorised = self.hub.authorised
        stored = store(self.engine, self.run, self.group, self.total, authorised=authorised)
        done = {fetch.item.key for fetch in stored}
        for fetch in self.group:
            if fetch.item.key in done:
                fetch.item.answers = {n: w for n, w in fetch.answers.items() if w != FAILED}
                self.news |= fetch.news
                self.progress(fetch.item.id)
            if fetch.item.key not in done or not fetch.whole:
                self._again(fetch)
        self.group.clear()

    def _again(self, fetch: FileFetch) -> None:
        """Put off what was not read to its end: behind all others, where the Hub failed."""
        if fetch.error is None and not fetch.whole:
            self.waiting.appendleft(fetch.item)
        elif fetch.item.tries < TRIES - 1:
            fetch.item.tries += 1
            self.waiting.append(fetch.item)

    def _show(self) -> None:
        """Let what came in be built."""
        if self.news:
            self.news = False
            self.arrived()
            self.shown = time.monotonic()

    def _end(self, reason: str, resumes: datetime | None) -> None:
        if self.ended is None:
            self.ended = (reason, resumes)
            self.stop.set()

    def _later(self) -> datetime:
        return min(datetime.now(UTC) + LATER, self.until)

    def _left(self) -> Left:
        left, told = self.total.files_left, self.failures.words
        if not left:
            return Left(0, None, "")
        if self.ended is not None:
            return Left(left, self.ended[1], self.ended[0])
        why = f"the Hub failed: {told}" if told else "some changed while they were read"
        return Left(left, self._later(), why)
