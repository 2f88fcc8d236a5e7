"""Beliefs about the rows of lists: which fields may be asked for, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from crawler.doctor.case import Case, Check, asked_fields, status_and_words
from crawler.doctor.probes import GATED, ONLY_ONE
from crawler.doctor.verdict import Verdict, differs, listed, ok, unknown
from crawler.hub.fields import ESSENTIAL, REVISION, lacking
from crawler.hub.hub import PAGE
from crawler.hub.transport import Exchange

# Every repository has these; the others only some, so that a short list may lack them.
EVERY = frozenset(
    {"author", "createdAt", "disabled", "downloads", "downloadsAllTime", "gated", "lastModified"}
    | {"likes", "private", "sha", "siblings", "tags"}
)
FLOOR = "2022-03-02T23:29:04.000Z"
_NAMED = re.compile(r'\\?"([A-Za-z_\-]{1,40})\\?"')  # as crawler.hub.fields reads them
_OBJECT_ID = re.compile(r"[0-9a-f]{24}")
NO_LIST = "no list came"


def fields_allowed(case: Case, probe: str) -> Verdict:
    """All names that a crawl asks for are allowed."""
    asked = asked_fields(case.heard[probe].told[0].exchange)
    last = case.exchange(probe)
    if last.status != 200:
        valid = valid_names(last) & set(asked)
        refused = [name for name in asked if name not in valid] if valid else []
        said = f"refused: {listed(refused)}" if refused else status_and_words(last)
        return differs(said, "the list cannot be read", needed=True)
    left = asked_fields(last)
    if dropped := [name for name in asked if name not in left]:
        return differs(
            f"refused: {listed(dropped)}",
            "they are asked for no more; what they would tell is unknown",
        )
    return ok(f"all {len(asked)} names were allowed", "all are asked for at once")


def fields_filled(case: Case, probe: str) -> Verdict:
    """Each field that was asked for stands in some row."""
    rows = case.rows(probe)
    if not rows:
        return unknown(NO_LIST if rows is None else "the list is empty", "nothing is known of it")
    lacks = lacking(asked_fields(case.exchange(probe)), rows)
    if not lacks:
        return ok(f"each stands in some of {len(rows):,} rows", "all is read")
    said = f"in none of {len(rows):,} rows: {listed(lacks)}"
    if not EVERY.intersection(lacks) and len(rows) < PAGE:
        return unknown(said, "few rows, which may have none")
    needed = (ESSENTIAL - ({"private"} if not case.authorised else set())).intersection(lacks)
    if needed or set(lacks) >= REVISION:
        return differs(said, "records cannot be read right without them", needed=True)
    return differs(said, "what they would tell is unknown")


def rows_whole(case: Case, probe: str) -> Verdict:
    """A list is an array of objects that have an id."""
    exchange, value = case.exchange(probe), None
    if exchange.status != 200:
        return unknown(NO_LIST, "nothing is known of its rows")
    value = case.json(probe)
    if value is None:
        kind = exchange.headers.get("content-type", "no type")[:40]
        return differs(
            f"{kind} in the place of JSON",
            "something on the way answers in the Hub's place, such as a network's sign-in page",
            needed=True,
        )
    if not isinstance(value, list):
        return differs("something other than a list", "the list cannot be read", needed=True)
    if not value:
        return _empty(case)
    bad = sum(not (isinstance(row, dict) and isinstance(row.get("id"), str)) for row in value)
    if bad:
        said = f"{bad:,} of {len(value):,} rows have none"
        return differs(said, "those repositories are not read", needed=True)
    return ok(f"{len(value):,} rows, an id in each", "each row becomes a record")


def _empty(case: Case) -> Verdict:
    told = "nothing is stored, and nothing counts as gone"
    if case.is_the_hub:
        return differs("an empty list", told, needed=True)
    return unknown("an empty list", told)


def identity(case: Case) -> Verdict:
    """Each row bears the Hub's own id of the repository."""
    if not (rows := case.rows("models")):
        return unknown(NO_LIST, "nothing is known of its rows")
    held = sum(bool(_OBJECT_ID.fullmatch(str(row.get("_id")))) for row in rows)
    if held < len(rows):
        return differs(
            f"in {held:,} of {len(rows):,} rows",
            "without it a renamed repository looks like one gone and one new",
        )
    return ok(f"in each of {len(rows):,} rows", "a rename keeps its history")


def flags(case: Case) -> Verdict:
    """``private`` and ``disabled`` are true or false; ``gated`` is false, auto or manual."""
    if not (rows := case.rows("models")):
        return unknown(NO_LIST, "nothing is known of its rows")
    wrong = sorted({name for row in rows for name in _odd_flags(row)})
    if not wrong:
        return ok(f"so in {len(rows):,} rows", "private and disabled ones are told apart")
    return differs(
        f"other values of {listed(wrong)}",
        "private rows could not be told from public ones"
        if "private" in wrong
        else "such a value is read as unknown",
        needed="private" in wrong,
    )


def _odd_flags(row: dict[str, Any]) -> Iterable[str]:
    yield from (n for n in ("private", "disabled") if n in row and not isinstance(row[n], bool))
    gated = row.get("gated", False)
    if gated is not False and gated not in ("auto", "manual"):
        yield "gated"


def private_rows(case: Case) -> Verdict:
    """Strangers are shown no private repository."""
    if not (rows := case.rows("models")):
        return unknown(NO_LIST, "nothing is known of its rows")
    seen = sum(row.get("private") is True for row in rows)
    if seen and not case.authorised:
        return differs(f"{seen:,} rows say private", "they are dropped, as a token's owner's are")
    who = "with a token" if case.authorised else "without a token"
    return ok(f"{seen:,} in {len(rows):,} rows, {who}", "private rows are never stored")


def refusal(case: Case) -> Verdict:
    """A list refuses what only one repository may be asked for, and names what it allows."""
    exchange = case.exchange("refused-names")
    if case.rows("refused-names") is not None:
        return differs("both were allowed", "not asked for: no finding rests on them")
    if exchange.status != 400:
        return unknown(status_and_words(exchange), "nothing is known of refusals")
    named = valid_names(exchange)
    if named and not named.intersection(ONLY_ONE):
        return ok(f"400, and {len(named)} names that are allowed", "a refused name is left out")
    return differs(
        status_and_words(exchange),
        "a refused name cannot be told from the others: a crawl would end with these words",
    )


def valid_names(refusal: Exchange) -> set[str]:
    """Return the names that a refusal says are allowed."""
    return set(_NAMED.findall(refusal.words))


def one_allows(case: Case) -> Verdict:
    """One repository may be asked for what a list is asked for."""
    exchange = case.exchange("gated")
    asked = len(asked_fields(exchange))
    if exchange.status == 400:
        return differs(status_and_words(exchange), "what is refused is asked for no more")
    if not isinstance(case.json("gated") if exchange.status == 200 else None, dict):
        return unknown(f"{GATED}: {exchange.status}", "nothing is known of single repositories")
    return ok(f"all {asked} names were allowed", "all are asked for at once")


def floor(case: Case) -> Verdict:
    """What is older than the Hub's record of dates shows the day on which that began."""
    value = case.json("renamed") if case.has("renamed") else None
    told = value.get("createdAt") if isinstance(value, dict) else None
    if not isinstance(told, str):
        return unknown("no date of openai-community/gpt2 came", "dates are read as they stand")
    if told == FLOOR:
        return ok(told, "read as: before that day")
    return differs(told[:40], "the share by month may have a spike at another day")


CHECKS = (
    Check(
        "models-fields",
        "A list of models may be asked for all fields that a crawl wants",
        ("models",),
        partial(fields_allowed, probe="models"),
    ),
    Check(
        "datasets-fields",
        "A list of data sets may be asked for all fields that a crawl wants",
        ("datasets",),
        partial(fields_allowed, probe="datasets"),
    ),
    Check(
        "models-rows",
        "A list of models is an array of objects with an id",
        ("models",),
        partial(rows_whole, probe="models"),
    ),
    Check(
        "datasets-rows",
        "A list of data sets is an array of objects with an id",
        ("datasets",),
        partial(rows_whole, probe="datasets"),
    ),
    Check(
        "models-filled",
        "Each field asked of models is answered in some row",
        ("models",),
        partial(fields_filled, probe="models"),
    ),
    Check(
        "datasets-filled",
        "Each field asked of data sets is answered in some row",
        ("datasets",),
        partial(fields_filled, probe="datasets"),
    ),
    Check("identity", "Each row has the _id that a rename keeps", ("models",), identity),
    Check("flags", "private, disabled and gated have known values", ("models",), flags),
    Check("private-rows", "Strangers are shown no private rows", ("models",), private_rows),
    Check(
        "refusal",
        "A list refuses childrenModelCount and usedStorage and names what it allows",
        ("refused-names",),
        refusal,
    ),
    Check("one-fields", "One repository may be asked for all of them", ("gated",), one_allows),
    Check("floor", f"createdAt is never before {FLOOR[:10]}", ("renamed",), floor),
)
