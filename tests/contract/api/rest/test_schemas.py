"""Schemas are the answers: what the document says is all that is answered, to the last key."""

from __future__ import annotations

from collections.abc import Iterator
from secrets import token_hex
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from pydantic import ValidationError

from api.app import create_app
from api.schemas.artifacts import ArtifactDetail
from api.schemas.base import Schema
from graph.storage.database import open_database
from tests.contract.rest_read_model import BAD, BASE, DATA, GONE, services
from tests.made_runs import plan, put_run

FILLED = {
    "/v1/models/{owner}/{name}": [BASE, BAD, GONE],
    "/v1/datasets/{owner}/{name}": [DATA.removeprefix("datasets/")],
    "/v1/families/{id}": ["llama-3.1"],
    "/v1/licences/{licence}": ["llama2", "llama3.1"],
    "/v1/licences/{a}/diff/{b}": ["llama3/diff/llama3.1", "llama3.2/diff/llama4"],
    "/v1/queries/{name}": ["family-sizes", "ancestors-of"],
    "/v1/footprint/{name}": ["brand", "growth"],
}
TOKEN = token_hex()
ASKED = {"/v1/cypher": "?q=MATCH (m:Model) RETURN m, m.downloads LIMIT 3"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("schemas")
    given = services(folder, token=TOKEN)
    engine = open_database(f"sqlite:///{folder}/herdbook.db")
    put_run(engine, stage="list", plan=plan(90, 540), counts={"records": 9})
    with TestClient(create_app(given)) as one:
        yield one


@pytest.fixture(scope="module")
def document(client: TestClient) -> Any:
    told = {"id": BAD, "check": "name-prefix", "kind": "noted", "reason": "r", "by": "b"}
    shown = {"Authorization": f"Bearer {TOKEN}"}
    assert client.post("/v1/findings/annotations", json=told, headers=shown).status_code == 201
    return client.get("/openapi.json").json()


def schemas(kind: type[Schema] = Schema) -> Iterator[type[Schema]]:
    for one in kind.__subclasses__():
        yield one
        yield from schemas(one)


def addresses(client: TestClient, path: str) -> list[str]:
    """Return what to ask of a path: its parameters filled in."""
    if path == "/v1/runs/{run}":
        return [f"/v1/runs/{run['id']}" for run in client.get("/v1/runs").json()["items"]]
    begin = max((known for known in FILLED if path.startswith(known)), key=len, default=None)
    if begin is None:
        return [path + ASKED.get(path, "")]
    before, after = begin.partition("{")[0], path.removeprefix(begin)
    return [f"{before}{filled}{after}" for filled in FILLED[begin]]


def strict(document: Any, shape: Any) -> Draft202012Validator:
    return Draft202012Validator({**shape, "components": document["components"]})


def test_every_answer_is_what_the_document_says_and_no_more(
    client: TestClient, document: Any
) -> None:
    asked = 0
    for path, methods in document["paths"].items():
        content = methods.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        for address in addresses(client, path) if "application/json" in content else ():
            answer = client.get(address)
            assert answer.status_code == 200, address
            shape = strict(document, content["application/json"]["schema"])
            assert [error.message for error in shape.iter_errors(answer.json())] == [], address
            asked += 1
    assert asked >= 34


@pytest.mark.parametrize(
    "address",
    ["/v1/models/no/one", "/v1/licences/none/diff/llama3", "/v1/models?limit=x", "/nothing"],
)
def test_every_problem_is_what_the_document_says(
    client: TestClient, document: Any, address: str
) -> None:
    answer = client.get(address)
    assert answer.headers["content-type"] == "application/problem+json"
    strict(document, document["components"]["schemas"]["Problem"]).validate(answer.json())


def test_no_shape_of_the_document_lets_further_keys_through(document: Any) -> None:
    shapes = document["components"]["schemas"]
    open_ = [
        name
        for name, shape in shapes.items()
        if "properties" in shape and shape.get("additionalProperties") is not False
    ]
    assert open_ == []
    assert {"ArtifactDetail", "FindingPage", "LineageView", "LicenceDiffView"} <= shapes.keys()


@pytest.mark.parametrize("schema", [*schemas()], ids=lambda schema: schema.__name__)
def test_a_key_that_a_schema_does_not_name_is_an_error(schema: type[Schema]) -> None:
    with pytest.raises(ValidationError) as caught:
        schema.model_validate({"made_up": 1})
    assert [one["loc"] for one in caught.value.errors() if one["type"] == "extra_forbidden"] == [
        ("made_up",)
    ]
    assert schema.model_config["frozen"]


def test_an_answer_with_a_key_more_cannot_be_made(client: TestClient, document: Any) -> None:
    told = client.get(f"/v1/models/{BAD}").json()
    assert ArtifactDetail.model_validate(told).model_dump(mode="json") == told
    with pytest.raises(ValidationError, match="extra_forbidden"):
        ArtifactDetail.model_validate({**told, "trending": 3})
    shape = strict(document, document["components"]["schemas"]["ArtifactDetail"])
    assert shape.is_valid(told)
    assert not shape.is_valid({**told, "trending": 3})
