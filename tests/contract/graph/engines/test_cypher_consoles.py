"""What the ports promise of a Cypher console, held against each engine that has one."""

import time

import pytest

from graph.engines.port.ports import (
    Batch,
    CypherConsole,
    GraphStore,
    QueryFailed,
    QueryRefused,
    QueryTimeout,
    Table,
)
from graph.engines.port.schema import NODES
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


def test_values_are_plain_and_the_same_from_every_engine(console: CypherConsole) -> None:
    query = (
        "RETURN date('2025-01-02') AS d, datetime('2025-01-02T03:04:05Z') AS at, "
        "localtime('03:04') AS t, duration('P1M2DT3S') AS dur, 1e308 * 10 AS endless, "
        "[1, 2.5, true, null, 'ß'] AS l, {a: {b: 1}} AS m"
    )
    assert ask(console, query).rows == [
        [
            "2025-01-02",
            "2025-01-02T03:04:05+00:00",
            "03:04:00",
            {"months": 1, "days": 2, "seconds": 3},
            None,
            [1, 2.5, True, None, "ß"],
            {"a": {"b": 1}},
        ]
    ]


def test_nodes_edges_and_paths_are_plain(console: CypherConsole) -> None:
    query = "MATCH p = (c:Model {id: 'a/Llama-3-child'})-[d:DERIVED_FROM]->(b) RETURN c, d, b, p"
    ((child, edge, base, path),) = ask(console, query).rows
    assert (child["labels"], child["properties"]["id"]) == (["Model"], "a/Llama-3-child")
    assert child["properties"].keys() <= {*NODES["Model"].properties, "build"}
    ends = (edge["type"], edge["start"], edge["end"])
    assert ends == ("DERIVED_FROM", child["id"], base["id"])
    assert edge["properties"]["relation"] == "finetune"
    assert path == {"nodes": [child, base], "relationships": [edge]}


def test_procedures_that_only_tell_of_the_graph_are_offered(console: CypherConsole) -> None:
    labels = ask(console, "CALL db.labels() YIELD label RETURN label ORDER BY label").rows
    assert ["Model"] in labels
    assert ask(console, "CALL db.relationshipTypes()").columns == ["relationshipType"]


@pytest.mark.parametrize(
    "query",
    ["RETURN $nothing AS n", "RETURN 1 / 0 AS n"],
)
def test_what_fails_as_it_runs_is_told(console: CypherConsole, query: str) -> None:
    with pytest.raises(QueryFailed, match=r"\w{4}"):
        ask(console, query)
