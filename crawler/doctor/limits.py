"""Beliefs about the Hub's limits: that each answer tells them, how wide they are, what counts."""

from __future__ import annotations

from huggingface_hub.utils import RateLimitInfo, parse_ratelimit_headers

from crawler.doctor.case import Case, Check, Told
from crawler.doctor.verdict import Verdict, differs, listed, ok, unknown

WINDOW = 300  # seconds
TIERS = {500: "no token", 1000: "a free account", 2500: "PRO", 3000: "Team", 6000: "Enterprise"}
SLOWER = "what the tier is documented to allow is not exceeded, and the pace is slower"


def told_everywhere(case: Case) -> Verdict:
    """Each answer says how many requests are left, refusals too."""
    first = [_first(told) for heard in case.heard.values() for told in heard.told]
    whole = sum(info is not None and info.limit is not None for info in first)
    if whole == len(first):
        return ok(f"on {whole:,} answers", "paced by what is left")
    some = sum(info is not None for info in first)
    if some == len(first):
        return differs(f"what is left on {some:,} answers, the limit on {whole:,}", SLOWER)
    return differs(f"on {some:,} of {len(first):,} answers", SLOWER)


def tier(case: Case) -> Verdict:
    """The window and the number of requests in it are those of a known tier."""
    info = _first(case.heard["models"].told[-1])
    if info is None or info.limit is None:
        return unknown("no limit was told", SLOWER)
    said = f"{info.limit:,} in {info.window_seconds} s"
    expected = {500} if not case.authorised else TIERS.keys() - {500}
    if info.limit in expected and info.window_seconds == WINDOW:
        return ok(f"{said}: {TIERS[info.limit]}", "the plan counts with it")
    return differs(said, "the plan counts with what is told")


def buckets(case: Case) -> Verdict:
    """Lists and path infos count as ``api``, files as ``resolvers``."""
    wrong: list[str] = []
    seen = 0
    for probe, bucket in (("models", "api"), ("datasets", "api"), ("paths", "api"), *FILES):
        heard = case.heard.get(probe)
        info = _first(heard.told[-1]) if heard and heard.told else None
        seen += info is not None
        if info is not None and info.resource_type != bucket:
            wrong.append(f"{probe}: {info.resource_type[:20]}")
    if wrong:
        return differs(listed(wrong), "counted as the answers say; the plan may be wrong")
    if not seen:
        return unknown("no answer names a bucket", SLOWER)
    return ok("lists: api, files: resolvers", "two budgets are used side by side")


def second_hop(case: Case) -> Verdict:
    """What a file's redirect leads to counts as ``resolvers`` again."""
    told = case.heard["readme"].told[-1]
    if not told.hops:
        return unknown("there was no redirect", "a file costs one request")
    bucket = told.exchange.buckets[-1] if told.exchange.buckets else None
    if bucket == "resolvers":
        return ok("resolvers", "a file costs two of the budget")
    if bucket is None:
        return differs("it names no bucket", "a file is counted once, as the answers say")
    return differs(bucket[:20], "counted as the answer says")


def _first(told: Told) -> RateLimitInfo | None:
    """Return what was told where the request came in first."""
    headers = told.hops[0].headers if told.hops else told.exchange.headers
    return parse_ratelimit_headers(headers)


FILES = (("readme", "resolvers"), ("missing-file", "resolvers"))
CHECKS = (
    Check("limits-told", "Every answer tells its limit", ("models",), told_everywhere),
    Check("limits-tier", "The limit is that of a known tier", ("models",), tier),
    Check("limits-buckets", "Lists and files have budgets apart", ("models",), buckets),
    Check("limits-second-hop", "A file's second hop counts again", ("readme",), second_hop),
)
