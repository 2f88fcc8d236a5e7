"""Reading lists page by page, with each page's records and its cursor in one transaction.

While a page is stored the next one is asked for: a page takes the Hub a second or more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine

from crawler.crawl import sieve
from crawler.crawl.checkpoints import Checkpoints, Open
from crawler.crawl.plan import Name, Plan
from crawler.hub import Hub, HubError, ListRequest, Page
from crawler.hub.errors import BadCursor
from crawler.ingest import runs
from crawler.ingest.importer import read_item
from crawler.ingest.records import report, store_page
from crawler.ingest.report import Notice, PageCounts
from graph.catalogue.model import Kind
from graph.evidence.record import HubRecord
from graph.storage.database import sole_writer

FULL = 1000  # rows that are asked for at once


@dataclass(frozen=True, slots=True)
class Step:
    """How far a crawl is: the stage, what is being asked, what has come in so far."""

    stage: Name
    request: str
    counts: PageCounts
    plan: Plan


@dataclass
class Lists:
    """Reads the lists of one run. ``sift`` keeps of each page only what is held or named."""

    engine: Engine
    hub: Hub
    run: runs.Run
    plan: Plan
    total: PageCounts
    progress: Callable[[Step], None]
    sift: bool
    kept: dict[str, Page] = field(default_factory=dict)  # first pages that were read already
    checkpoints: Checkpoints = field(init=False)
    _noted: set[str] = field(default_factory=set)
    _anew: set[str] = field(default_factory=set)
    _retried: int = 0

    def __post_init__(self) -> None:
        self.checkpoints = Checkpoints(self.engine, self.run.number)
        self._retried = self.hub.transport.retried

    def look(self, text: str) -> None:
        """Ask the first page of a question, and store all of it as found, not as listed."""
        page = self.hub.page(ListRequest.parse(text))
        self._store(Open(text, None, 0, 0), page, listed=False)

    def read_whole(self, texts: Iterable[str]) -> None:
        """Read lists to their ends, one after the other. Raises HubError."""
        wanted = list(texts)
        self.checkpoints.ask(wanted)
        with ThreadPoolExecutor(1) as ahead:
            while request := self.checkpoints.next(wanted):
                self._read_list(request, ahead)

    def _read_list(self, request: Open, ahead: ThreadPoolExecutor) -> None:
        text, cursor, rows, seen = request.text, request.cursor, request.rows, set[str]()
        longest = 0
        coming = self._page(ahead, text, cursor)
        while True:
            try:
                page = coming.result()
            except BadCursor as error:
                self._from_the_start(text, error)
                return
            if page.cursor is not None:
                self._refuse_circle(text, page, seen)
                coming = self._page(ahead, text, page.cursor)
            longest = max(longest, len(page.items))
            rows += len(page.items)
            full = page.cursor is None and bool(page.items) and len(page.items) == longest >= FULL
            self._store(Open(text, cursor, request.pages, rows), page, listed=True, full=full)
            if page.cursor is None:
                return
            cursor = page.cursor

    def _page(self, ahead: ThreadPoolExecutor, text: str, cursor: str | None) -> Future[Page]:
        if cursor is None and text in self.kept:
            ready: Future[Page] = Future()
            ready.set_result(self.kept.pop(text))
            return ready
        return ahead.submit(self.hub.page, ListRequest.parse(text), cursor)

    def _refuse_circle(self, text: str, page: Page, seen: set[str]) -> None:
        """Refuse a list that leads back to where it was; an endless one would never be whole."""
        if page.cursor in seen:
            raise HubError(f"the Hub's list of {text} leads back to a page that was read before")
        seen.add(str(page.cursor))

    def _from_the_start(self, text: str, error: BadCursor) -> None:
        """Read a list anew whose cursor the Hub takes no more, once a run."""
        if text in self._anew:
            raise error
        self._anew.add(text)
        told = Notice("cursor", text, f"{error}; the list is read from its start again")
        with sole_writer(self.engine) as connection:
            report(connection, self.run.number, [told])
        self.checkpoints.begin_anew(text)

    def _store(self, request: Open, page: Page, *, listed: bool, full: bool = False) -> None:
        stage: Name = "list" if listed else "first"
        records, items, notices = _read(page.items, request)
        if page.items and not records and all(n.kind == "refused" for n in notices):
            raise HubError(
                f"no row that the Hub lists of {request.text} can be read: {notices[0].reason}"
            )
        notices += self._field_notices(request, page)
        with sole_writer(self.engine) as connection:
            self._keep(connection, records, items, notices, listed=listed)
            cursor = page.cursor if listed else None
            self.checkpoints.advance(connection, request.text, cursor, len(page.items))
            if full:  # so must not end a list that nothing else speaks for
                self.checkpoints.doubt(connection, request.text, doubted=True)
            self._count_requests(stage)
            runs.progress(connection, self.run, self.total, plan=self.plan.to_json(), stage=stage)
        self.progress(Step(stage, request.text, self.total, self.plan))

    def _keep(
        self,
        connection: Connection,
        records: list[HubRecord],
        items: dict[str, Any],
        notices: Sequence[Notice],
        *,
        listed: bool,
    ) -> None:
        came = len(records)
        if listed and self.sift:
            records = sieve.split(connection, self.run.number, records, items)
        counts = store_page(
            connection, self.run.number, self.run.as_of, records, notices, listed=listed
        )
        counts.records, counts.found = (came, 0) if listed else (0, came)
        self.total.add(counts)

    def _count_requests(self, stage: Name) -> None:
        self.plan.stage(stage).done += 1
        retried = self.hub.transport.retried
        self.total.retried += retried - self._retried
        self._retried = retried

    def _field_notices(self, request: Open, page: Page) -> list[Notice]:
        """Say once what the Hub refused to tell, or told of no row, and how long its pages are."""
        kind = ListRequest.parse(request.text).kind
        told = {
            f"the Hub refused the field {name} of lists of {kind.value}s" for name in page.dropped
        }
        if page.lacking and request.cursor is None:
            told.add(f"no row of {kind.value}s holds {', '.join(page.lacking)}")
        if page.cursor is not None and 0 < len(page.items) < FULL:
            told.add(f"the Hub gives {len(page.items)} {kind.value}s a page of {FULL} asked for")
        new = sorted(told - self._noted)
        self._noted.update(new)
        return [Notice("field", request.text, words) for words in new]


def _read(
    items: Sequence[Any], request: Open
) -> tuple[list[HubRecord], dict[str, Any], list[Notice]]:
    """Return a page's records, the Hub's words for each by id, and what to report."""
    notices: list[Notice] = []
    records: list[HubRecord] = []
    told: dict[str, Any] = {}
    for n, item in enumerate(items, start=1):
        place = f"{request.text} #{request.rows - len(items) + n if request.rows else n}"
        if (record := read_item(item, None, place, notices)) is not None:
            records.append(record)
            told[record.id] = item
    return records, told, notices


LISTS = {kind: ListRequest(kind).text for kind in Kind}
