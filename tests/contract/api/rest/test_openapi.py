"""The OpenAPI document: complete, explained, and true to the answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.contract.rest_read_model import services


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(create_app(services(tmp_path_factory.mktemp("rest")))) as one:
        yield one


def operations(client: TestClient) -> list[tuple[str, dict[str, Any]]]:
    paths = client.get("/openapi.json").json()["paths"]
    return [
        (f"{method} {path}", told)
        for path, methods in paths.items()
        for method, told in methods.items()
        if path.startswith(("/v1", "/healthz", "/readyz", "/metrics"))
    ]


def test_openapi_explains_every_route_and_parameter(client: TestClient) -> None:
    found = operations(client)
    assert len(found) >= 22
    for route, told in found:
        assert told["summary"], route
        assert told["description"], route
        assert told["tags"], route
        done = next(status for status in told["responses"] if status.startswith("2"))
        assert done == "204" or told["responses"][done].get("content"), route
        for parameter in told.get("parameters", ()):
            assert parameter["description"], (route, parameter["name"])
    ids = [told["operationId"] for _, told in found]
    assert len(set(ids)) == len(ids)
    assert {"list_models", "get_dataset_lineage", "ask_cypher", "get_licence"} <= set(ids)


def test_openapi_says_the_shape_of_answers_and_of_problems(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert {"Problem", "ArtifactDetail", "LineageView"} <= document["components"]["schemas"].keys()
    lineage = document["paths"]["/v1/models/{owner}/{name}/lineage"]["get"]["responses"]
    assert {"application/json", "application/graphml+xml"} == lineage["200"]["content"].keys()
    assert lineage["404"]["content"].keys() == {"application/problem+json"}
    assert "HTTPValidationError" not in document["components"]["schemas"]
