"""Beliefs about what is not there: repositories, files, old names."""

from __future__ import annotations

from crawler.doctor.case import Case, Checks, status_and_words
from crawler.doctor.probes import OPEN
from crawler.doctor.verdict import Verdict, differs, ok, unknown
from crawler.hub.answers import gone, no_file

CHECKS = Checks()


@CHECKS.add(
    "missing-repository", "A repository that is not there is told by the Hub's own words", "missing"
)
def _missing_repository(case: Case) -> Verdict:
    exchange = case.exchange("missing")
    said = status_and_words(exchange)
    if exchange.status == 200:
        told = "something else answers in the Hub's place: nothing can be told to be gone"
        return differs(said, told, needed=True)
    if not gone(exchange, authorised=case.authorised):
        told = "cannot be told from a refusal: what is gone is seen by two whole lists alone"
        return differs(said, told)
    if exchange.status != (404 if case.authorised else 401):
        return differs(said, "read as gone all the same")
    return ok(said, "read as gone")


@CHECKS.add(
    "missing-file", "A file that is not there is told by the Hub's own code", "missing-file"
)
def _missing_file(case: Case) -> Verdict:
    exchange = case.exchange("missing-file")
    said = status_and_words(exchange)
    if gone(exchange, authorised=case.authorised):
        return unknown(f"{OPEN} is not here", "nothing is known of files that are not there")
    if no_file(exchange, authorised=case.authorised) != "missing":
        return differs(said, "cannot be told from a fault: asked for again in the next crawl")
    return ok(said, "not asked for again at that revision")


@CHECKS.add("renamed", "An old name leads to the new one", "renamed")
def _renamed(case: Case) -> Verdict:
    exchange = case.exchange("renamed")
    value = case.json("renamed")
    name = value.get("id") if isinstance(value, dict) else None
    if exchange.status != 200 and not (case.has("readme") or case.is_the_hub):
        return unknown(status_and_words(exchange), "it may be that the repository is not here")
    if name != OPEN:
        said = "another repository" if value else status_and_words(exchange)
        return differs(said, "renames are seen by lists alone, by _id")
    if not exchange.hops:
        return differs("the new name, without a redirect", "the new name is taken all the same")
    if exchange.hops[0].status != 307:
        return differs(f"a redirect of status {exchange.hops[0].status}", "followed all the same")
    return ok("307 to the new name", "the new name is taken, the _id compared")
