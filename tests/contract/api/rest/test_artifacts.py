"""Models and data sets over HTTP, on a register made by the real parts."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import quote

import networkx as nx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.contract.rest_read_model import BAD, BARE, BASE, DEEP, GONE, GOOD, MANY, services


def walk(client: TestClient, address: str) -> list[dict[str, Any]]:
    """Return the items of every page, by the Link header."""
    items: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        following = answer.links["next"]["url"] if "next" in answer.links else None
        assert (answer.json()["next"] is None) == (following is None)
    return items


@pytest.mark.parametrize("limit", [1, 3, 12, 500])
def test_pages_hold_every_model_once_in_order_of_id(client: TestClient, limit: int) -> None:
    ids = [item["id"] for item in walk(client, f"/v1/models?limit={limit}")]
    assert ids == sorted(set(ids))
    assert {BASE, GOOD, BAD, BARE, DEEP, *MANY} <= set(ids)
    assert GONE not in ids


def test_the_cursor_member_leads_where_the_link_header_leads(client: TestClient) -> None:
    first = client.get("/v1/models", params={"limit": 2}).json()
    second = client.get("/v1/models", params={"limit": 2, "cursor": first["next"]}).json()
    linked = client.get(client.get("/v1/models?limit=2").links["next"]["url"]).json()
    assert second["items"] == linked["items"]
    assert second["items"][0]["id"] > first["items"][-1]["id"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("search=CALF-0", {name for name in MANY if "calf-0" in name}),
        ("author=acme&licence=apache-2.0", {BAD, f"{BAD}-chat"}),
        ("family=llama-3.1&search=support-8b&strength=declared", {BAD, f"{BAD}-chat"}),
        ("relation=finetune&author=meta-llama", set()),
        ("search=%25", set()),
    ],
)
def test_filters_narrow_the_list(client: TestClient, filters: str, expected: set[str]) -> None:
    assert {item["id"] for item in walk(client, f"/v1/models?limit=5&{filters}")} == expected


def test_data_sets_have_a_list_and_sheets_of_their_own(client: TestClient) -> None:
    ids = [item["id"] for item in walk(client, "/v1/datasets?limit=1")]
    assert ids == ["datasets/acme/talk", "datasets/talk"]
    assert client.get("/v1/datasets/acme/talk").json()["kind"] == "dataset"
    assert client.get("/v1/datasets/_/talk").json()["id"] == "datasets/talk"
    assert client.get("/v1/datasets/acme/talk/lineage").json()["nodes"][0]["kind"] == "dataset"
    assert client.get("/v1/datasets/acme/talk/findings").status_code == 200


def test_a_data_set_is_not_answered_as_a_model(client: TestClient) -> None:
    assert client.get("/v1/models/datasets/talk").status_code == 404
    assert client.get("/v1/models/datasets/acme/talk").status_code == 404


def test_a_sheet_says_families_licence_and_every_check(client: TestClient) -> None:
    stored = client.get(f"/v1/models/{BAD}").json()
    assert stored["families"] == ["llama-3.1"]
    assert stored["licence"]["declared"] == "apache-2.0"
    assert stored["licence"]["concluded"] == ["llama3.1"]
    assert stored["outcome"] == "failed"
    assert {"name-prefix", "eu-multimodal"} <= {f["check"] for f in stored["findings"]}


def test_an_id_without_owner_and_one_with_slashes_are_reachable(client: TestClient) -> None:
    assert client.get(f"/v1/models/_/{BARE}").json()["id"] == BARE
    assert client.get(f"/v1/models/_/{DEEP}").json()["id"] == DEEP
    assert client.get(f"/v1/models/_/{DEEP}/findings").json()["items"][0]["id"] == DEEP


def test_a_removed_model_is_answered_and_says_when_it_went(client: TestClient) -> None:
    answer = client.get(f"/v1/models/{GONE}")
    assert answer.status_code == 200
    assert answer.json()["removed"].endswith("Z")
    assert client.get(f"/v1/models/{GONE}/lineage").json()["nodes"] == []
    assert client.get(f"/v1/models/{GONE}/findings").status_code == 200


@pytest.mark.parametrize("tail", ["", "/lineage", "/findings"])
def test_an_unknown_model_names_the_nearest(client: TestClient, tail: str) -> None:
    answer = client.get(f"/v1/models/meta-llama/Llama-3.1-8{tail}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:problem-type:herdbook:unknown-model"
    assert BASE in answer.json()["nearest"]


def test_the_findings_of_an_artifact_name_it_and_every_check(client: TestClient) -> None:
    answer = client.get(f"/v1/models/{BAD}/findings").json()
    assert {item["id"] for item in answer["items"]} == {BAD}
    assert len({item["check"] for item in answer["items"]}) == 10
    failed = next(i for i in answer["items"] if i["check"] == "licence-tag")
    assert failed["path"][0]["parent"] == BASE


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("direction=up", {f"{BAD}-chat", BAD, BASE}),
        ("direction=up&depth=1", {f"{BAD}-chat", BAD}),
        ("direction=down", {f"{BAD}-chat"}),
        ("direction=up&strength=declared", {f"{BAD}-chat", BAD, BASE}),
    ],
)
def test_a_lineage_goes_the_way_and_as_far_as_asked(
    client: TestClient, asked: str, ids: set[str]
) -> None:
    lineage = client.get(f"/v1/models/{BAD}-chat/lineage?{asked}").json()
    assert {node["id"] for node in lineage["nodes"]} == ids
    assert lineage["truncated"] == ("depth=1" in asked)


@pytest.mark.parametrize("way", ["accept", "format"])
def test_a_lineage_comes_as_graphml_that_networkx_reads(client: TestClient, way: str) -> None:
    address = f"/v1/models/{BASE}/lineage?direction=down"
    if way == "format":
        answer = client.get(f"{address}&format=graphml")
    else:
        answer = client.get(address, headers={"Accept": "application/graphml+xml"})
    assert answer.headers["content-type"] == "application/graphml+xml"
    assert answer.headers["etag"] != client.get(address).headers["etag"]
    read: nx.DiGraph[str] = nx.DiGraph(nx.read_graphml(BytesIO(answer.content)))
    assert read.nodes[BAD]["families"] == "llama-3.1"
    assert set(read.predecessors(BASE)) >= {GOOD, BAD, *MANY}


def test_a_lineage_is_cut_at_the_servers_limit(tmp_path: Any) -> None:
    with TestClient(create_app(services(tmp_path, lineage_nodes=3))) as client:
        lineage = client.get(f"/v1/models/{BASE}/lineage?direction=down").json()
    assert lineage["truncated"]
    assert len(lineage["nodes"]) <= 3


@pytest.mark.parametrize("depth", ["0", "51", "-1", "x"])
def test_a_depth_out_of_bounds_is_refused(client: TestClient, depth: str) -> None:
    assert client.get(f"/v1/models/{BASE}/lineage?depth={depth}").status_code == 422


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("..", 404),
        ("../../../etc/passwd", 404),
        ("\0", 422),
        ("a\nb", 422),
        ("support-8b\n", 422),
        ("x" * 257, 422),
        ("x" * 256, 422),
        ('" OR 1=1 --', 404),
        ("'}) DETACH DELETE n //", 404),
        ("<script>alert(1)</script>", 404),
        ("%s%n{0}", 404),
        ("\u2028", 422),
        ("é" * 100, 404),
    ],
)
@pytest.mark.parametrize("tail", ["", "/lineage", "/findings"])
def test_hostile_names_get_a_problem(client: TestClient, name: str, status: int, tail: str) -> None:
    answer = client.get(f"/v1/models/acme/{quote(name, safe='').replace('.', '%2E')}{tail}")
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert "<" not in answer.json()["instance"]
