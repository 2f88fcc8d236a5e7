"""Beliefs about what is not there: repositories, files, old names, and refused tokens."""

from __future__ import annotations

from crawler.doctor.case import Case, Check, status_and_words
from crawler.doctor.probes import OPEN
from crawler.doctor.verdict import Verdict, differs, ok, unknown
from crawler.hub.answers import gone, no_file


def token(case: Case) -> Verdict:
    """The token is taken, if there is one."""
    if not case.authorised:
        return ok("none is set", "the limits of a stranger; gated files stay closed")
    exchange = case.exchange("models")
    if exchange.status in (401, 403):
        told = "renew HF_TOKEN or unset it: nothing can be asked with it"
        return differs(status_and_words(exchange), told, needed=True)
    return ok("it was taken", "wider limits")


def missing_repository(case: Case) -> Verdict:
    """A repository that is not there is told by words or a code of the Hub's own."""
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


def missing_file(case: Case) -> Verdict:
    """A file that is not there is told by a code of the Hub's own."""
    exchange = case.exchange("missing-file")
    said = status_and_words(exchange)
    if gone(exchange, authorised=case.authorised):
        return unknown(f"{OPEN} is not here", "nothing is known of files that are not there")
    if no_file(exchange, authorised=case.authorised) != "missing":
        return differs(said, "cannot be told from a fault: asked for again in the next crawl")
    return ok(said, "not asked for again at that revision")


def renamed(case: Case) -> Verdict:
    """An old name leads to the new one."""
    exchange, hops = case.exchange("renamed"), case.hops("renamed")
    value = case.json("renamed") if exchange.status == 200 else None
    name = value.get("id") if isinstance(value, dict) else None
    if exchange.status != 200 and not (case.has("readme") or case.is_the_hub):
        return unknown(status_and_words(exchange), "it may be that the repository is not here")
    if name != OPEN:
        said = "another repository" if value else status_and_words(exchange)
        return differs(said, "renames are seen by lists alone, by _id")
    if not hops:
        return differs("the new name, without a redirect", "the new name is taken all the same")
    if hops[0].status != 307:
        return differs(f"a redirect of status {hops[0].status}", "followed all the same")
    return ok("307 to the new name", "the new name is taken, the _id compared")


CHECKS = (
    Check("token", "The token, if there is one, is taken", ("models",), token),
    Check(
        "missing-repository",
        "A repository that is not there is told by the Hub's own words",
        ("missing",),
        missing_repository,
    ),
    Check(
        "missing-file",
        "A file that is not there is told by the Hub's own code",
        ("missing-file",),
        missing_file,
    ),
    Check("renamed", "An old name leads to the new one", ("renamed",), renamed),
)
