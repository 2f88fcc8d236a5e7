"""A crawl: what to ask for, page by page, resumable.

Scope ``hub`` lists every model and data set. Scope ``llama`` asks for the Llama closure, or lists
the Hub after all where that needs fewer requests: it begins to list, and gives up when the
closure would have been cheaper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Engine

from crawler import closure, runs
from crawler.fetch import fetch_files
from crawler.hub import Hub, Question
from crawler.importer import read_item
from crawler.ledger import Ledger, Open, pages_of_last_listing
from crawler.record import HubRecord
from crawler.records import Notice, PageCounts, drop_sample, mark_absent, store_page
from graph.database import sole_writer
from graph.model import DATASET_PREFIX, Kind

Scope = Literal["hub", "llama"]
Way = Literal["auto", "listing", "closure"]

MODELS, DATASETS = Question(Kind.MODEL).text, Question(Kind.DATASET).text
PROBE_SHARE = 4  # a listing may cost a quarter of the closure's first wave before it is given up
BATCH = 50  # single repositories stored in one transaction


@dataclass(frozen=True, slots=True)
class Step:
    """How far a crawl is: what is being asked, and what has come in so far."""

    question: str
    counts: PageCounts


Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """What a crawl did: its run, whether it went on with an older one, what it covered whole."""

    run: str
    resumed: bool
    covered: tuple[str, ...]
    counts: PageCounts
    absent: int


def crawl(
    engine: Engine,
    hub: Hub,
    scope: Scope,
    progress: Progress = lambda _step: None,
    *,
    way: Way = "auto",
    files: int = 0,
) -> CrawlReport:
    """Crawl the Hub, going on with a crawl of the same scope that was stopped.

    ``files`` is how many requests may be made for small files once the lists are read.
    Raises HubError when the lists cannot be asked for; what was stored stays, and the next call
    goes on. Files that cannot be had are left for the next crawl.
    """
    resumed = runs.resumable(engine, "crawl", hub.endpoint, scope)
    run = resumed or runs.start(engine, "crawl", hub.endpoint, scope)
    one = _Crawl(engine, hub, run, progress)
    state = "stopped"
    covered: tuple[str, ...] = ()
    absent = 0
    try:
        covered = one.whole_hub() if scope == "hub" else one.llama(way)
        absent = one.mark_absent(covered)
        drop_sample(engine)
        one.fetch_files(files)
        state = "done"
    finally:
        runs.finish(engine, run, state, one.total, covered)
    return CrawlReport(run.id, resumed is not None, covered, one.total, absent)


class _Crawl:
    """One crawl under way."""

    def __init__(self, engine: Engine, hub: Hub, run: runs.Run, progress: Progress) -> None:
        self.engine, self.hub, self.run, self.progress = engine, hub, run, progress
        self.ledger = Ledger(engine, run.number)
        self.total = runs.counts_of(engine, run)

    def whole_hub(self) -> tuple[str, ...]:
        """List everything."""
        self.ledger.ask([MODELS, DATASETS])
        self._answer_all()
        return (MODELS, DATASETS)

    def llama(self, way: Way) -> tuple[str, ...]:
        """Ask for the closure, or list the Hub where that is cheaper."""
        seeds = closure.seeds()
        if way == "listing" or (way == "auto" and self._listing_is_cheaper(len(seeds))):
            return self.whole_hub()
        self.ledger.ask(seeds)
        self._answer_all()
        while new := closure.leads(self.engine, self.run.number, self.ledger.asked()):
            self.ledger.ask(new)
            self._answer_all()
        return ()

    def _listing_is_cheaper(self, seeds: int) -> bool:
        """Tell which way needs fewer requests; where it is not known, list a few pages and see."""
        asked = self.ledger.asked()
        if asked:  # a resumed run keeps to its way
            return MODELS in asked
        known = [
            pages_of_last_listing(self.engine, self.hub.endpoint, text)
            for text in (MODELS, DATASETS)
        ]
        if all(pages is not None for pages in known):
            return sum(pages or 0 for pages in known) <= seeds
        self.ledger.ask([MODELS])
        for _ in range(max(1, seeds // PROBE_SHARE)):
            question = self.ledger.next()
            if question is None:
                return True
            self._answer([question])
        if self.ledger.next() is None:
            return True
        self.ledger.set_aside(MODELS)
        return False

    def _answer_all(self) -> None:
        while question := self.ledger.next():
            batch = [question]
            if question.repository is not None:
                batch = self.ledger.next_repositories(BATCH)
            self._answer(batch)

    def _answer(self, questions: Sequence[Open]) -> None:
        """Ask one page of a list, or some single repositories, and store what comes."""
        first = questions[0]
        cursors: dict[str, str | None] = {}
        if first.repository is None:
            page = self.hub.page(first.question, first.cursor)
            items, cursors[first.text] = page.items, page.cursor
        else:
            items = [item for q in questions for item in self._single(q)]
            cursors = {q.text: None for q in questions}
        records, notices = _read(items, first.text)
        with sole_writer(self.engine) as connection:
            self.total.add(
                store_page(connection, self.run.number, self.run.as_of, records, notices)
            )
            for text, cursor in cursors.items():
                self.ledger.advance(connection, text, cursor)
            runs.progress(connection, self.run, self.total)
        self.progress(Step(first.text, self.total))

    def _single(self, question: Open) -> list[dict[str, Any]]:
        """Return one repository, as a removed one if it is not there.

        One that has another name now is returned, and removed under the name that was asked for.
        """
        artifact_id = question.repository or ""
        item = self.hub.detail(artifact_id)
        if item is None:
            return [_gone(artifact_id)]
        renamed = item.get("id") != artifact_id.removeprefix(DATASET_PREFIX)
        return [item, _gone(artifact_id)] if renamed else [item]

    def fetch_files(self, requests: int) -> None:
        """Fetch small files of what is in scope, within so many requests."""
        if requests:
            fetch_files(
                self.engine,
                self.hub,
                self.run,
                self.total,
                requests,
                lambda artifact_id: self.progress(Step(f"files of {artifact_id}", self.total)),
            )

    def mark_absent(self, covered: tuple[str, ...]) -> int:
        """Mark as removed what a list that was read whole did not hold."""
        return sum(
            mark_absent(
                self.engine,
                self.run.number,
                self.run.as_of,
                kind_prefix=DATASET_PREFIX,
                models=text == MODELS,
            )
            for text in covered
        )


def _gone(artifact_id: str) -> dict[str, Any]:
    kind = Kind.of(artifact_id)
    return {"id": artifact_id.removeprefix(DATASET_PREFIX), "kind": kind.value, "removed": True}


def _read(items: Sequence[Any], place: str) -> tuple[list[HubRecord], list[Notice]]:
    notices: list[Notice] = []
    read = (
        read_item(item, None, f"{place} #{n}", notices) for n, item in enumerate(items, start=1)
    )
    return [record for record in read if record is not None], notices
