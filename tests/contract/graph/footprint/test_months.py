"""Queries by month on each engine: what the Hub's floor hides is not counted as born that day."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.engines.port.ports import Batch, CypherConsole
from graph.engines.queries.query import library
from tests.contract.conftest import WITH_CYPHER, held, model, pairs

TIMES = {
    "a/oldest": "2022-03-02T23:29:04Z",
    "a/old": "2022-03-02T23:29:05Z",
    "a/fraction": "2022-03-02T23:29:05.120000Z",
    "a/next": "2022-03-02T23:31:00Z",
    "a/march": "2022-03-30T00:00:00Z",
    "a/later": "2024-05-01T00:00:00Z",
}


@pytest.fixture(params=WITH_CYPHER)
def dated(request: pytest.FixtureRequest, folders: Callable[[str], Path]) -> CypherConsole:
    """Six models of one family and one of none, some older than the Hub's field."""
    batch = Batch(
        nodes={
            "Family": [{"id": "llama-1", "title": "Llama 1", "llama": True}],
            "Model": [
                model("z/none", created="2022-03-02T23:29:04Z"),
                *(model(one, created=when, downloads=1) for one, when in TIMES.items()),
            ],
        },
        edges=(pairs("IN_FAMILY", "Model", "Family", *((one, "llama-1") for one in TIMES)),),
    )
    url = request.param.url(request, folders("dated"))
    return held(url, "dated", lambda store: store.write("dated", [batch], fresh=True))


def test_growth_gives_what_is_older_a_row_of_its_own(dated: CypherConsole) -> None:
    rows = library()["growth-by-month"].ask(dated).records()
    assert [(r["month"], r["models"], r["downloads"]) for r in rows] == [
        ("2022-03", 2, 2),
        ("2024-05", 1, 1),
        ("before 2022-03", 3, 3),
    ]


def test_shares_give_what_is_older_a_row_of_its_own(dated: CypherConsole) -> None:
    rows = library()["share-by-month"].ask(dated).records()
    assert [(r["month"], r["models"], r["descendants"], r["share"]) for r in rows] == [
        ("2022-03", 2, 2, 1.0),
        ("2024-05", 1, 1, 1.0),
        ("before 2022-03", 4, 3, 0.75),
    ]
