"""Families, findings, licences, queries, footprint, runs and health over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph.catalogue import licences
from graph.catalogue.model import Outcome
from graph.catalogue.roster import load as load_roster
from graph.engines.queries.query import library as questions
from tests.contract.rest_read_model import BAD, BASE, GOOD, MANY

Get = Callable[[str], Any]


@pytest.fixture(scope="module")
def get(client: TestClient) -> Get:
    def get(address: str) -> Any:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return get


def walk(get: Get, address: str) -> list[dict[str, Any]]:
    """Return the items of every page, by the cursor."""
    page = get(address)
    items: list[dict[str, Any]] = page["items"]
    while page["next"]:
        page = get(f"{address}&cursor={page['next']}")
        items += page["items"]
    return items


def test_every_family_of_the_rosters_is_listed_and_counted(get: Get) -> None:
    families = {family["id"]: family for family in get("/v1/families")["items"]}
    assert families.keys() == load_roster().families.keys()
    counted = families["llama-3.1"]
    assert counted["models"] == counted["crawled"] == 5 + len(MANY)
    assert families["llama-4"]["models"] == 0
    assert counted["llama"]


def test_a_familys_members_are_paged_and_filtered(get: Get) -> None:
    members = walk(get, "/v1/families/llama-3.1/members?limit=4")
    assert len({m["id"] for m in members}) == len(members) == 5 + len(MANY)
    assert walk(get, "/v1/families/llama-3.1/members?limit=4&kind=dataset") == []
    acme = walk(get, "/v1/families/llama-3.1/members?limit=4&author=acme")
    assert {m["id"] for m in acme} == {GOOD, BAD, f"{BAD}-chat"}


def test_an_unknown_family_names_the_nearest(client: TestClient) -> None:
    answer = client.get("/v1/families/llama-31/members")
    assert answer.status_code == 404
    assert "llama-3.1" in answer.json()["nearest"]


@pytest.mark.parametrize("limit", [1, 5, 500])
def test_pages_hold_every_finding_once_most_downloaded_first(get: Get, limit: int) -> None:
    found = walk(get, f"/v1/findings?limit={limit}")
    marks = [(f["id"], f["check"], f["licence"]) for f in found]
    assert len(set(marks)) == len(marks) > len(MANY)
    downloads = [f["downloads"] for f in found]
    assert downloads == sorted(downloads, reverse=True)
    assert "not-applicable" not in {f["outcome"] for f in found}


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ("check=licence-tag&outcome=failed&author=acme", {BAD, f"{BAD}-chat"}),
        ("check=name-prefix&outcome=failed&min_downloads=150", {BAD}),
        ("check=name-prefix&outcome=passed&family=llama-3.1&strength=declared", {GOOD}),
        ("relation=merge", set()),
        ("family=llama-2", set()),
    ],
)
def test_findings_are_filtered(get: Get, filters: str, ids: set[str]) -> None:
    assert {f["id"] for f in walk(get, f"/v1/findings?limit=2&{filters}")} >= ids
    outside = {f["id"] for f in walk(get, f"/v1/findings?limit=50&{filters}")} - ids
    assert not {i for i in outside if i.startswith("acme/")}


@pytest.mark.parametrize(
    "wrong",
    [
        "check=nonsense",
        "outcome=bad",
        "family=zebra",
        "relation=cousin",
        "strength=firm",
        "min_downloads=-1",
        "min_downloads=99999999999999999999999",
        "author=%00",
        "author=" + "x" * 257,
        "limit=0",
        "limit=501",
        "limit=many",
    ],
)
def test_a_wrong_filter_is_a_problem_that_names_it(client: TestClient, wrong: str) -> None:
    answer = client.get(f"/v1/findings?{wrong}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["place"] == f"query.{wrong.partition('=')[0]}"


def test_every_licence_is_listed_and_told_whole(get: Get) -> None:
    lines = get("/v1/licences")["items"]
    assert [line["id"] for line in lines] == list(licences.load().licences)
    for line in lines:
        whole = get(f"/v1/licences/{line['id']}")
        assert [duty["check"] for duty in whole["obligations"]] == line["checks"]
        assert all(duty["quote"] and duty["section"] for duty in whole["obligations"])
    naming = next(d for d in whole["obligations"] if d["check"] == "name-prefix")
    assert naming["required"] == "Llama"
    assert "weights" in naming["triggers"]


def test_every_query_of_the_library_is_told_with_its_parameters(get: Get) -> None:
    told = get("/v1/queries")["items"]
    assert [query["name"] for query in told] == list(questions())
    for query in told:
        assert get(f"/v1/queries/{query['name']}") == query


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("/v1/licences/llama31", "llama3.1"),
        ("/v1/queries/family-size", "family-sizes"),
        ("/v1/footprint/brands", "brand"),
    ],
)
def test_what_is_not_known_names_the_nearest(
    client: TestClient, address: str, nearest: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert nearest in answer.json()["nearest"]


def test_the_footprint_gives_every_result_and_each_alone(get: Get) -> None:
    results = get("/v1/footprint?strength=declared")["items"]
    assert results
    for result in results:
        assert result["query"] in questions()
        assert get(f"/v1/footprint/{result['name']}?strength=declared") == result


def test_runs_come_newest_first_page_by_page(get: Get) -> None:
    runs = walk(get, "/v1/runs?limit=1")
    assert [run["source"] for run in runs] == ["second.jsonl", "first.jsonl"]
    assert runs[0]["counts"]["removed"] == 1


def test_a_run_tells_what_it_refused(get: Get, client: TestClient) -> None:
    first = get("/v1/runs")["items"][-1]
    report = get(f"/v1/runs/{first['id']}")
    assert [notice["kind"] for notice in report["notices"]] == ["refused"]
    assert not report["notices_truncated"]
    assert client.get("/v1/runs/none").status_code == 404


def test_health_and_readiness(get: Get) -> None:
    assert get("/healthz") == {"status": "alive"}
    ready = get("/readyz")
    assert ready["status"] == "ready"
    assert ready["build"]


def test_metrics_name_routes_by_their_template(client: TestClient) -> None:
    client.get(f"/v1/models/{BASE}")
    client.get("/not/there")
    text = client.get("/metrics").text
    counted = 'herdbook_requests_total{method="GET",route="/v1/models/{owner}/{name}",status="200"}'
    assert counted in text
    assert 'route="other",status="404"' in text
    assert BASE not in text
    assert "herdbook_artifacts 2" in text
    assert "herdbook_findings " in text


def test_outcomes_are_those_of_the_model(get: Get) -> None:
    assert {f["outcome"] for f in walk(get, "/v1/findings?limit=500")} <= set(Outcome)
