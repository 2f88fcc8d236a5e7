from __future__ import annotations

import pytest

from api.dashboard.page import charts
from api.dashboard.views import overview
from graph.catalogue.model import Strength
from graph.catalogue.roster import load


def test_the_longest_bar_takes_all_the_room() -> None:
    found = charts.bars([charts.Bar("a", 5, 0), charts.Bar("b", 10, 0), charts.Bar("c", 0, 0)])
    assert [bar.width for bar in found] == [50.0, 100.0, 0.0]
    assert charts.bars([charts.Bar("none", 0, 0)])[0].width == 0.0


def test_a_stack_fills_its_row_in_order() -> None:
    stack = charts.stack("check", {"failed": 1, "review": 0, "passed": 3})
    assert [(p.name, p.start, p.size) for p in stack.parts] == [
        ("failed", 0, 25),
        ("passed", 25, 75),
    ]
    assert stack.value("review") == 0
    assert charts.stack("empty", {"failed": 0}).parts == ()


def test_months_follow_each_other() -> None:
    assert charts.months_between("2024-11", "2025-02") == [
        "2024-11",
        "2024-12",
        "2025-01",
        "2025-02",
    ]
    assert charts.months_between("2025-02", "2024-01") == []


@pytest.mark.parametrize("most", [1, 3, 9, 10, 11, 399, 4001])
def test_the_scale_is_round_and_holds_the_highest_column(most: int) -> None:
    columns = charts.columns(["2024-01"], {"2024-01": {"a": most}}, ["a"])
    (_, top), (_, half) = columns.lines
    assert top >= most
    assert half * 2 == top
    assert top <= 3 * most + 1


def test_columns_stack_from_the_bottom() -> None:
    columns = charts.columns(["2024-12", "2025-01"], {"2025-01": {"a": 1, "b": 1}}, ["a", "b"])
    first, second = columns.stacks
    assert first.parts == ()
    assert [(p.start, p.size) for p in second.parts] == [(50.0, 50.0), (0.0, 50.0)]
    assert [s.tick for s in columns.stacks] == ["", "2025"]


def grown(*told: tuple[str | None, int]) -> overview.Growth:
    """Return the growth of one family by month."""
    growth = overview.growth([{"month": m, "family": "llama-3", "models": n} for m, n in told])
    assert growth is not None
    return growth


def test_growth_counts_apart_what_has_no_month_that_can_be() -> None:
    growth = grown(("0001-01", 1), ("9999-12", 1), ("2025-01", 2), (None, 3))
    assert growth.columns is not None
    assert growth.columns.total == 2
    assert (growth.earlier, growth.undated) == (0, 5)
    assert overview.growth([]) is None


def test_what_is_older_than_the_hubs_floor_makes_no_column_and_no_spike() -> None:
    growth = grown(("before 2022-03", 900), ("2022-03", 1), ("2022-05", 2))
    assert growth.columns is not None
    assert [(s.label, s.total) for s in growth.columns.stacks] == [
        ("2022-03", 1),
        ("2022-04", 0),
        ("2022-05", 2),
    ]
    assert growth.columns.lines[0][1] == 2
    assert (growth.earlier, growth.undated) == (900, 0)
    assert grown(("before 2022-03", 4)) == overview.Growth(None, 4, 0)


def test_rivals_keep_none_of_these_for_the_end_without_a_bar() -> None:
    rows = [
        {"line": "none", "members": 90, "share": 0.9},
        {"line": "llama", "members": 10, "share": 0.1},
    ]
    found = overview.rivals(rows, Strength.DECLARED)
    assert [(bar.label, bar.width) for bar in found] == [("Llama", 100.0), ("none of these", 0)]


def test_every_llama_family_has_its_bar() -> None:
    found = overview.families([{"family": "llama-3", "artifacts": 7}], Strength.STATED)
    assert [bar.label for bar in found] == [f.title for f in load().llama_families()]
    assert found[0].href is not None
    assert found[0].href.endswith("strength=stated")
