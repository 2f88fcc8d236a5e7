"""Beliefs about filters, by which the first stage of a crawl asks, and what their rows tell."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Any

from crawler.doctor.case import Case, Checks, status_and_words
from crawler.doctor.probes import BASE, LICENCE, NEXT
from crawler.doctor.verdict import Verdict, differs, ok, unknown

CHECKS = Checks()
LATER = "the quick first stage finds nothing; the whole list finds it later"


def _carries_tag(case: Case, probe: str, tag: str) -> Verdict:
    rows = case.rows(probe)
    if rows is None:
        return differs(status_and_words(case.exchange(probe)), LATER)
    if not rows:
        if case.is_the_hub or _is_there(case, tag):
            return differs("no row", LATER)
        return unknown("no row", "it may be that none is here")
    held = sum(tag in _tags(row) for row in rows)
    if held < len(rows):
        return differs(
            f"the tag in {held:,} of {len(rows):,} rows",
            "the first stage reads too much; what has no tag counts for nothing",
        )
    return ok(f"the tag in each of {len(rows):,} rows", "the first answer is built from them")


CHECKS.add("filter-licence", "A filter by a licence's tag finds what carries it", "licence")(
    partial(_carries_tag, probe="licence", tag=LICENCE)
)
CHECKS.add("filter-base-model", "A filter by a base_model tag finds what carries it", "base-model")(
    partial(_carries_tag, probe="base-model", tag=BASE)
)


@CHECKS.add("filter-sorted", "A filter can be sorted by downloads", "licence")
def _by_downloads(case: Case) -> Verdict:
    rows = case.rows("licence")
    counts = [row["downloads"] for row in rows or () if isinstance(row.get("downloads"), int)]
    if len(counts) < 2:
        return unknown("too few rows came", "nothing is known of the order")
    if any(later > earlier for earlier, later in pairwise(counts)):
        return differs("out of order", "the first answer may lack the most downloaded")
    return ok(f"{counts[0]:,} down to {counts[-1]:,}", "the most downloaded come first")


@CHECKS.add(
    "filter-case", "A base_model filter minds capital letters", "base-model", "base-model-lower"
)
def _minds_case(case: Case) -> Verdict:
    rows, others = case.rows("base-model"), case.rows("base-model-lower")
    if not rows:
        return unknown("the filter found nothing in its own case", "nothing can be compared")
    asked = "asked for as the rosters spell it; the whole list finds the rest"
    if others is None:
        return differs(status_and_words(case.exchange("base-model-lower")), asked)
    if others:
        return differs(f"{len(others):,} rows in small letters too", asked)
    return ok("none in small letters", asked)


@CHECKS.add("peft", "config.peft names an adapter's parent in a list", "base-model")
def _peft(case: Case) -> Verdict:
    rows = [row for row in case.rows("base-model") or () if _is_adapter(row)]
    if not rows:
        return unknown("no adapter among the rows", "nothing is known of adapters")
    told = sum(bool(_parent_of(row)) for row in rows)
    seen = f"{told:,} of {len(rows):,} adapters tell it"
    if not told:
        return differs(seen, "their parents are read from the tags alone")
    return ok(seen, "read without fetching a file that counts as a download")


def _is_there(case: Case, tag: str) -> bool:
    """Tell whether the list of all holds a row with a tag, so that a filter must find it."""
    probes = [name for name in ("models", NEXT) if case.has(name)]
    return any(tag in _tags(row) for name in probes for row in case.rows(name) or ())


def _tags(row: dict[str, Any]) -> list[Any]:
    tags = row.get("tags")
    return tags if isinstance(tags, list) else []


def _is_adapter(row: dict[str, Any]) -> bool:
    return any(str(tag).startswith("base_model:adapter:") for tag in _tags(row))


def _parent_of(row: dict[str, Any]) -> object:
    config = row.get("config")
    told = config.get("peft") if isinstance(config, dict) else None
    return told.get("base_model_name_or_path") if isinstance(told, dict) else None
