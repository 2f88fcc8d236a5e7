"""The doctor against a Hub that answers as believed, and with each belief switched."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.doctor import CHECKS, REQUESTS, Report, examine
from crawler.hub import HubError, ListRequest
from graph.catalogue.model import Kind
from herdbook.output.doctor import DoctorReport
from tests.hub_replica import Fault, Faults
from tests.recorded.doctor_hub import RECORDS, hub, model, replica
from tests.recorded.front import Front

COUNTED = ("config.json", "adapter_config.json")


def told(report: Report) -> dict[str, str]:
    """Return the verdicts that are not ok; one that a crawl needs is in capitals."""
    verdicts = {one.id: one.verdict for one in report.results if one.verdict.state != "ok"}
    return {i: v.state.upper() if v.needed else v.state for i, v in verdicts.items()}


@pytest.mark.parametrize("token", [None, "hf_x"])
def test_all_is_well_where_all_is_as_believed(url: str, front: Front, token: str | None) -> None:
    front.replica = replica()
    report = examine(hub(url, token))
    assert (told(report), report.well, report.failures) == ({}, True, ())
    assert report.requests == REQUESTS == 14
    assert len(front.replica.asked) == REQUESTS + 2  # two redirects
    assert not front.replica.downloads
    assert not any(path.endswith(COUNTED) or "/datasets/" in path for path in front.replica.asked)


# What each switch must show at least.
SWITCHED: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"list_refuses": ("baseModels",)}, {"models-fields": "differs"}),
    ({"list_refuses": ("tags",)}, {"models-fields": "DIFFERS", "datasets-fields": "DIFFERS"}),
    ({"list_refuses": ("sha", "lastModified")}, {"models-fields": "DIFFERS"}),
    ({"one_refuses": ("config",)}, {"one-fields": "differs"}),
    ({"unknown_expand": "ignore"}, {"refusal": "differs"}),
    ({"refusal_names_options": False}, {"refusal": "differs"}),
    ({"expand_spelling": "brackets"}, {"models-filled": "DIFFERS"}),
    ({"max_limit": 100}, {"page-size": "differs"}),
    ({"next_link": "missing"}, {"next-link": "DIFFERS"}),
    ({"next_link": "malformed"}, {"next-link": "DIFFERS"}),
    ({"next_link": "same-cursor"}, {"next-page": "DIFFERS"}),
    ({"cursor_ends_after": 1}, {"next-link": "DIFFERS"}),
    ({"cursor_ends_after": 2}, {"next-page": "DIFFERS"}),
    ({"cursor_expires": 1e-9}, {"next-page": "DIFFERS"}),
    ({"duplicates": 5}, {"next-page": "differs"}),
    ({"list_shape": "object"}, {"models-rows": "DIFFERS"}),
    ({"api_content": "html"}, {"models-rows": "DIFFERS", "missing-repository": "DIFFERS"}),
    ({"rows_missing_id": 9}, {"models-rows": "DIFFERS"}),
    ({"rows_missing__id": 9}, {"identity": "differs"}),
    ({"rows_null": 9}, {"models-rows": "DIFFERS"}),
    ({"sorts": ("downloads",)}, {"models-fields": "DIFFERS"}),
    ({"sort": "ignored"}, {"newest-first": "DIFFERS", "filter-sorted": "differs"}),
    ({"created_at_floor": ""}, {"floor": "differs"}),
    ({"sha_sent": False}, {"models-filled": "differs"}),
    ({"disabled_form": "text"}, {"flags": "differs"}),
    ({"filter": "refused"}, {"filter-licence": "differs", "filter-base-model": "differs"}),
    ({"filter": "ignored"}, {"filter-licence": "differs", "filter-base-model": "differs"}),
    ({"filter": "empty"}, {"filter-licence": "differs", "filter-base-model": "differs"}),
    ({"filter_case": "insensitive"}, {"filter-case": "differs"}),
    ({"filter_case": "refused"}, {"filter-base-model": "differs"}),
    ({"missing_repo_anonymous": "401 bare"}, {"missing-repository": "differs"}),
    ({"missing_repo_anonymous": "404 bare"}, {"missing-repository": "differs"}),
    ({"missing_repo_anonymous": "403"}, {"missing-repository": "differs"}),
    ({"rename_redirect": 301}, {"renamed": "differs"}),
    ({"rename_redirect": 404}, {"renamed": "differs"}),
    ({"gated_detail": 401}, {"gated-record": "differs"}),
    ({"gated_code": False}, {"gated-readme": "differs"}),
    ({"gated_status": 404}, {"gated-readme": "differs"}),
    ({"resolve": "direct"}, {"file-redirect": "differs"}),
    ({"resolve": "other-host"}, {"file-redirect": "DIFFERS"}),
    ({"resolve": "loop"}, {"file-redirect": "DIFFERS"}),
    ({"resolve_status": 302}, {"file-redirect": "differs"}),
    ({"second_hop_bucket": "none"}, {"limits-second-hop": "differs"}),
    ({"second_hop_bucket": "api"}, {"limits-second-hop": "differs"}),
    ({"etag": "other"}, {"etag": "differs"}),
    ({"commit_header": False}, {"file-commit": "differs"}),
    ({"paths_info": "404"}, {"blob-id": "differs"}),
    ({"paths_info": "missing oid"}, {"blob-id": "differs"}),
    ({"quota_api": (77, 77, 77)}, {"limits-tier": "differs"}),
    ({"quota_window": 60}, {"limits-tier": "differs"}),
    ({"ratelimit_headers": "none"}, {"limits-told": "differs"}),
    ({"ratelimit_headers": "malformed"}, {"limits-told": "differs"}),
    ({"ratelimit_headers": "limit only"}, {"limits-told": "differs"}),
]


@pytest.mark.parametrize(("rules", "expected"), SWITCHED, ids=lambda one: str(one)[:60])
def test_each_switch_is_seen(
    url: str, front: Front, rules: dict[str, Any], expected: dict[str, str]
) -> None:
    front.replica = replica(**rules)
    report = examine(hub(url))
    seen = told(report)
    assert {name: seen.get(name) for name in expected} == expected
    assert report.well is ("DIFFERS" not in seen.values())
    assert len(report.failures) == list(seen.values()).count("DIFFERS")


def test_with_a_token_what_is_missing_is_told_by_a_code(url: str, front: Front) -> None:
    rules: dict[str, Any] = {"missing_repo_token": "401 words"}
    front.replica = replica(**rules)
    assert told(examine(hub(url, "hf_x"))) == {"missing-repository": "differs"}


def test_private_rows_that_strangers_see_are_told(url: str, front: Front) -> None:
    front.replica = replica(private_rows="to anyone")
    front.replica.replace([*RECORDS, model("secret/one", 0, private=True)])
    assert told(examine(hub(url))) == {"private-rows": "differs"}


def test_quick_takes_two_requests_beside_the_pages_that_it_hands_on(url: str, front: Front) -> None:
    front.replica = replica(list_refuses=("baseModels",))
    report = examine(one := hub(url), quick=True)
    assert report.requests == 5  # the list of models was asked for again without the field
    assert len(front.replica.asked) == 6
    pages = report.pages
    assert list(pages) == [ListRequest(Kind.MODEL), ListRequest(Kind.DATASET)]
    page = pages[ListRequest(Kind.MODEL)]
    assert (len(page.items), page.dropped) == (1000, ("baseModels",))
    assert one.page(ListRequest(Kind.MODEL), page.cursor).items[0] not in page.items
    states = {r.id: r.verdict for r in report.results}
    assert states["models-fields"].state == "differs"
    assert states["missing-repository"].state == states["file-redirect"].state == "ok"
    unseen = [i for i, v in states.items() if v.seen == "not looked at"]
    assert {states[i].meaning for i in unseen} == {"run herdbook doctor"}
    assert {"next-page", "refusal", "peft", "renamed", "gated-readme"} <= set(unseen)


def test_a_list_that_is_refused_leaves_no_page(url: str, front: Front) -> None:
    front.replica = replica(list_refuses=("tags",))
    report = examine(hub(url), quick=True)
    assert report.pages == {}
    assert "refused: tags" in report.failures[0]


def test_a_hub_that_is_not_there_is_no_verdict() -> None:
    with pytest.raises(HubError, match="does not answer"):
        examine(hub("http://127.0.0.1:1"))


def test_a_hub_in_trouble_is_no_verdict(url: str, front: Front) -> None:
    front.replica = replica(Faults([Fault("503", times=None)]))
    with pytest.raises(HubError, match="503"):
        examine(hub(url))


def test_a_request_that_fails_is_unknown_and_said(url: str, front: Front) -> None:
    front.replica = replica(Faults([Fault("503", path="/api/models/gpt2", times=None)]))
    report = examine(hub(url))
    assert told(report) == {"renamed": "unknown", "floor": "unknown"}
    assert not report.well
    assert "503" in report.unanswered[0]


def test_a_hub_without_the_repositories_asked_for_is_no_failure(url: str, front: Front) -> None:
    front.replica = replica()
    front.replica.replace([model(f"o/{n}", n) for n in range(5)])
    report = examine(hub(url))
    assert report.well
    assert set(told(report).values()) == {"unknown"}


def test_a_card_that_is_not_there_is_no_failure(url: str, front: Front) -> None:
    front.replica = replica()
    bare = [{k: v for k, v in one.items() if k != "files"} | {"siblings": []} for one in RECORDS]
    front.replica.replace(bare)
    report = examine(hub(url))
    assert report.well
    assert told(report)["file-redirect"] == "unknown"


def test_every_check_has_its_own_id() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS) > 30


def test_plain_report_says_neither_token_nor_user(url: str, front: Front) -> None:
    front.replica = replica()
    report = examine(hub(url.replace("//", "//me:word@"), "hf_secret"))
    text = str(DoctorReport.model_validate(report))
    assert report.token
    assert report.endpoint == url
    assert not [word for word in ("hf_secret", "word@", "me:") if word in text]
