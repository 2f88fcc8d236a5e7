"""POST /v1/check: a planned model's verdict, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.rest.check import MAX_FILE
from graph.compliance.policies import PROFILES
from graph.preflight import Judging
from tests.contract.rest_read_model import BAD, BASE, DEEP, services


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(create_app(services(tmp_path_factory.mktemp("rest")))) as one:
        yield one


def check(client: TestClient, **model: Any) -> Any:
    return client.post("/v1/check", json=model)


@pytest.mark.parametrize("base", [BASE, BAD])
def test_a_plan_is_judged_by_its_base(client: TestClient, base: str) -> None:
    answer = check(client, name="support", bases=[base], license="mit")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["verdict"] == "2 duties are failed: name-prefix, licence-tag"
    assert told["outcome"] == "failed"
    assert told["families"] == ["llama-3.1"]
    assert told["suggested_name"] == "Llama-support"
    assert {f["check"] for f in told["findings"]} >= {"name-prefix", "eu-multimodal"}
    assert told["findings"][0]["path"][0]["child"] == "planned/support"
    assert [(edge["parent"], edge["relation"]) for edge in told["parents"]] == [(base, "finetune")]


@pytest.mark.parametrize("base", [DEEP, "nobody/thing"])
def test_a_base_that_nobody_could_resolve_is_unknown(client: TestClient, base: str) -> None:
    told = check(client, name="support", bases=[base], license="mit").json()
    assert [one["reference"] for one in told["unresolved"]] == [base]
    assert told["verdict"].startswith(f"The base {base} ")
    assert (told["outcome"], told["failed"]) == ("unknown", [])


def test_a_model_names_its_bases_or_is_from_scratch(client: TestClient) -> None:
    refused = check(client, name="support")
    assert refused.status_code == 422
    assert "from scratch" in refused.json()["detail"]
    told = check(client, name="support", from_scratch=True).json()
    assert (told["verdict"], told["parents"]) == ("Nothing stands in the way", [])


def test_files_say_what_a_model_is_to_its_base(client: TestClient) -> None:
    files = {"adapter_config.json": f'{{"base_model_name_or_path": "{BASE}"}}'}
    told = check(client, name="Llama-x", files=files).json()
    assert [(edge["parent"], edge["relation"]) for edge in told["parents"]] == [(BASE, "adapter")]


def test_files_that_are_told_are_all_there_is(client: TestClient) -> None:
    unknown = check(client, name="Llama-x", bases=[BASE], license="Llama 3.1").json()
    known = check(client, name="Llama-x", bases=[BASE], license="Llama 3.1", files={}).json()
    assert (unknown["failed"], known["failed"]) == ([], ["licence-copy"])


def test_a_base_that_is_guessed_is_said(client: TestClient) -> None:
    told = check(client, name="x", bases=["nobody/llama-3.1-8b"], license="mit").json()
    assert [one["reference"] for one in told["guessed"]] == ["nobody/llama-3.1-8b"]
    assert told["verdict"].startswith("The base nobody/llama-3.1-8b is not in the register")
    assert told["failed"] == []


def test_the_door_says_how_names_are_read_and_what_open_texts_mean(tmp_path: Any) -> None:
    app = create_app(services(tmp_path))
    app.state.judging = Judging(policies=PROFILES["strict"])
    told = check(TestClient(app), name="x", bases=["nobody/llama-3.1-8b"], license="mit").json()
    assert told["families"] == ["llama-3.1"]
    assert told["failed"] == []
    strict = check(TestClient(app), name="x", bases=[BASE], relation="adapter").json()
    assert "name-prefix" in strict["failed"]


MANY = f"---\nbase_model: [{', '.join(f'a/b{number}' for number in range(61))}]\n---\n"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "a/b/c"},
        {"name": "a\nb"},
        {"name": "datasets/a"},
        {"name": "x" * 257},
        {"name": "x", "bases": ["b"] * 21},
        {"name": "x", "bases": ["datasets/b"]},
        {"name": "x", "bases": [""]},
        {"name": "x", "relation": "trained_on"},
        {"name": "x", "files": {"README.md": "x" * (MAX_FILE + 1)}},
        {"name": "x", "files": {str(n): "" for n in range(51)}},
        {"name": "x", "bases": ["b"], "basis": ["b"]},
        {"name": "x", "bases": ["b"], "from_scratch": True},
        {"name": "x y", "bases": ["b"]},
        {"name": "x", "files": {"README.md": MANY}},
        [],
    ],
)
def test_what_cannot_be_judged_is_a_problem(client: TestClient, body: Any) -> None:
    answer = client.post("/v1/check", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:problem-type:herdbook:invalid-request"


def test_openapi_has_the_shapes_and_its_examples_are_answered(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    assert "post" in document["paths"]["/v1/check"]
    for example in schemas["PlannedModel"]["examples"]:
        told = check(client, **example).json()
        assert told.keys() == schemas["PreflightResult"]["properties"].keys()
        assert told["duties"][0].keys() == schemas["DutyView"]["properties"].keys()
