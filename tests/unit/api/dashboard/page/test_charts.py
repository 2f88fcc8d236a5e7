from __future__ import annotations

import pytest

from api.dashboard.page import charts


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
