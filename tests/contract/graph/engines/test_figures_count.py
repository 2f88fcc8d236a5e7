"""Each figure counts what it says: models or findings, and lineage by whosever word is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.engines.port.ports import Batch, CypherConsole, EdgeRows, GraphStore, Row
from graph.engines.queries.query import library
from tests.contract.conftest import WITH_CYPHER, model

pytestmark = pytest.mark.parametrize("engine", WITH_CYPHER, indirect=True)
AUTHORS = {"sources": ["author"]}


def member(child: str, family: str, strength: str, source: str | None) -> Row:
    told = {"from": child, "to": family, "strength": strength, "confidence": 1.0}
    return told if source is None else {**told, "source": source}


def finding(number: int, outcome: str, source: str = "author") -> Row:
    told = {"id": f"f{number}", "check": f"check-{number % 2}", "outcome": outcome}
    return {**told, "strength": "declared", "source": source}


MEMBERS = [
    member("a/own", "llama-3", "declared", "author"),
    member("a/own", "llama-2", "declared", "register"),
    member("b/copied", "llama-3", "declared", "register"),
    member("b/copied", "llama-2", "declared", "hub"),
    member("c/guess", "llama-3", "inferred", "register"),
    member("d/muse", "muse", "declared", "author"),
    member("d/muse", "opt", "declared", "author"),
    member("e/opt", "opt", "declared", "author"),
    member("f/rival", "rival", "declared", "author"),
]
FINDINGS = {
    "a/own": [finding(1, "failed"), finding(2, "failed"), finding(3, "review")],
    "b/copied": [finding(4, "failed", "register"), finding(5, "passed", "register")],
    "c/guess": [finding(6, "review", "register")],
}
CENSUS = {"id": "model opt declared author", "kind": "model", "line": "opt", "count": 4,
          "strength": "declared", "source": "author", "downloads": 8}  # fmt: skip


def herd() -> Batch:
    """Models of Llama's families by several words, of their maker's other lines, and of a rival."""
    lines = {"llama-2": "Meta", "llama-3": "Meta", "muse": "Meta", "opt": "Meta", "rival": "Other"}
    ids = dict.fromkeys(row["from"] for row in MEMBERS)
    held = [(one, found) for one, some in FINDINGS.items() for found in some]
    return Batch(
        nodes={
            "Family": [
                {"id": name, "title": name, "maker": maker, "llama": name.startswith("llama")}
                for name, maker in lines.items()
            ],
            "Model": [model(one, author=one[0], downloads=10) for one in ids],
            "Finding": [found for _, found in held],
        },
        edges=(
            EdgeRows("IN_FAMILY", "Model", "Family", MEMBERS),
            EdgeRows("HAS_FINDING", "Model", "Finding", [_has(*pair) for pair in held]),
        ),
    )


def _has(artifact: str, found: Row) -> Row:
    return {"from": artifact, "to": found["id"]}


def answer(store: GraphStore, name: str, given: dict[str, Any] | None = None) -> list[Row]:
    assert isinstance(store, CypherConsole)
    return list(library()[name].ask(store, given or {}).records())


@pytest.fixture
def told(store: GraphStore) -> GraphStore:
    store.write("b", [herd()], fresh=True)
    return store


def test_models_with_a_failed_check_are_counted_and_their_findings_beside(
    told: GraphStore,
) -> None:
    (glance,) = answer(told, "at-a-glance")
    assert (glance["failed_models"], glance["failed_findings"]) == (2, 3)
    assert (glance["review_models"], glance["review_findings"]) == (2, 2)
    rows = {row["check"]: row for row in answer(told, "outcomes-by-check")}
    assert (rows["check-0"]["artifacts"], rows["check-0"]["findings"]) == (3, 3)
    assert (rows["check-1"]["artifacts"], rows["check-1"]["findings"]) == (2, 3)


def test_what_authors_declare_is_told_from_what_is_declared(told: GraphStore) -> None:
    (glance,) = answer(told, "at-a-glance")
    assert (glance["descendants"], glance["declared"], glance["declared_by_authors"]) == (3, 2, 1)
    assert glance["declared_with_others"] == 1
    rows = {row["strength"]: row for row in answer(told, "strength-of-lineage")}
    firm = {name: rows["declared"][name] for name in ("models", "author", "hub", "register")}
    assert firm == {"models": 2, "author": 1, "hub": 1, "register": 0}
    assert (rows["inferred"]["models"], rows["inferred"]["register"]) == (1, 1)


def test_a_statistic_can_be_asked_for_by_the_authors_word_alone(told: GraphStore) -> None:
    (glance,) = answer(told, "at-a-glance", AUTHORS)
    assert (glance["descendants"], glance["declared"], glance["declared_by_authors"]) == (1, 1, 1)
    assert (glance["failed_models"], glance["failed_findings"]) == (1, 2)
    assert glance["models"] == 6
    by_family = {row["family"]: row["models"] for row in answer(told, "brand-by-family", AUTHORS)}
    assert by_family == {"llama-3": 1}
    sizes = {row["family"]: row["models"] for row in answer(told, "family-sizes", AUTHORS)}
    assert sizes == {"llama-3": 1, "muse": 1, "opt": 2, "rival": 1}


def test_a_graph_of_before_counts_as_it_did(store: GraphStore) -> None:
    """Until the next build an older graph tells no source: what is asked of all counts it."""
    batch = herd()
    edges = [{n: v for n, v in row.items() if n != "source"} for row in batch.edges[0].rows]
    older = (replace(batch.edges[0], rows=edges), batch.edges[1])
    store.write("b", [replace(batch, edges=older)], fresh=True)
    assert answer(store, "at-a-glance")[0]["descendants"] == 3
    assert answer(store, "at-a-glance", AUTHORS)[0]["descendants"] == 0


def test_llama_stands_alone_and_its_maker_altogether(told: GraphStore) -> None:
    told.write("c", [Batch(nodes={"Census": [CENSUS]}, whole=frozenset({"Census"}))], fresh=False)
    rows = answer(told, "llama-and-its-maker")
    assert [(row["line"], row["members"]) for row in rows] == [
        ("altogether", 3 + 1 + 1 + 4),  # the model of two lines once, and the census
        ("llama", 3),
        ("opt", 2 + 4),
        ("muse", 1),
    ]
    assert rows[1]["share"] == 0.3
    assert answer(told, "llama-and-its-maker", {"maker": "Nobody"}) == []
