"""What a server's plan lets in."""

import pytest

from graph.engines.bolt import plans
from graph.engines.port.ports import QueryRefused


def plan(*steps: tuple[str, str], kind: str = "r", database: str = "neo4j") -> plans.Plan:
    tree: dict[str, object] = {}
    for operator, details in reversed(steps):
        children = [tree] if tree else []
        args = {"Details": details}
        tree = {"operatorType": f"{operator}@{database}", "args": args, "children": children}
    return plans.read(kind, tree)


def test_a_reading_plan_is_admitted() -> None:
    plans.admit(
        plan(
            ("ProduceResults", "`LOAD CSV`, x"),
            ("ProcedureCall", "db.labels() :: (label :: STRING)"),
            ("VarLengthExpand(Pruning,BFS,All)", "(a)-[:X*..3]->(b)"),
            ("Projection", "'LOAD CSV' AS x, `it's` AS y, COLLECT { MATCH (a) RETURN a } AS z"),
            ("NodeByLabelScan", "a:Model"),
        )
    )


@pytest.mark.parametrize(
    ("operator", "details", "why"),
    [
        ("LoadCSV", "l", "files"),
        ("Create", "(n)", "only reads"),
        ("ShowSettings", "allSettings", "SHOW"),
        ("TerminateTransactions", "x", "ended"),
        ("AdministrationCommand", "", "administered"),
        ("SomethingNew", "", "SomethingNew"),
        ("Set_Property(All)", "", "Set_Property"),
        ("", "", "only reads"),
        ("ProcedureCall", "dbms.listConfig() :: (name)", "dbms.listConfig"),
        ("Projection", "COLLECT { LOAD CSV FROM 'x' AS l RETURN l } AS x", "files"),
        ("Filter", "`it's` = 'a LOAD  CSV FROM", "files"),
        ("Projection", "COUNT { ResolvedCall(db.labels() :: label) } AS x", "procedure"),
    ],
)
def test_a_plan_that_does_more_is_refused(operator: str, details: str, why: str) -> None:
    with pytest.raises(QueryRefused, match=why):
        plans.admit(plan(("ProduceResults", "x"), (operator, details)))


def test_a_plan_that_writes_or_leaves_the_database_is_refused() -> None:
    for kind in ("w", "rw", "s", "x"):
        with pytest.raises(QueryRefused, match="only reads"):
            plans.admit(plan(("ProduceResults", "x"), kind=kind))
    with pytest.raises(QueryRefused, match="no other database"):
        plans.admit(plan(("ProduceResults", "x"), database="system"))
    two = plans.Plan("r", (plans.Step("ProduceResults", "a", ""), plans.Step("Argument", "b", "")))
    with pytest.raises(QueryRefused, match="no other database"):
        plans.admit(two)
    with pytest.raises(QueryRefused, match="did not say"):
        plans.read("r", None)
