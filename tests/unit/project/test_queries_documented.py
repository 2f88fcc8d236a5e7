"""docs/queries.md names every line of a head, every kind of chart and all that a kind takes."""

from dataclasses import fields

import pytest

from api.dashboard.views import overview
from graph.engines.queries import query
from graph.engines.queries.chart import KINDS
from tests.places import ROOT

TEXT = (ROOT / "docs" / "queries.md").read_text("utf-8")
ROWS = {row.split("`")[1]: row for row in TEXT.splitlines() if row.startswith("| `")}


def test_every_kind_of_chart_is_told() -> None:
    assert {name for name in ROWS if not name.startswith("//")} == set(KINDS)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "headline"])
def test_all_that_a_kind_takes_is_told(kind: str) -> None:
    for one in fields(KINDS[kind]):
        assert f"`{one.name}" in ROWS[kind]


def test_every_line_of_a_head_is_told_there_and_in_the_code() -> None:
    told = {name.split()[1].rstrip(":") for name in ROWS if name.startswith("//")}
    assert told == {"title", "topic", "about", "param", "shares", "footprint", "chart", "word"}
    assert query.__doc__ is not None
    assert all(f"``// {name}" in query.__doc__ for name in told)


def test_how_much_a_chart_shows_is_told() -> None:
    assert f"{overview.MOST} bars, {overview.LONGEST} rows" in TEXT
