"""The doctor's checks on plain values: what a live Hub may answer that a replica does not."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import httpx2
import orjson
import pytest

from crawler.doctor import CHECKS, Report, Result, Verdict
from crawler.doctor.case import Case, Heard
from crawler.doctor.files import CACHE
from crawler.doctor.verdict import listed, quoted
from crawler.hub import Exchange
from crawler.hub.answers import blob_id
from crawler.hub.fields import WANTED
from graph.catalogue.model import Kind
from tests.places import ROOT

HUB = "https://huggingface.co"
BY_ID = {check.id: check for check in CHECKS}
NEXT = {"link": f'<{HUB}/api/models?cursor=abc>; rel="next"'}
LIMIT = {"ratelimit": '"api";r=9;t=9', "ratelimit-policy": '"fixed window";"api";q=1000;w=300'}


def exchange(
    status: int = 200, body: Any = None, headers: dict[str, str] | None = None, query: str = ""
) -> Exchange:
    sent = body if isinstance(body, bytes) else orjson.dumps(body)
    told = httpx2.Headers({"content-type": "application/json", **(headers or {})})
    return Exchange("GET", "/api/models", query, b"", status, told, sent, seconds=1.0)


def heard(*exchanges: Exchange, hops: tuple[Exchange, ...] = ()) -> Heard:
    return Heard(tuple(replace(one, hops=hops) for one in exchanges))


def hop(where: str) -> Exchange:
    return exchange(307, b"", {"location": where})


def verdict(
    check: str, endpoint: str = HUB, *, authorised: bool = False, **probes: Heard
) -> tuple[str, bool]:
    by_name = {name.replace("_", "-"): one for name, one in probes.items()}
    found = BY_ID[check].verdict(Case(by_name, endpoint, authorised))
    assert found.seen
    assert found.meaning
    return found.state, found.needed


def rows(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"id": f"o/{n}", "_id": f"{n:024x}", **more} for n in range(count)]


def asked(*names: str) -> str:
    return "&".join(f"expand={name}" for name in names)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_what_was_not_asked_is_unknown(check: Any) -> None:
    found = check.verdict(Case({}, HUB))
    assert (found.state, found.seen) == ("unknown", "not looked at")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_what_was_not_answered_is_never_ok(check: Any) -> None:
    trouble = dict.fromkeys(check.probes, Heard(trouble="no answer"))
    assert check.verdict(Case(trouble, HUB)).state != "ok"
    busy = dict.fromkeys(check.probes, heard(exchange(503)))
    assert check.verdict(Case(busy, HUB)).state == "unknown"


ODD = [b"", b"null", b"{}", b"[]", b"[null]", b"[[]]", b'"x"', b"\xff", b"[1, {}]", b'{"id": 7}']


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_no_answer_breaks_a_check(check: Any) -> None:
    for body, status in product(ODD, (200, 400, 401, 404)):
        told = heard(exchange(status, body, query=asked(*WANTED[Kind.MODEL, "list"])))
        assert check.verdict(Case(dict.fromkeys(check.probes, told), HUB)).seen


def test_a_field_that_few_repositories_have_may_be_missing_in_few_rows() -> None:
    names = asked("tags", "safetensors")
    few = heard(exchange(body=rows(9, tags=[]), query=names))
    many = heard(exchange(body=rows(1000, tags=[]), query=names))
    assert verdict("models-filled", models=few) == ("unknown", False)
    assert verdict("models-filled", models=many) == ("differs", False)


def test_private_is_needed_with_a_token_alone() -> None:
    told = heard(exchange(body=rows(9, tags=[]), query=asked("tags", "private")))
    assert verdict("models-filled", models=told) == ("differs", False)
    assert verdict("models-filled", authorised=True, models=told) == ("differs", True)


def test_private_that_is_no_boolean_is_needed() -> None:
    told = heard(exchange(body=rows(9, private="false")))
    assert verdict("flags", models=told) == ("differs", True)
    assert verdict("flags", models=heard(exchange(body=rows(9, gated="new")))) == ("differs", False)


@pytest.mark.parametrize("check", ["models-rows", "page-size", "next-link"])
def test_a_short_list_is_a_fault_of_the_hub_alone(check: str) -> None:
    told = heard(exchange(body=[] if check == "models-rows" else rows(9)))
    assert verdict(check, models=told) == ("differs", True)
    assert verdict(check, "https://mirror.invalid", models=told) == ("unknown", False)


def test_a_next_page_may_be_the_last_where_it_is_short_at_a_mirror() -> None:
    first = heard(exchange(body=rows(1000), headers=NEXT))
    last = heard(exchange(body=[{"id": "o/other"}]))
    assert verdict("next-page", "https://mirror.invalid", models=first, models_next=last) == (
        "ok",
        False,
    )
    assert verdict("next-page", models=first, models_next=last) == ("differs", True)


def test_a_few_rows_out_of_order_are_no_other_order() -> None:
    dates = [f"2026-01-01T00:{59 - n // 60:02}:{59 - n % 60:02}Z" for n in range(1000)]
    listed_rows = [{**row, "createdAt": date} for row, date in zip(rows(1000), dates, strict=True)]
    listed_rows[5], listed_rows[6] = listed_rows[6], listed_rows[5]
    assert verdict("newest-first", models=heard(exchange(body=listed_rows))) == ("ok", False)
    listed_rows.reverse()
    assert verdict("newest-first", models=heard(exchange(body=listed_rows))) == ("differs", True)


def test_a_slow_page_is_told() -> None:
    slow = Exchange("GET", "/", "", b"", 200, httpx2.Headers(), b"[]", seconds=11.0)
    assert verdict("page-time", models=heard(slow)) == ("differs", False)


def test_a_tier_of_a_token_is_none_of_a_stranger() -> None:
    told = heard(exchange(body=rows(1), headers=LIMIT))
    assert verdict("limits-tier", authorised=True, models=told) == ("ok", False)
    assert verdict("limits-tier", models=told) == ("differs", False)


def test_a_bucket_under_another_name_is_told() -> None:
    other = {**LIMIT, "ratelimit": '"lists";r=9;t=9'}
    told = heard(exchange(body=rows(1), headers=other))
    assert verdict("limits-buckets", models=told) == ("differs", False)


def test_a_refused_token_stops_a_crawl() -> None:
    words = {"x-error-message": "Invalid credentials in Authorization header"}
    told = heard(exchange(401, headers=words))
    assert verdict("token", authorised=True, models=told) == ("differs", True)


def test_a_refusal_may_have_its_quotes_escaped() -> None:
    words = {"error": 'expected one of \\"tags\\"|\\"likes\\"'}
    assert verdict("refusal", refused_names=heard(exchange(400, words))) == ("ok", False)


def test_a_redirect_to_another_host_that_answers_is_no_fault() -> None:
    told = heard(exchange(body=b"text"), hops=(hop("https://cdn.invalid/x"),))
    assert verdict("file-redirect", readme=told) == ("differs", False)


def test_an_etag_in_the_address_of_the_redirect_counts() -> None:
    blob = "f3a3485841e45c3ce5d5e6b1a6b5d8e1b0b1a6f5"
    text = b"# It\n"
    where = f"{CACHE}models/o/x/{'a' * 40}/README.md?etag=%22{blob_id(text)}%22"
    told = heard(exchange(body=text), hops=(hop(where),))
    assert verdict("etag", readme=told) == ("ok", False)
    other = heard(exchange(body=text), hops=(hop(f"/x?etag=%22{blob}%22"),))
    assert verdict("etag", readme=other) == ("differs", False)


def test_an_adapter_without_its_parent_is_told() -> None:
    tags = ["base_model:adapter:meta-llama/Llama-3.1-8B"]
    with_peft = {"config": {"peft": {"base_model_name_or_path": "x"}}}
    assert verdict("peft", base_model=heard(exchange(body=rows(2, tags=tags)))) == (
        "differs",
        False,
    )
    found = heard(exchange(body=[*rows(1, tags=tags, **with_peft), *rows(3, tags=[])]))
    assert verdict("peft", base_model=found) == ("ok", False)


def test_report_says_its_failures_in_sentences() -> None:
    results = (
        Result("a", "A list is a list", Verdict("differs", "an object", "it cannot be read", True)),
        Result("b", "A page is long", Verdict("differs", "9 rows", "it takes long")),
        Result("c", "A cursor leads on", Verdict("unknown", "not looked at", "ask")),
    )
    report = Report(HUB, "1", "2026-01-01", False, True, 4, results)
    assert report.failures == (
        "A list is a list: the Hub answers otherwise (an object); it cannot be read.",
    )
    assert not report.well
    assert Report(HUB, "1", "2026-01-01", False, True, 4, results[1:]).well
    assert not Report(HUB, "1", "2026-01-01", False, True, 4, (), ("models: no answer",)).well


def test_words_of_others_are_bounded() -> None:
    assert quoted("a\n b" * 200) == f"“{'a b' * 53}a…”"
    assert quoted(" ") == "no words"
    assert listed("abcd", 2) == "a, b and 2 more"


def test_each_check_is_documented() -> None:
    text = (ROOT / "docs" / "doctor.md").read_text("utf-8")
    assert [check.id for check in CHECKS if f"`{check.id}`" not in text] == []
