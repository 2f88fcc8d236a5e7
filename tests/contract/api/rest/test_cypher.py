"""The Cypher console over HTTP: what it answers, what it refuses, its limits."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.http.guards import MAX_BODY
from graph.engines.port.limits import Limits
from graph.engines.queries.query import library
from tests.contract.rest_read_model import BASE, services

ENDLESS = "UNWIND range(1,100000) AS a UNWIND range(1,100000) AS b RETURN sum(a*b)"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    made = services(
        tmp_path_factory.mktemp("rest"), cypher_seconds=0.3, cypher_rows=10, cypher_at_once=1
    )
    with TestClient(create_app(made)) as one:
        yield one


def ask(client: TestClient, query: str, **more: Any) -> Any:
    return client.post("/v1/cypher", json={"query": query, **more})


def test_an_answer_has_columns_rows_and_the_build(client: TestClient) -> None:
    answer = ask(
        client, "MATCH (m:Model {id: $id}) RETURN m.id AS id, m.official", parameters={"id": BASE}
    )
    told = answer.json()
    assert told["columns"] == ["id", "m.official"]
    assert told["rows"] == [[BASE, True]]
    assert not told["truncated"]
    assert told["build"] == answer.headers["herdbook-build"]
    assert told["seconds"] >= 0
    assert answer.headers["cache-control"] == "no-store"


def test_a_question_can_be_an_address(client: TestClient) -> None:
    answer = client.get("/v1/cypher", params={"q": "UNWIND range(1,9) AS n RETURN n", "limit": 2})
    assert answer.json()["rows"] == [[1], [2]]
    assert answer.json()["truncated"]


@pytest.mark.parametrize(("limit", "rows"), [(1, 1), (10, 10), (1000, 10), (None, 10)])
def test_rows_keep_within_the_servers_limit(
    client: TestClient, limit: int | None, rows: int
) -> None:
    told = ask(client, "UNWIND range(1,50) AS n RETURN n", limit=limit).json()
    assert len(told["rows"]) == rows
    assert told["truncated"]


def test_values_that_json_lacks_are_written_plainly(client: TestClient) -> None:
    told = ask(client, "RETURN 1e308*10 AS i, date('2025-01-02') AS d, {a: [1]} AS m").json()
    assert told["rows"] == [[None, "2025-01-02", {"a": [1]}]]


@pytest.mark.parametrize("name", list(library()))
def test_every_query_of_the_library_runs_as_it_is_told(client: TestClient, name: str) -> None:
    told = client.get(f"/v1/queries/{name}").json()
    given = {p["name"]: p["default"] for p in told["parameters"]}
    assert ask(client, told["cypher"], parameters=given).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (:Model {id: 'x'})",
        "MATCH (m:Model) SET m.likes = 0 RETURN m",
        "MATCH (n) DETACH DELETE n",
        "RETURN 1; MATCH (n) DETACH DELETE n",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "CALL dbms.functions()",
    ],
)
def test_what_does_more_than_read_is_refused(client: TestClient, query: str) -> None:
    answer = ask(client, query)
    assert answer.status_code == 403, answer.text
    assert answer.json()["type"] == "urn:problem-type:herdbook:query-refused"
    assert ask(client, "MATCH (m:Model) RETURN count(m) > 5 AS there").json()["rows"] == [[True]]


def test_a_wrong_query_is_told_with_its_place(client: TestClient) -> None:
    answer = ask(client, "MATCH (m:Model)\nRETRN m")
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:problem-type:herdbook:query-failed"
    assert "line 2" in answer.json()["detail"]


def test_a_missing_parameter_is_named(client: TestClient) -> None:
    answer = ask(client, "RETURN $nothing AS n")
    assert answer.status_code == 400
    assert "nothing" in answer.json()["detail"]


def test_a_query_over_its_time_is_stopped(client: TestClient) -> None:
    answer = ask(client, ENDLESS)
    assert answer.status_code == 504
    assert answer.json()["type"] == "urn:problem-type:herdbook:query-timeout"


def test_an_answer_over_its_size_is_told_from_other_failures(tmp_path: Any) -> None:
    made = services(tmp_path, console=Limits(size=1000))
    with TestClient(create_app(made)) as client:
        answer = ask(client, "RETURN range(1, 1000) AS x")
        assert answer.status_code == 400
        assert answer.json()["type"] == "urn:problem-type:herdbook:result-too-large"
        assert "HERDBOOK_CYPHER_BYTES" in answer.json()["detail"]
        assert ask(client, "RETURN 1 AS one").json()["rows"] == [[1]]


def test_the_console_takes_so_many_questions_at_once(tmp_path: Any) -> None:
    made = services(tmp_path, cypher_seconds=3, cypher_at_once=1)
    with TestClient(create_app(made)) as client, ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: ask(client, ENDLESS), range(2)))
    assert sorted(answer.status_code for answer in answers) == [503, 504]
    busy = min(answers, key=lambda answer: answer.status_code)
    assert busy.headers["retry-after"]


@pytest.mark.parametrize("way", ["post", "get"])
def test_a_query_too_long_is_not_run(client: TestClient, way: str) -> None:
    query = "RETURN 1 //" + "x" * 20_000
    answer = ask(client, query) if way == "post" else client.get("/v1/cypher", params={"q": query})
    assert answer.status_code == 413


@pytest.mark.parametrize("told", [True, False])
def test_an_endless_body_is_not_read(client: TestClient, told: bool) -> None:
    body = b'{"query": "' + b"x" * MAX_BODY + b'"}'
    sent = body if told else iter([body[:1000], body[1000:]])
    answer = client.post("/v1/cypher", content=sent, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"MATCH"',
        b'{"query": ""}',
        b'{"query": 1}',
        b'{"query": "RETURN 1", "limit": 0}',
        b'{"query": "RETURN 1", "limt": 5}',
        b'{"query": "RETURN 1", "parameters": []}',
        b'{"query": "RETURN $a", "parameters": {"a": 99999999999999999999}}',
        b'{"query": "RETURN $a", "parameters": {"a": ["\\ud800"]}}',
        b'{"query": "RETURN \'\\ud800\'"}',
    ],
)
def test_a_body_that_is_no_question_is_a_problem(client: TestClient, body: bytes) -> None:
    answer = client.post("/v1/cypher", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"]


def test_a_body_nested_without_end_is_a_problem(client: TestClient) -> None:
    body = b'{"query": "RETURN $a", "parameters": {"a": ' + b"[" * 100_000
    answer = client.post("/v1/cypher", content=body, headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500


def test_parameters_nested_deeply_are_a_problem(client: TestClient) -> None:
    deep = b"[" * 700 + b"]" * 700
    body = b'{"query": "RETURN 1 AS a", "parameters": {"a": ' + deep + b"}}"
    answer = client.post("/v1/cypher", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
