"""Beliefs about pages: how long they are, how one leads to the next, and in what order."""

from __future__ import annotations

from itertools import pairwise
from math import ceil

from crawler.doctor.case import Case, Checks, status_and_words
from crawler.doctor.lists import NO_LIST
from crawler.doctor.verdict import Verdict, differs, ok, unknown
from crawler.hub.answers import next_cursor
from crawler.hub.errors import HubError
from crawler.hub.hub import PAGE
from crawler.hub.rate_limit import ANONYMOUS, WINDOW, WITH_TOKEN

CHECKS = Checks()
SLOW = 10.0  # seconds of a page; the real ones took about one (docs/hub.md)
MODEL_PAGES = 3300  # of the Hub's models, by the last count in docs/hub.md
OUT_OF_ORDER = 0.01  # of neighbouring rows: the Hub sorts by _id, which is all but the date
ENDS = "the list would be taken to end here: what follows would never be read"


@CHECKS.add("page-size", f"A page holds up to {PAGE:,} rows", "models")
def _page_size(case: Case) -> Verdict:
    if (rows := case.rows("models")) is None:
        return unknown(NO_LIST, "nothing is known of pages")
    held, more = len(rows), "link" in case.exchange("models").headers
    if held == PAGE:
        return ok(f"{held:,} rows", f"some {MODEL_PAGES:,} requests list the Hub's models")
    if held > PAGE:
        return differs(f"{held:,} rows", "fewer requests than planned")
    if more and held:
        times = ceil(PAGE / held)
        return differs(f"{held:,} rows, and more to come", f"a list takes {times} times as long")
    return _short(case, held)


def _short(case: Case, held: int) -> Verdict:
    if case.is_the_hub:
        return differs(f"{held:,} rows and no link to more", ENDS, needed=True)
    return unknown(f"the whole list has {held:,} rows", "one page is all")


@CHECKS.add("next-link", "A page links to the next one by a cursor", "models")
def _next_link(case: Case) -> Verdict:
    if (rows := case.rows("models")) is None:
        return unknown(NO_LIST, "nothing is known of pages")
    try:
        cursor = next_cursor(case.exchange("models"))
    except HubError as error:
        return differs(str(error), "a crawl ends here with these words", needed=True)
    if cursor is not None:
        return ok(f"a cursor of {len(cursor)} characters", "the cursor is taken, never the host")
    if len(rows) >= PAGE:
        return differs("a full page without a link to the next", ENDS, needed=True)
    return _short(case, len(rows))


@CHECKS.add("next-page", "A cursor leads on to other rows", "models", "models-next")
def _next_page(case: Case) -> Verdict:
    second = case.exchange("models-next")
    rows = case.rows("models-next")
    if rows is None:
        return differs(status_and_words(second), "a crawl ends at the second page", needed=True)
    before = {row.get("id") for row in case.rows("models") or ()}
    again = sum(row.get("id") in before for row in rows)
    if again == len(rows):
        return differs("the same rows again", "a crawl would go in a circle", needed=True)
    try:
        cursor = next_cursor(second)
    except HubError as error:
        return differs(str(error), "a crawl ends here with these words", needed=True)
    if cursor is not None and cursor == next_cursor(case.exchange("models")):
        return differs("the same cursor again", "a crawl would go in a circle", needed=True)
    if cursor is None and (len(rows) >= PAGE or case.is_the_hub):
        return differs("a page that leads to no third", ENDS, needed=True)
    if again:
        return differs(f"{again:,} of {len(rows):,} rows again", "kept once: harmless")
    return ok(f"{len(rows):,} other rows", "a list that was stopped goes on at its cursor")


@CHECKS.add("newest-first", "sort=createdAt lists the newest first", "models")
def _newest_first(case: Case) -> Verdict:
    rows = [*(case.rows("models") or ()), *(case.rows("models-next") or ())]
    dates = [row["createdAt"] for row in rows if isinstance(row.get("createdAt"), str)]
    if len(dates) < 2:
        return unknown("too few dates came", "nothing is known of the order")
    wrong = sum(later > earlier for earlier, later in pairwise(dates))
    if wrong > OUT_OF_ORDER * len(dates):
        return differs(
            f"{wrong:,} of {len(dates):,} rows are newer than the row before",
            "rows could move over a page's edge and be missed",
            needed=True,
        )
    return ok(f"{dates[0][:10]} down to {dates[-1][:10]}", "nothing new moves a page")


@CHECKS.add("page-time", "A page is answered within seconds", "models")
def _page_time(case: Case) -> Verdict:
    seconds = case.exchange("models").seconds
    allowed = (WITH_TOKEN if case.authorised else ANONYMOUS)["api"] / WINDOW  # a second
    pages = MODEL_PAGES * PAGE / _held(case)
    minutes = max(seconds, 1 / allowed) * pages / 60
    if seconds > SLOW:
        return differs(f"{seconds:.1f} s", f"the Hub's models would take {minutes:,.0f} minutes")
    return ok(f"{seconds:.1f} s", f"the Hub's models take some {minutes:,.0f} minutes")


def _held(case: Case) -> int:
    """Return how many rows a page holds that is not the last one."""
    more = "link" in case.exchange("models").headers
    return len(case.rows("models") or ()) or PAGE if more else PAGE
