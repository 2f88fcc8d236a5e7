"""The Hub's floor for times of creation: a time that says "by then", not "then"."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from graph.catalogue import floor
from graph.engines.queries.query import library


@pytest.mark.parametrize(
    ("second", "told"), [(4, True), (5, True), (9, True), (10, False), (0, True)]
)
def test_the_batch_and_the_seconds_after_it_are_no_time_of_creation(
    second: int, told: bool
) -> None:
    assert floor.is_floor(datetime(2022, 3, 2, 23, 29, second, tzinfo=UTC)) is told


def test_a_zone_does_not_matter() -> None:
    east = datetime.fromisoformat("2022-03-03T04:29:05+05:00")
    assert floor.is_floor(east)
    assert not floor.is_floor(east + timedelta(minutes=1))


def test_of_a_day_alone_the_floors_day_is_none() -> None:
    assert floor.is_floor_day(date(2022, 3, 2))
    assert not floor.is_floor_day(date(2022, 3, 3))


@pytest.mark.parametrize("name", ["growth-by-month", "share-by-month"])
def test_the_queries_by_month_hold_the_same_bound(name: str) -> None:
    cypher = library()[name].cypher
    assert f"'{floor.FLOOR:%Y-%m-%dT%H:%M:%SZ}'" in cypher  # as nodes of the graph hold times
    assert f"'{floor.EARLIER}'" in cypher
