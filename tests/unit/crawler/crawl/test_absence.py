"""When a list is doubted: by where it ended, by what it lacks, by what the last one was."""

from __future__ import annotations

import pytest

from crawler.crawl.absence import doubt
from crawler.crawl.checkpoints import Ended
from graph.catalogue.model import Kind


def told(
    rows: int,
    before: tuple[int, bool] | None = None,
    *,
    known: int = 0,
    absent: int = 0,
    full: bool = False,
    kind: Kind = Kind.MODEL,
) -> str | None:
    last = Ended(1, *before) if before else None
    return doubt(kind, Ended(1, rows, full), last, known, absent)


@pytest.mark.parametrize(
    ("rows", "before", "known", "absent"),
    [
        (1000, None, 0, 0),
        (1000, (1000, False), 1000, 20),
        (9600, (10_000, False), 10_000, 400),
        (3, (5, False), 5, 2),
        (4000, (4000, True), 13_000, 9000),
        (4050, (4000, True), 13_000, 8950),
    ],
    ids=["first", "few", "one-in-25", "tiny", "as-the-doubted-one", "near-the-doubted-one"],
)
def test_a_credible_list(
    rows: int, before: tuple[int, bool] | None, known: int, absent: int
) -> None:
    assert told(rows, before, known=known, absent=absent) is None


@pytest.mark.parametrize(
    ("rows", "before", "known", "absent", "says"),
    [
        (0, (13_192, False), 13_192, 13_192, "it is empty, though 13,192 are known"),
        (0, (0, True), 10, 10, "it is empty, though 10 are known"),
        (0, None, 0, 0, "it is empty"),
        (4000, (13_192, False), 13_192, 9192, "ended after 4,000, the last one after 13,192"),
        (4000, (9000, True), 13_192, 9192, "ended after 4,000, the last one after 9,000"),
        (13_000, None, 5000, 400, "lacks 400 of 5,000 known"),
    ],
)
def test_a_doubtful_list(
    rows: int, before: tuple[int, bool] | None, known: int, absent: int, says: str
) -> None:
    assert says in (told(rows, before, known=known, absent=absent) or "")


def test_a_full_last_page_ends_no_first_list() -> None:
    assert "on a full page" in (told(3000, full=True) or "")
    assert told(3000, (3000, True), known=3000, full=True) is None
    assert told(3000, (2990, False), known=2990, full=True) is None


def test_a_hub_may_have_no_data_sets_but_not_no_models() -> None:
    assert told(0, kind=Kind.DATASET) is None
    assert told(0, kind=Kind.MODEL) is not None
