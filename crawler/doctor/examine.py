"""Asking the Hub what the crawl believes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from urllib.parse import urlsplit, urlunsplit

from crawler.doctor import absence, files, filters, limits, lists, paging
from crawler.doctor.case import Case, Check, Heard
from crawler.doctor.listening import Listener, hear
from crawler.doctor.probes import LISTS, NEXT, PROBES, QUICK, REQUESTS
from crawler.doctor.verdict import Report, Result
from crawler.hub.answers import ListRequest, Page
from crawler.hub.hub import Hub
from crawler.hub.transport import PASSING, Request
from graph.catalogue.model import Kind

CHECKS: tuple[Check, ...] = (
    *lists.CHECKS, *paging.CHECKS, *filters.CHECKS, *limits.CHECKS, *absence.CHECKS, *files.CHECKS,
)  # fmt: skip
NO_SECOND = "the first page leads to no other"
Progress = Callable[[int, int, str], None]


def examine(
    hub: Hub,
    *,
    quick: bool = False,
    lists: Mapping[str, Kind] = LISTS,
    beside: Mapping[str, Request] = QUICK,
    progress: Progress = lambda _done, _all, _name: None,
    tell: Listener = lambda _heard: None,
) -> Report:
    """Test each belief that a crawl rests on, and return what was found.

    ``quick`` makes the requests ``beside`` those for the first pages of ``lists``, which the report
    hands on for a crawl to begin with; what they cannot tell is unknown. ``tell`` is handed every
    answer.
    Raises Unreachable, TooFarOff where nothing is answered at the first request.
    """
    doctor = _Doctor(hub, progress, tell, len(lists) + len(beside) if quick else REQUESTS)
    before = hub.transport.requests
    doctor.list_first_pages(lists, second=not quick)
    for name, request in (beside if quick else PROBES).items():
        doctor.ask(name, partial(hub.transport.ask, request))
    case = Case(doctor.heard, hub.endpoint, hub.authorised)
    return Report(
        endpoint=_without_user(hub.endpoint),
        version=version("herdbook"),
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        token=hub.authorised,
        quick=quick,
        requests=hub.transport.requests - before,
        results=tuple(Result(one.id, one.belief, one.verdict(case)) for one in CHECKS),
        unanswered=tuple(doctor.unanswered()),
        pages=doctor.pages,
    )


class _Doctor:
    """One examination under way: what was heard so far, by probe."""

    def __init__(self, hub: Hub, progress: Progress, tell: Listener, requests: int) -> None:
        self.hub, self.progress, self.tell, self.requests = hub, progress, tell, requests
        self.heard: dict[str, Heard] = {}
        self.pages: dict[ListRequest, Page] = {}

    def list_first_pages(self, lists: Mapping[str, Kind], *, second: bool) -> None:
        """Ask for the first pages of lists as a crawl does, and for a second of models."""
        for name, kind in lists.items():
            request = ListRequest(kind)
            self.ask(name, partial(self._page, request), first=not self.heard)
            if second and name == "models":
                self._second_page(self.pages.get(request))

    def _page(self, request: ListRequest) -> None:
        self.pages[request] = self.hub.page(request)

    def _second_page(self, page: Page | None) -> None:
        if page is None or page.cursor is None:
            self.heard[NEXT] = Heard(skipped=NO_SECOND)
            return
        self.ask(NEXT, partial(self.hub.page, ListRequest(LISTS["models"]), page.cursor))

    def ask(self, name: str, ask: Callable[[], object], *, first: bool = False) -> None:
        """Make a request and keep what was heard."""
        self.progress(len(self.heard), self.requests, name)
        self.heard[name] = hear(self.hub, ask, self.tell, first=first)

    def unanswered(self) -> list[str]:
        """Say which requests came to no answer."""
        return [
            f"{name}: {heard.trouble}"
            for name, heard in self.heard.items()
            if heard.trouble and (not heard.told or _in_trouble(heard.told[-1].status))
        ]


def _in_trouble(status: int) -> bool:
    return status in PASSING or status >= 500


def _without_user(address: str) -> str:
    """Return an address without the user and password that it may hold."""
    chunks = urlsplit(address)
    return urlunsplit(chunks._replace(netloc=chunks.netloc.rpartition("@")[2]))
