"""What all answers have in common: ETags, problems, headers, compression, the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from api.app import create_app
from api.http.services import Services
from crawler.ingest.importer import import_file
from graph.engines import open_graph
from graph.engines.port.ports import GraphState, StoreError
from graph.pipeline.build import build
from graph.storage.database import open_database
from graph.storage.read_model import ReadModel
from graph.storage.tables import Base
from graph.storage.triage import Triage
from tests.contract.rest_read_model import BASE, GOOD, model, services, write

MARKED = [
    "/v1/models",
    "/v1/datasets?limit=1",
    f"/v1/models/{BASE}",
    f"/v1/models/{BASE}/lineage",
    f"/v1/models/{BASE}/lineage?format=graphml",
    f"/v1/models/{BASE}/findings",
    "/v1/families",
    "/v1/families/llama-3.1/members",
    "/v1/findings",
    "/v1/licences",
    "/v1/licences/llama3.1",
    "/v1/queries",
    "/v1/queries/family-sizes",
    "/v1/queries/neo4j-browser",
    "/v1/queries/neo4j-browser?format=zip",
    "/v1/footprint",
    "/v1/footprint/brand",
]
OF_CODE = ("/v1/licences", "/v1/queries")
OF_THE_MOMENT = ["/v1/runs", "/v1/cypher?q=RETURN%201", "/healthz", "/readyz", "/metrics"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return services(tmp_path_factory.mktemp("rest"))


@pytest.fixture(scope="module")
def client(made: Services) -> Iterator[TestClient]:
    with TestClient(create_app(made), raise_server_exceptions=False) as one:
        yield one


class BrokenStore:
    """A graph that cannot be read."""

    def state(self) -> GraphState:
        raise StoreError("the graph's file is broken: run `herdbook build --fresh`")


class FaultyReadModel:
    """A register with a fault of ours in it."""

    def build(self) -> None:
        raise ZeroDivisionError("secret detail")


@pytest.mark.parametrize("address", MARKED)
def test_what_is_held_already_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(address)
    assert first.status_code == 200
    etag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    assert ("herdbook-build" in first.headers) == (not address.startswith(OF_CODE))
    for held in (etag, etag.removeprefix("W/"), f'"other", {etag}'):
        again = client.get(address, headers={"If-None-Match": held})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == etag
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_etags_differ_by_address_and_not_by_the_order_of_its_query(client: TestClient) -> None:
    def etag(address: str) -> str:
        return str(client.get(address).headers["etag"])

    assert etag("/v1/models?limit=2&search=a") == etag("/v1/models?search=a&limit=2")
    assert etag("/v1/models?limit=2") != etag("/v1/models?limit=3")
    assert etag("/v1/models") != etag("/v1/datasets")


@pytest.mark.parametrize("address", OF_THE_MOMENT)
def test_what_is_of_the_moment_has_no_etag(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_etags_change_when_records_are_stored_and_when_they_are_built(tmp_path: Path) -> None:
    made = services(tmp_path)
    engine = open_database(f"sqlite:///{tmp_path}/herdbook.db")
    with TestClient(create_app(made)) as client:
        before = client.get(f"/v1/models/{GOOD}")
        import_file(
            engine, write(tmp_path / "third.jsonl", [model(GOOD, BASE, "mit", downloads=999)])
        )
        held = {"If-None-Match": before.headers["etag"]}
        stored = client.get(f"/v1/models/{GOOD}", headers=held)
        assert stored.json()["downloads"] == 999
        assert stored.headers["herdbook-build"] == before.headers["herdbook-build"]
        build(engine, made.store, f"kglite:///{tmp_path}/graph.kgl")
        built = client.get(f"/v1/models/{GOOD}")
    assert built.headers["etag"] not in (before.headers["etag"], stored.headers["etag"])
    assert built.headers["herdbook-build"] != before.headers["herdbook-build"]


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1", 404),
        ("GET", "/v1/models/", 404),
        ("GET", "/v1/models/ownerless", 404),
        ("DELETE", "/v1/models", 405),
        ("PUT", "/v1/cypher", 405),
        ("GET", "/v1/models?cursor=%F0", 400),
        ("GET", "/v1/models?limit=x", 422),
        ("GET", "/v1/cypher", 422),
    ],
)
def test_every_error_is_a_problem(
    client: TestClient, method: str, address: str, status: int
) -> None:
    answer = client.request(method, address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= told.keys()
    assert told["status"] == status
    assert told["instance"] == address.partition("?")[0]


def test_a_method_that_is_not_taken_names_those_that_are(client: TestClient) -> None:
    assert client.delete("/v1/models").headers["allow"] == "GET"


def test_a_fault_of_ours_tells_nothing_and_has_the_headers(made: Services) -> None:
    faulty = replace(made, read_model=cast("ReadModel", FaultyReadModel()))
    answer = TestClient(create_app(faulty), raise_server_exceptions=False).get("/v1/models")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_a_graph_that_cannot_be_read_is_said(made: Services) -> None:
    client = TestClient(create_app(replace(made, store=cast("Any", BrokenStore()))))
    answer = client.get(f"/v1/models/{BASE}/lineage")
    assert answer.status_code == 503
    assert "herdbook build" in answer.json()["detail"]
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["parts"] == {"database": "readable", "graph": "not readable"}
    assert client.get("/healthz").status_code == 200


def test_a_database_that_cannot_be_read_is_said_without_its_address(
    made: Services, tmp_path: Path
) -> None:
    read_model = ReadModel(create_engine(f"sqlite:///{tmp_path}/missing/herdbook.db"))
    client = TestClient(create_app(replace(made, read_model=read_model)))
    answer = client.get("/v1/models")
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text
    assert client.get("/readyz").json()["parts"]["database"] == "not readable"
    assert "herdbook_requests_total" in client.get("/metrics").text


@pytest.mark.parametrize("address", ["/healthz", "/v1/models", "/nowhere", "/v1/models/a/%00"])
def test_every_answer_has_the_security_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_large_answers_travel_compressed(client: TestClient) -> None:
    large = client.get("/v1/queries", headers={"Accept-Encoding": "gzip"})
    assert large.headers["content-encoding"] == "gzip"
    assert {"Accept", "Accept-Encoding"} <= set(large.headers["vary"].split(", "))
    assert "content-encoding" not in client.get("/healthz").headers


def test_a_register_before_its_first_build_answers_empty(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/herdbook.db")
    Base.metadata.create_all(engine)
    store = open_graph(f"kglite:///{tmp_path}/graph.kgl")
    client = TestClient(
        create_app(Services(ReadModel(engine), store, cast("Any", store), Triage(engine)))
    )
    assert client.get("/readyz").json()["build"] is None
    models = client.get("/v1/models")
    assert models.json() == {"items": [], "next": None}
    assert "herdbook-build" not in models.headers
    assert client.get(f"/v1/models/{BASE}/lineage").status_code == 404
    assert client.get("/v1/footprint").status_code == 503


def test_a_graph_that_was_lost_is_said(tmp_path: Path) -> None:
    made = services(tmp_path)
    (tmp_path / "graph.kgl").unlink()
    client = TestClient(create_app(made))
    assert client.get("/readyz").json()["parts"]["graph"] == "empty, though something was built"
    assert client.get("/v1/footprint").status_code == 503
    assert client.get("/v1/cypher?q=RETURN%201").status_code == 400
