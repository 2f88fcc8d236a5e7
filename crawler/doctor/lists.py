"""Beliefs about lists: by whom and for which fields they may be asked, and what rows hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from crawler.doctor.case import Case, Checks, asked_fields, status_and_words
from crawler.doctor.probes import GATED, ONLY_ONE
from crawler.doctor.verdict import Verdict, differs, listed, ok, unknown
from crawler.hub.fields import ESSENTIAL, REVISION, lacking, named
from crawler.hub.hub import PAGE

# Every repository has these; the others only some, so that a short list may lack them.
EVERY = frozenset(
    {"author", "createdAt", "disabled", "downloads", "downloadsAllTime", "gated", "lastModified"}
    | {"likes", "private", "sha", "siblings", "tags"}
)
FLOOR = "2022-03-02T23:29:04.000Z"
_OBJECT_ID = re.compile(r"[0-9a-f]{24}")
NO_LIST = "no list came"
ListJudge = Callable[[str, Case], Verdict]
CHECKS = Checks()


def _of_both(name: str, belief: str) -> Callable[[ListJudge], ListJudge]:
    """Add what is decorated as the judge of a belief about the lists of models and of data sets."""

    def add(judge: ListJudge) -> ListJudge:
        for probe, kind in (("models", "models"), ("datasets", "data sets")):
            CHECKS.add(f"{probe}-{name}", belief.format(kind), probe)(partial(judge, probe))
        return judge

    return add


@CHECKS.add("token", "The token, if there is one, is taken", "models")
def _token(case: Case) -> Verdict:
    if not case.authorised:
        return ok("none is set", "the limits of a stranger; gated files stay closed")
    exchange = case.exchange("models")
    if exchange.status in (401, 403):
        told = "renew HF_TOKEN or unset it: nothing can be asked with it"
        return differs(status_and_words(exchange), told, needed=True)
    return ok("it was taken", "wider limits")


@_of_both("fields", "A list of {} may be asked for all fields that a crawl wants")
def _fields_allowed(probe: str, case: Case) -> Verdict:
    asked = asked_fields(case.heard[probe].told[0])
    last = case.exchange(probe)
    if last.status != 200:
        valid = named(last.words) & set(asked)
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


@_of_both("rows", "A list of {} is an array of objects with an id")
def _rows_whole(probe: str, case: Case) -> Verdict:
    exchange = case.exchange(probe)
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


@_of_both("filled", "Each field asked of {} is answered in some row")
def _fields_filled(probe: str, case: Case) -> Verdict:
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


@CHECKS.add("identity", "Each row has the _id that a rename keeps", "models")
def _identity(case: Case) -> Verdict:
    if not (rows := case.rows("models")):
        return unknown(NO_LIST, "nothing is known of its rows")
    held = sum(bool(_OBJECT_ID.fullmatch(str(row.get("_id")))) for row in rows)
    if held < len(rows):
        return differs(
            f"in {held:,} of {len(rows):,} rows",
            "without it a renamed repository looks like one gone and one new",
        )
    return ok(f"in each of {len(rows):,} rows", "a rename keeps its history")


@CHECKS.add("flags", "private, disabled and gated have known values", "models")
def _flags(case: Case) -> Verdict:
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


@CHECKS.add("private-rows", "Strangers are shown no private rows", "models")
def _private_rows(case: Case) -> Verdict:
    if not (rows := case.rows("models")):
        return unknown(NO_LIST, "nothing is known of its rows")
    seen = sum(row.get("private") is True for row in rows)
    if seen and not case.authorised:
        return differs(f"{seen:,} rows say private", "they are dropped, as a token's owner's are")
    who = "with a token" if case.authorised else "without a token"
    return ok(f"{seen:,} in {len(rows):,} rows, {who}", "private rows are never stored")


@CHECKS.add(
    "refusal",
    "A list refuses childrenModelCount and usedStorage and names what it allows",
    "refused-names",
)
def _refusal(case: Case) -> Verdict:
    exchange = case.exchange("refused-names")
    if case.rows("refused-names") is not None:
        return differs("both were allowed", "not asked for: no finding rests on them")
    if exchange.status != 400:
        return unknown(status_and_words(exchange), "nothing is known of refusals")
    valid = named(exchange.words)
    if valid and not valid.intersection(ONLY_ONE):
        return ok(f"400, and {len(valid)} names that are allowed", "a refused name is left out")
    return differs(
        status_and_words(exchange),
        "a refused name cannot be told from the others: a crawl would end with these words",
    )


@CHECKS.add("one-fields", "One repository may be asked for all of them", "gated")
def _one_allows(case: Case) -> Verdict:
    exchange = case.exchange("gated")
    asked = len(asked_fields(exchange))
    if exchange.status == 400:
        return differs(status_and_words(exchange), "what is refused is asked for no more")
    if not isinstance(case.json("gated"), dict):
        return unknown(f"{GATED}: {exchange.status}", "nothing is known of single repositories")
    return ok(f"all {asked} names were allowed", "all are asked for at once")


@CHECKS.add("floor", f"createdAt is never before {FLOOR[:10]}", "renamed")
def _floor(case: Case) -> Verdict:
    value = case.json("renamed")
    told = value.get("createdAt") if isinstance(value, dict) else None
    if not isinstance(told, str):
        return unknown("no date of openai-community/gpt2 came", "dates are read as they stand")
    if told == FLOOR:
        return ok(told, "read as: before that day")
    return differs(told[:40], "the share by month may have a spike at another day")
