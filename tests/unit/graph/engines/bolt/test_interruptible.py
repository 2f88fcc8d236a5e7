"""What a server could not stop once it has begun."""

import pytest

from graph.engines.bolt import interruptible
from graph.engines.port.ports import QueryRefused
from graph.engines.queries.query import library


@pytest.mark.parametrize("name", list(library()))
def test_every_query_of_the_library_is_let_in(name: str) -> None:
    interruptible.admit(library()[name].cypher, library()[name].defaults())


@pytest.mark.parametrize(
    "query",
    [
        "MATCH p = (a)-->(b) RETURN [n IN nodes(p) | n.id] AS ids",
        "MATCH p = (a)-->(b) RETURN reduce(t = 0, r IN relationships(p) | t + r.confidence) AS t",
        "MATCH p = (a)-->(b) WHERE all(r IN relationships(p) WHERE r.x = 1) RETURN p",
        "RETURN [i IN range(0, size(nodes(p)) - 1) | i] + [i IN range(1, 10, 2) | i] AS x",
        "UNWIND range(1, 1000000000) AS i RETURN [x IN [i] | x] AS x",
        "MATCH (n) RETURN [x IN labels(n) | COUNT { (n)-->() }] AS x",
        "MATCH (n) WHERE n.range = 1 AND (n.id IN $ids) RETURN n.any",
        "MATCH (n) WHERE n.id =~ '(?i).*llama[ -]?3.*' RETURN n",
        "MATCH (n) WHERE n.id =~ '(a|b)[*+]+c\\\\+\\\\+.{2}' RETURN n",
        "MATCH (n) WHERE n.id =~ $pattern RETURN n",
    ],
)
def test_what_ends_is_let_in(query: str) -> None:
    interruptible.admit(query, {"pattern": "(?i).*llama.*"})


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("RETURN [x IN range(1, 1000000000) | x]", "line 1, column 14: range"),
        ("RETURN size(range(1, 10^9))", "range"),
        ("RETURN `range`(1, 1000000000)", "range"),
        ("WITH 1 AS a, 2 AS b RETURN [x IN range(a, b) | x]", "range"),
        ("RETURN [x IN range(1, $far) | x]", "range"),
        ("UNWIND range(1, 1000000000) + [1] AS x RETURN x", "range"),
        ("UNWIND range(1, size([1]) * 999999) AS x RETURN [y IN range(1, x) | y]", "range"),
        ("WITH [1] AS l RETURN [x IN l | [y IN l | x + y]]", "UNWIND one"),
        ("WITH [1] AS l RETURN any(x IN l WHERE none(y IN l WHERE x = y))", "UNWIND one"),
        ("WITH [1] AS l RETURN reduce(a = 0, x IN l | a + reduce(b = 0, y IN l | b))", "UNWIND"),
        ("WITH [1] AS l RETURN [x IN l | {a: ([`y` IN l | 1])}]", "UNWIND one"),
        ("RETURN 'aaaa' =~ '(a+)+b'", "never come to an end"),
        ("RETURN 'aaaa' =~ '(a|aa){2,}b'", "never come to an end"),
        ("RETURN 'aaaa' =~ '(a)\\\\1'", "never come to an end"),
        ("RETURN 'aaaa' =~ '.*.*.*.*b'", "never come to an end"),
        ("RETURN 'aaaa' =~ $slow", "never come to an end"),
        ("RETURN 'aaaa' =~ '(a' + '+)+b'", "one text or one parameter"),
        ("MATCH (n) RETURN 'aaaa' =~ n.pattern", "one text or one parameter"),
        ("RETURN 'aaaa' =~ $number", "one text or one parameter"),
        ("RETURN 'a' = ~ 'b' AND 'aaaa' =~ $map.pattern", "one text or one parameter"),
    ],
)
def test_what_could_not_be_stopped_is_refused(query: str, why: str) -> None:
    given = {"far": 10**9, "slow": "(a*)*b", "number": 1, "map": {"pattern": "(a*)*b"}}
    with pytest.raises(QueryRefused, match=why):
        interruptible.admit(query, given)


@pytest.mark.parametrize(
    ("most", "start", "part", "what"),
    [
        (interruptible.MOST_WORDS - 2, "RETURN 1", " + 1", "words and signs"),
        (interruptible.MOST_CLAUSES - 1, "RETURN 1", " UNION RETURN 1", "clauses"),
        (interruptible.MOST_RELATIONSHIPS, "MATCH (a)", "--()", "relationships"),
        (interruptible.MOST_RELATIONSHIPS, "MATCH (a)", "<-[:E]-()", "relationships"),
        (interruptible.MOST_RELATIONSHIPS, "MATCH (a)", "\u2013 \u2014> ()", "relationships"),
        (interruptible.MOST_RELATIONSHIPS, "MATCH (a)", "\u2212[r]\u2212()", "relationships"),
        (interruptible.MOST_XOR, "RETURN true", " xor true", "XOR"),
    ],
)
def test_a_plan_too_large_to_make_is_refused(most: int, start: str, part: str, what: str) -> None:
    times = most // 2 if "UNION" in part else most
    interruptible.admit(f"{start}{part * times} AS x", {})
    with pytest.raises(QueryRefused, match=f"line 1, column [0-9]+: .* at most [0-9,]+ {what}"):
        interruptible.admit(f"{start}{part * (times + 2)} AS x", {})


def test_a_long_list_is_no_large_plan() -> None:
    query = "MATCH (n) WHERE n.id IN [" + ", ".join(["'x'"] * 3000) + "] RETURN n"
    interruptible.admit(query, {})


@pytest.mark.parametrize("name", list(library()))
def test_the_library_is_far_below_a_large_plan(name: str) -> None:
    """Twice over there is still room: what people make of the library's queries is let in too."""
    interruptible.admit(
        f"{library()[name].cypher} UNION {library()[name].cypher}", library()[name].defaults()
    )
