"""Two licences compared over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.catalogue.licences import load
from tests.contract.rest_read_model import services

ADDRESS = "/v1/licences/llama3/diff/llama3.1"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(create_app(services(tmp_path_factory.mktemp("rest")))) as one:
        yield one


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: without_nulls(v) for k, v in value.items() if v is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


def test_llama_3_to_3_1_says_four_changes_and_one_deletion(client: TestClient) -> None:
    told = client.get(ADDRESS).json()
    assert told["summary"][:2] == ["four changes in 1.b.i", "1.b.v deleted"]
    assert (told["before"]["id"], told["after"]["id"]) == ("llama3", "llama3.1")
    clauses = {one["check"]: one for one in told["clauses"]}
    gone = clauses["outputs-training"]
    assert (gone["standing"], gone["after"]) == ("deleted", None)
    assert [run["kind"] for run in gone["runs"]] == ["deleted"]
    counted = [c for c in told["clauses"] if c["paragraph"] == "1.b.i" and not c["as_under"]]
    assert sum(one["changes"] for one in counted) == 4


@pytest.mark.parametrize("a", load().licences)
def test_every_pair_is_answered(client: TestClient, a: str) -> None:
    for b in load().licences:
        answer = client.get(f"/v1/licences/{a}/diff/{b}")
        assert answer.status_code == 200
        if a == b:
            assert answer.json()["summary"] == []


@pytest.mark.parametrize("pair", ["llama31/diff/llama3", "llama3/diff/llama31"])
def test_an_unknown_licence_is_a_problem_that_names_the_known(
    client: TestClient, pair: str
) -> None:
    answer = client.get(f"/v1/licences/{pair}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["known"] == list(load().licences)
    assert "llama3.1" in problem["nearest"]
    assert all(one in problem["detail"] for one in load().licences)


def test_a_strange_id_is_refused(client: TestClient) -> None:
    assert client.get("/v1/licences/%01/diff/llama3").status_code in (400, 404, 422)
    assert client.get(f"/v1/licences/{'x' * 300}/diff/llama3").status_code == 422


def test_an_answer_is_marked_and_not_sent_twice(client: TestClient) -> None:
    mark = client.get(ADDRESS).headers["etag"]
    assert client.get(ADDRESS, headers={"If-None-Match": mark}).status_code == 304


def test_openapi_tells_the_shape_and_a_true_example(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    told = document["paths"]["/v1/licences/{a}/diff/{b}"]["get"]
    example = told["responses"]["200"]["content"]["application/json"]["example"]
    answer = client.get(ADDRESS).json()
    shown = {**answer, "clauses": answer["clauses"][: len(example["clauses"])]}
    assert example == without_nulls(shown)  # FastAPI leaves nulls out of its document
    shapes = document["components"]["schemas"]
    assert answer.keys() == shapes["LicenceDiffView"]["properties"].keys()
    assert answer["clauses"][0].keys() == shapes["ClauseDiffView"]["properties"].keys()
    assert {"404", "422", "304"} <= told["responses"].keys()
