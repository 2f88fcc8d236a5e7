"""What `graph.ports` promises of a Cypher console, held against each engine that has one."""

import time

import pytest

from graph.ports import (
    Batch,
    CypherConsole,
    GraphStore,
    QueryFailed,
    QueryRefused,
    QueryTimeout,
    Table,
)
from tests.contract.conftest import WITH_CYPHER, herd, pairs


@pytest.fixture(params=WITH_CYPHER)
def engine(request: pytest.FixtureRequest) -> object:
    return request.param


@pytest.fixture
def console(store: GraphStore) -> CypherConsole:
    store.write("first", [herd()], fresh=True)
    assert isinstance(store, CypherConsole)
    return store


def ask(console: CypherConsole, query: str, rows: int | None = 100, **parameters: object) -> Table:
    return console.cypher(query, parameters, seconds=5, rows=rows)


def test_parameters_are_values_and_never_query_text(console: CypherConsole) -> None:
    query = "MATCH (m:Model) WHERE m.id = $id RETURN m.id AS id, m.likes AS likes ORDER BY id"
    assert ask(console, query, id="b/merge") == Table(["id", "likes"], [["b/merge", None]])
    assert ask(console, query, id="' OR true //").rows == []


def test_renewal_replaces_findings(console: CypherConsole, store: GraphStore) -> None:
    batch = Batch(
        nodes={"Finding": [{"id": "f3", "check": "licence-tag", "outcome": "review"}]},
        edges=(pairs("HAS_FINDING", "Model", "Finding", ("b/merge", "f3")),),
        renew={"Model": ["b/merge"]},
    )
    store.write("second", [batch], fresh=False)
    assert ask(console, "MATCH (f:Finding) RETURN f.id AS id ORDER BY id").rows == [["f3"]]


def test_rows_are_cut_off_at_the_limit_and_it_is_told(console: CypherConsole) -> None:
    query = "MATCH (m:Model) RETURN m.id AS id ORDER BY id"
    assert [len(ask(console, query, rows).rows) for rows in (2, 5, None)] == [2, 5, 5]
    assert [ask(console, query, rows).truncated for rows in (2, 5, None)] == [True, False, False]


def test_a_query_ends_at_its_time_limit(console: CypherConsole) -> None:
    endless = (
        "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c "
        "WITH a, b, c WHERE a * b * c = -1 RETURN count(*) AS n"
    )
    started = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"0\.3"):
        console.cypher(endless, {}, seconds=0.3, rows=10)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (:Model {id: 'x'})",
        "MERGE (m:Model {id: 'x'}) RETURN m.id AS id",
        "MATCH (m:Model) SET m.name = 'x'",
        "MATCH (m:Model) REMOVE m.name",
        "MATCH (m:Model) DETACH DELETE m",
        "MATCH (m:Model) RETURN m.id AS id; MATCH (m) RETURN m.id AS id",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "RETURN 'x' AS l UNION LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l",
        "CALL dbms.procedures()",
        "",
        ";",
    ],
)
def test_what_does_more_than_read_is_refused(console: CypherConsole, query: str) -> None:
    with pytest.raises(QueryRefused):
        ask(console, query)
    assert ask(console, "MATCH (m:Model) WHERE m.name <> 'x' RETURN count(m) AS n").rows == [[5]]


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("MATCH (m:Model) RETURN m.id AS id ORDER BX id", 1, 41),
        ("MATCH (m:Model)\nRETURN m.id AS id ORDER BX id", 2, 25),
        ("\n\n  MATCH (m:Model)\n  RETURN m.id AS id ORDER BX id;", 4, 27),
    ],
)
def test_a_syntax_error_names_its_place(
    console: CypherConsole, query: str, line: int, column: int
) -> None:
    with pytest.raises(QueryFailed, match=rf"line {line}, col(umn)? {column}\b"):
        ask(console, query)
