"""The census adds up: each repository once in all, and once in each of its lines."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.floor import EARLIER
from graph.catalogue.model import Kind
from graph.pipeline.census import NONE, SEVERAL, Tally, month_of

LINES = st.dictionaries(
    st.sampled_from("pqrs"), st.tuples(st.integers(1, 3), st.integers(1, 4)), max_size=4
)
LISTED = st.lists(st.tuples(LINES, st.integers(0, 9) | st.none()), max_size=20)
LEAST = st.tuples(st.integers(1, 3), st.integers(1, 4))
Told = tuple[int, int]  # strength and source
Listed = Sequence[tuple[dict[str, Told], int | None]]


def tallied(listed: Listed) -> list[dict[str, object]]:
    tally = Tally()
    for lines, downloads in listed:
        tally.add(Kind.MODEL, ((line, *told) for line, told in lines.items()), None, downloads)
    return tally.rows(7)


def counts(told: Told, least: Told) -> bool:
    return told[0] >= least[0] and told[1] >= least[1]


def by_line(rows: list[dict[str, object]], least: Told, what: str) -> Counter[str]:
    """Read the rows as the queries do: a row counts in its line where its lineage counts."""
    found: Counter[str] = Counter()
    for row in rows:
        told = int(str(row["strength"])), int(str(row["source"]))
        found[str(row["line"]) if counts(told, least) else NONE] += int(str(row[what]))
    del found[SEVERAL]
    return found


def expected(listed: Listed, least: Told, count: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    for lines, downloads in listed:
        for line in [line for line, told in lines.items() if counts(told, least)] or [NONE]:
            found[line] += 1 if count else downloads or 0
    return found


@given(LISTED, LEAST)
def test_every_line_is_counted_at_every_strength_and_source(listed: Listed, least: Told) -> None:
    rows = tallied(listed)
    assert +by_line(rows, least, "count") == expected(listed, least, count=True)
    assert +by_line(rows, least, "downloads") == +expected(listed, least, count=False)


@given(LISTED)
def test_the_rows_add_up_to_what_is_listed(listed: Listed) -> None:
    rows = tallied(listed)
    assert sum(int(str(row["count"])) for row in rows) == len(listed)
    assert sum(int(str(row["downloads"])) for row in rows) == sum(d or 0 for _, d in listed)


def test_kinds_and_months_are_kept_apart() -> None:
    tally = Tally()
    tally.add(Kind.MODEL, [("qwen", 3, 4)], datetime(2024, 5, 31, 23, tzinfo=UTC), 2)
    tally.add(Kind.MODEL, [("qwen", 3, 4)], datetime(2024, 6, 1, tzinfo=UTC), None)
    tally.add(Kind.DATASET, [], None, 1)
    assert [tuple(row.values()) for row in tally.rows(7)] == [
        ("model", "qwen", 3, 4, "2024-05", 1, 2, 7),
        ("model", "qwen", 3, 4, "2024-06", 1, 0, 7),
        ("dataset", "none", 3, 4, "", 1, 1, 7),
    ]


def test_the_floor_of_the_hub_is_no_month() -> None:
    assert month_of(datetime(2022, 3, 2, 23, 29, 4, tzinfo=UTC)) == EARLIER
    assert month_of(datetime(2022, 3, 3, tzinfo=UTC)) == "2022-03"
    assert month_of(None) == ""
