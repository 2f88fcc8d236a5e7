"""What the words of a statement let in."""

import pytest

from graph.engines.console import gate
from graph.engines.console.words import words
from graph.engines.port.ports import QueryFailed, QueryRefused
from graph.engines.queries.query import library


@pytest.mark.parametrize(
    ("query", "statement"),
    [
        ("RETURN 1", "RETURN 1"),
        ("RETURN 1 ;; \n", "RETURN 1"),
        ("RETURN 1; // done; really", "RETURN 1"),
        ("\n\n  RETURN 1", "\n\n  RETURN 1"),
        ("RETURN ';' AS a, \"x;'\" AS b", "RETURN ';' AS a, \"x;'\" AS b"),
        ("RETURN 1 AS `a;``b`", "RETURN 1 AS `a;``b`"),
        ("/* ; */ RETURN 1", "/* ; */ RETURN 1"),
        ("RETURN 'LOAD CSV' AS a // LOAD CSV", "RETURN 'LOAD CSV' AS a // LOAD CSV"),
        ("RETURN 1\r\nAS a", "RETURN 1\nAS a"),
    ],
)
def test_one_statement_is_let_in_as_it_is(query: str, statement: str) -> None:
    assert gate.single(query) == statement


@pytest.mark.parametrize("name", list(library()))
def test_every_query_of_the_library_is_let_in(name: str) -> None:
    assert gate.single(library()[name].cypher)


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (load) RETURN load, 1 AS csv",
        "CALL db.labels() YIELD label RETURN label",
        "CALL `db`.`labels`()",
        "MATCH (m) CALL (m) { MATCH (m)--(n) RETURN count(n) AS n } RETURN n",
        "RETURN datetime.truncate('day', datetime()) AS d, vector.similarity.cosine([1],[1]) AS v",
        "MATCH (m) WHERE m.name IN ['a'] AND (m.likes > 1) RETURN use_policy",
        "MATCH (show) RETURN DISTINCT show, show.use AS terminate, {use: 1, x: [show]} AS m",
        "RETURN '🦙' AS llama, 'Größe' AS größe",
    ],
)
def test_what_only_looks_like_harm_is_let_in(query: str) -> None:
    assert gate.single(query) == query


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("", "empty"),
        (" ; ;", "empty"),
        ("// nothing", "empty"),
        ("RETURN 1; RETURN 2", "one statement"),
        ("RETURN 1 AS l UNION LOAD CSV FROM 'x' AS l RETURN l", "line 1, column 21: LOAD CSV"),
        ("load/**/csv FROM 'x' AS l RETURN l", "LOAD CSV"),
        ("RETURN 5LOAD CSV", "LOAD CSV"),
        ("LOAD\u3000C\u017fV FROM 'x' AS l RETURN l", "LOAD CSV"),
        ("\uff2c\uff2f\uff21\uff24 CSV FROM 'x' AS l RETURN l", "LOAD CSV"),
        ("RETURN '\\u0027", r"\\u escape"),
        ("L\\u004FAD CSV FROM 'x' AS l RETURN l", r"\\u escape"),
        ("RETURN 1 // \u2028 x", r"U\+2028"),
        ("RETURN 'a\u202eb'", r"U\+202E"),
        ("RETURN 1 // a\rRETURN 2", r"U\+000D"),
        ("call dbms.listConfig()", "procedure dbms.listConfig"),
        ("MATCH (n)\nRETURN COUNT { CALL\n`dbms` . listConfig() }", "line 3, column 1"),
        ("RETURN apoc.cypher.runFirstColumnSingle('x', {})", "function apoc.cypher"),
        ("RETURN `apoc` . `util`.`md5` (['x'])", "function apoc.util.md5"),
        ("EXPLAIN RETURN 1", "EXPLAIN"),
        ("/* */ PROFILE CREATE (n)", "PROFILE"),
        ("CYPHER runtime=slotted RETURN 1", "CYPHER"),
        ("USE system MATCH (n) RETURN n", "USE"),
        ("SHOW PROCEDURES YIELD *", "SHOW"),
        ("RETURN 1 AS name UNION ALL SHOW PROCEDURES YIELD name RETURN name", "SHOW"),
        ("TERMINATE TRANSACTIONS 'x'", "TERMINATE"),
        ("CALL { USE system MATCH (n) RETURN n } RETURN n", "USE"),
        ("RETURN " + "(" * 60 + "1" + ")" * 60, "brackets"),
        ("RETURN '" + "x" * 20_000 + "'", "too long"),
    ],
)
def test_what_is_refused_by_its_words(query: str, why: str) -> None:
    with pytest.raises(QueryRefused, match=why):
        gate.single(query)


@pytest.mark.parametrize(
    ("query", "opens"), [("RETURN 'a", "'"), ("RETURN 1 /* a", r"/\*"), ('RETURN "a\\"', '"')]
)
def test_what_is_left_open_is_told_with_its_place(query: str, opens: str) -> None:
    with pytest.raises(QueryFailed, match=rf"line 1, column \d+: what {opens} opens"):
        gate.single(query)


def test_words_know_texts_from_names() -> None:
    said = [(word.kind, word.text) for word in words("n.`a b`='it\\'s'//x\n+5e3")]
    assert said == [
        ("name", "n"),
        ("sign", "."),
        ("quoted", "a b"),
        ("sign", "="),
        ("text", "'it\\'s'"),
        ("sign", "+"),
        ("number", "5"),
        ("name", "e3"),
    ]
