"""Beliefs about files: the redirect, the commit, the blob id, and what is gated."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qs, urlsplit

from crawler.doctor.case import Case, Check, Heard, Hop, status_and_words
from crawler.doctor.probes import GATED, OPEN
from crawler.doctor.verdict import Verdict, differs, ok, unknown
from crawler.hub.answers import gone, no_file

CACHE = "/api/resolve-cache/"
_SHA1 = re.compile(r"[0-9a-f]{40}")
NO_TEXT = "no text came"


def redirect(case: Case) -> Verdict:
    """A small file is sent by a redirect within the Hub."""
    heard = case.heard["readme"]
    if not heard.told:
        return _never_came(heard)
    exchange = case.exchange("readme")
    if no_file(exchange, authorised=case.authorised) == "missing":
        return unknown(f"the card of {OPEN} is not here", "nothing is known of files")
    if exchange.status != 200:
        return differs(status_and_words(exchange), "texts cannot be fetched", needed=True)
    hops = case.hops("readme")
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


def _target(hop: Hop) -> str:
    where = urlsplit(hop.headers.get("location", ""))
    return (where.netloc or where.path)[:60]


def commit(case: Case) -> Verdict:
    """A file's answer names the commit that it is of."""
    if not case.has("readme"):
        return unknown(NO_TEXT, "nothing is known of revisions")
    told = case.heard["readme"].told[-1]
    heads = [*(hop.headers for hop in told.hops), told.exchange.headers]
    found = [h["x-repo-commit"] for h in heads if _SHA1.fullmatch(h.get("x-repo-commit", ""))]
    if found:
        return ok(f"x-repo-commit: {found[0][:12]}…", "a text is stored with its revision")
    return differs("no x-repo-commit", "a text's revision is that of the list's row")


def blob(case: Case) -> Verdict:
    """``paths-info`` tells a text's git blob id."""
    text = case.exchange("readme").body if case.has("readme") else None
    if text is None:
        return unknown(NO_TEXT, "nothing can be compared")
    exchange, again = case.exchange("paths"), "texts are fetched again at each new revision"
    told = case.json("paths") if exchange.status == 200 else None
    if not isinstance(told, list) or not told:
        return differs(status_and_words(exchange), again)
    oid = told[0].get("oid") if isinstance(told[0], dict) else None
    if not isinstance(oid, str):
        return differs("entries without an oid", again)
    if oid != blob_id(text):
        return differs("another number than the text's", "a text is kept under its own hash")
    return ok(f"{oid[:12]}…, the text's own", "a text that did not change is not fetched again")


def etag(case: Case) -> Verdict:
    """A file's redirect or answer bears the blob id as its ``etag``."""
    text = case.exchange("readme").body if case.has("readme") else None
    if text is None:
        return unknown(NO_TEXT, "nothing can be compared")
    told = case.exchange("readme").headers.get("etag", "")
    for hop in case.hops("readme"):
        query = parse_qs(urlsplit(hop.headers.get("location", "")).query)
        told = " ".join([*query.get("etag", ()), hop.headers.get("etag", ""), told])
    if blob_id(text) in told:
        return ok("the text's own blob id", "not needed: paths-info tells it")
    return differs("another etag" if told.strip() else "no etag", "not needed: paths-info tells it")


def blob_id(content: bytes) -> str:
    """Return the id that git gives a content."""
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def gated_record(case: Case) -> Verdict:
    """What is known of a gated repository is open."""
    exchange = case.exchange("gated")
    if gone(exchange, authorised=case.authorised):
        return unknown(f"{GATED} is not here", "nothing is known of gated repositories")
    if exchange.status == 400:
        return unknown("its fields were refused", "nothing is known of gated repositories")
    value = case.json("gated") if exchange.status == 200 else None
    if not isinstance(value, dict):
        return differs(status_and_words(exchange), "known by lists alone")
    if not value.get("gated"):
        return differs(f"{GATED} is not gated", "nothing follows; another is to be asked")
    return ok(f"open, gated: {value['gated']}"[:60], "read as any other")


def gated_readme(case: Case) -> Verdict:
    """The card of a gated repository is open, or refused by a code of the Hub's own."""
    exchange = case.exchange("gated-readme")
    if exchange.status == 200:
        return ok("open", "the card is read")
    said = status_and_words(exchange)
    if gone(exchange, authorised=case.authorised):
        return unknown(f"{GATED} is not here", "nothing is known of gated files")
    if no_file(exchange, authorised=case.authorised) == "gated":
        return ok(said, "noted as gated; asked for again when a token is there")
    return differs(said, "cannot be told from other refusals: findings on it stay unknown")


CHECKS = (
    Check(
        "file-redirect", "A small file comes by a 307 within the Hub", ("readme",), redirect, True
    ),
    Check("file-commit", "A file's answer names its commit", ("readme",), commit),
    Check("blob-id", "paths-info tells a text's git blob id", ("readme", "paths"), blob),
    Check("etag", "A file's etag is its git blob id", ("readme",), etag),
    Check("gated-record", "The record of a gated repository is open", ("gated",), gated_record),
    Check(
        "gated-readme",
        "The card of a gated repository is open, or refused as GatedRepo",
        ("gated-readme",),
        gated_readme,
    ),
)
