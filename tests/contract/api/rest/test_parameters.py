"""A query parameter that an address does not know is refused, and those it knows are named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.contract.rest_read_model import BASE, services
from tests.places import ROOT

OWNER, _, NAME = BASE.partition("/")
PLACES = {"owner": OWNER, "name": NAME, "id": "llama-3.1", "licence": "llama3.1", "a": "llama3",
          "b": "llama3.1", "run": "none", "number": "1"}  # fmt: skip
NAMES = {"/v1/queries/{name}": "family-sizes", "/v1/footprint/{name}": "brand"}
PAGES = ROOT / "api" / "dashboard"
WRITTEN = [*ROOT.glob("docs/**/*.md"), ROOT / "README.md", *PAGES.glob("assets/src/**/*.js"),
           *PAGES.glob("templates/*")]  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(create_app(services(tmp_path_factory.mktemp("rest")))) as one:
        yield one


def gets(client: TestClient) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the address of each GET route of the document, with its query parameters' schemas."""
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        if "get" in methods:
            places = PLACES | ({"name": NAMES[path]} if path in NAMES else {})
            told = methods["get"].get("parameters", [])
            yield path.format(**places), {p["name"]: p for p in told if p["in"] == "query"}


def test_every_get_route_refuses_an_unknown_parameter_and_names_the_known(
    client: TestClient,
) -> None:
    found = list(gets(client))
    assert len(found) >= 20
    for address, known in found:
        for wrong in ("as_of", "sort", "Strength"):
            answer = client.get(address, params={wrong: "x"})
            assert answer.status_code == 422, address
            assert answer.headers["content-type"] == "application/problem+json"
            [error] = answer.json()["errors"]
            assert error["place"] == f"query.{wrong}"
            named = error["message"].rpartition("known: ")[2].split(", ")
            assert named == (sorted(known) or ["none"]), address


def test_every_get_route_takes_the_parameters_that_it_names(client: TestClient) -> None:
    for address, known in gets(client):
        given = {n: p["schema"].get("examples", [1])[0] for n, p in known.items() if n != "cursor"}
        given |= {"kind": "model"} if "kind" in known else {}
        assert client.get(address, params=given).status_code in (200, 404), (address, given)


def test_other_methods_refuse_it_too(client: TestClient) -> None:
    answer = client.post("/v1/cypher?format=csv", json={"query": "RETURN 1 AS one"})
    assert answer.status_code == 422
    assert "known: none" in answer.json()["detail"]


def test_a_wrong_value_beside_an_unknown_name_is_no_way_past(client: TestClient) -> None:
    answer = client.get("/v1/findings?outcome=bad&as_of=x&sort=y")
    assert [e["place"] for e in answer.json()["errors"]] == ["query.as_of", "query.sort"]


@pytest.mark.parametrize("name", ["outcome", "family", "author", "min_downloads", "strength"])
def test_an_empty_filter_was_not_given(client: TestClient, name: str) -> None:
    everything = client.get("/v1/findings").json()["items"]
    assert client.get(f"/v1/findings?{name}=").json()["items"] == everything


def test_an_unknown_family_is_told_the_nearest(client: TestClient) -> None:
    answer = client.get("/v1/models?family=llama-3.11")
    assert "nearest: llama-3.1" in answer.json()["detail"]


def test_addresses_that_are_written_anywhere_ask_for_what_is_known(client: TestClient) -> None:
    text = "\n".join(path.read_text("utf-8") for path in WRITTEN)
    found = set(re.findall(r"[\s`\"'(](/[\w./-]*)\?(\w[\w.]*)=", text))
    assert {("/v1/queries/neo4j-browser", "format"), ("/v1/runs", "limit")} <= found
    for path, name in found:
        assert "not known here" not in client.get(path, params={name: "1"}).text, (path, name)
