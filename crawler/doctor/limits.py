"""Beliefs about the Hub's limits: that each answer tells them, how wide they are, what counts."""

from __future__ import annotations

from huggingface_hub.utils import RateLimitInfo, parse_ratelimit_headers

from crawler.doctor.case import Case, Checks
from crawler.doctor.verdict import Verdict, differs, listed, ok, unknown
from crawler.hub.transport import Exchange

CHECKS = Checks()
WINDOW = 300  # seconds
TIERS = {500: "no token", 1000: "a free account", 2500: "PRO", 3000: "Team", 6000: "Enterprise"}
COUNTED = {
    **dict.fromkeys(("models", "datasets", "paths"), "api"),
    **dict.fromkeys(("readme", "missing-file"), "resolvers"),
}
SLOWER = "what the tier is documented to allow is not exceeded, and the pace is slower"


@CHECKS.add("limits-told", "Every answer tells its limit", "models")
def _told_everywhere(case: Case) -> Verdict:
    first = [_first(told) for heard in case.heard.values() for told in heard.told]
    whole = sum(info is not None and info.limit is not None for info in first)
    if whole == len(first):
        return ok(f"on {whole:,} answers", "paced by what is left")
    some = sum(info is not None for info in first)
    if some == len(first):
        return differs(f"what is left on {some:,} answers, the limit on {whole:,}", SLOWER)
    return differs(f"on {some:,} of {len(first):,} answers", SLOWER)


@CHECKS.add("limits-tier", "The limit is that of a known tier", "models")
def _tier(case: Case) -> Verdict:
    info = _first(case.heard["models"].told[-1])
    if info is None or info.limit is None:
        return unknown("no limit was told", SLOWER)
    said = f"{info.limit:,} in {info.window_seconds} s"
    expected = {500} if not case.authorised else TIERS.keys() - {500}
    if info.limit in expected and info.window_seconds == WINDOW:
        return ok(f"{said}: {TIERS[info.limit]}", "the plan counts with it")
    return differs(said, "the plan counts with what is told")


@CHECKS.add("limits-buckets", "Lists and files have budgets apart", "models")
def _buckets(case: Case) -> Verdict:
    wrong: list[str] = []
    seen = 0
    for probe, bucket in COUNTED.items():
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


@CHECKS.add("limits-second-hop", "A file's second hop counts again", "readme")
def _second_hop(case: Case) -> Verdict:
    told = case.heard["readme"].told[-1]
    if not told.hops:
        return unknown("there was no redirect", "a file costs one request")
    bucket = told.buckets[-1]
    if bucket == "resolvers":
        return ok("resolvers", "a file costs two of the budget")
    if bucket is None:
        return differs("it names no bucket", "a file is counted once, as the answers say")
    return differs(bucket[:20], "counted as the answer says")


def _first(told: Exchange) -> RateLimitInfo | None:
    """Return what was told where the request came in first."""
    return parse_ratelimit_headers((*told.hops, told)[0].headers)
