"""Beliefs about files: the redirect, the commit, the blob id, and what is gated."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from crawler.doctor.case import Case, Checks, Heard, status_and_words
from crawler.doctor.probes import GATED, OPEN
from crawler.doctor.verdict import Verdict, differs, ok, unknown
from crawler.hub.answers import SHA1, blob_id, gone, no_file
from crawler.hub.transport import Exchange

CHECKS = Checks()
CACHE = "/api/resolve-cache/"
NO_TEXT = "no text came"


@CHECKS.add("file-redirect", "A small file comes by a 307 within the Hub", "readme", alone=True)
def _redirect(case: Case) -> Verdict:
    heard = case.heard["readme"]
    if not heard.told:
        return _never_came(heard)
    exchange = case.exchange("readme")
    if no_file(exchange, authorised=case.authorised) == "missing":
        return unknown(f"the card of {OPEN} is not here", "nothing is known of files")
    if exchange.status != 200:
        return differs(status_and_words(exchange), "texts cannot be fetched", needed=True)
    hops = case.exchange("readme").hops
    if not hops:
        return differs("the text at once", "a file costs one request")
    where = urlsplit(hops[0].headers.get("location", ""))
    here = urlsplit(case.endpoint).netloc
    if where.netloc not in ("", here):
        return differs(f"a redirect to {where.netloc[:60]}", "followed, without the token")
    if hops[0].status != 307 or not where.path.startswith(CACHE):
        return differs(f"{hops[0].status} to {where.path[:40]}", "followed all the same")
    return ok(f"307 to {CACHE}…", "followed within the Hub")


def _never_came(heard: Heard) -> Verdict:
    """Judge a file that came to no answer: it may be the redirect's fault."""
    way = f"after {heard.stray[0].status} to {_target(heard.stray[0])}: " if heard.stray else ""
    return differs(f"{way}{heard.trouble}", "texts cannot be fetched", needed=True)


def _target(hop: Exchange) -> str:
    where = urlsplit(hop.headers.get("location", ""))
    return (where.netloc or where.path)[:60]


@CHECKS.add("file-commit", "A file's answer names its commit", "readme")
def _commit(case: Case) -> Verdict:
    if not case.has("readme"):
        return unknown(NO_TEXT, "nothing is known of revisions")
    told = case.exchange("readme")
    heads = [one.headers for one in (*told.hops, told)]
    found = [h["x-repo-commit"] for h in heads if SHA1.fullmatch(h.get("x-repo-commit", ""))]
    if found:
        return ok(f"x-repo-commit: {found[0][:12]}…", "a text is stored with its revision")
    return differs("no x-repo-commit", "a text's revision is that of the list's row")


@CHECKS.add("blob-id", "paths-info tells a text's git blob id", "readme", "paths")
def _blob(case: Case) -> Verdict:
    text = case.exchange("readme").body if case.has("readme") else None
    if text is None:
        return unknown(NO_TEXT, "nothing can be compared")
    exchange, again = case.exchange("paths"), "texts are fetched again at each new revision"
    told = case.json("paths")
    if not isinstance(told, list) or not told:
        return differs(status_and_words(exchange), again)
    oid = told[0].get("oid") if isinstance(told[0], dict) else None
    if not isinstance(oid, str):
        return differs("entries without an oid", again)
    if oid != blob_id(text):
        return differs("another number than the text's", "a text is kept under its own hash")
    return ok(f"{oid[:12]}…, the text's own", "a text that did not change is not fetched again")


@CHECKS.add("etag", "A file's etag is its git blob id", "readme")
def _etag(case: Case) -> Verdict:
    text = case.exchange("readme").body if case.has("readme") else None
    if text is None:
        return unknown(NO_TEXT, "nothing can be compared")
    told = case.exchange("readme").headers.get("etag", "")
    for hop in case.exchange("readme").hops:
        query = parse_qs(urlsplit(hop.headers.get("location", "")).query)
        told = " ".join([*query.get("etag", ()), hop.headers.get("etag", ""), told])
    if blob_id(text) in told:
        return ok("the text's own blob id", "not needed: paths-info tells it")
    return differs("another etag" if told.strip() else "no etag", "not needed: paths-info tells it")


@CHECKS.add("gated-record", "The record of a gated repository is open", "gated")
def _gated_record(case: Case) -> Verdict:
    exchange = case.exchange("gated")
    if gone(exchange, authorised=case.authorised):
        return unknown(f"{GATED} is not here", "nothing is known of gated repositories")
    if exchange.status == 400:
        return unknown("its fields were refused", "nothing is known of gated repositories")
    value = case.json("gated")
    if not isinstance(value, dict):
        return differs(status_and_words(exchange), "known by lists alone")
    if not value.get("gated"):
        return differs(f"{GATED} is not gated", "nothing follows; another is to be asked")
    return ok(f"open, gated: {value['gated']}"[:60], "read as any other")


@CHECKS.add(
    "gated-readme",
    "The card of a gated repository is open, or refused as GatedRepo",
    "gated-readme",
)
def _gated_readme(case: Case) -> Verdict:
    exchange = case.exchange("gated-readme")
    if exchange.status == 200:
        return ok("open", "the card is read")
    said = status_and_words(exchange)
    if gone(exchange, authorised=case.authorised):
        return unknown(f"{GATED} is not here", "nothing is known of gated files")
    if no_file(exchange, authorised=case.authorised) == "gated":
        return ok(said, "noted as gated; asked for again when a token is there")
    return differs(said, "cannot be told from other refusals: findings on it stay unknown")
