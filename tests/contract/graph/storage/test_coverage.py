"""Whether shares mean anything: what crawls have listed, and what was built since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from graph.storage.coverage import WHOLE
from graph.storage.filters.lists import ArtifactFilter, FindingFilter
from graph.storage.tables import SAMPLE_SCOPE
from tests.home import LLAMA, Home, gone, model
from tests.made_runs import plan, put_run

STORED = {"records": 1000}


@pytest.fixture
def home(tmp_path: Path, database_url: str) -> Iterator[Home]:
    opened = Home(tmp_path, database=database_url)
    yield opened
    opened.close()


def test_imports_speak_for_themselves(home: Home) -> None:
    assert home.read_model.coverage() == WHOLE
    home.take(model("a/A"))
    put_run(home.engine, state="failed", reason="400")
    assert home.read_model.coverage() == WHOLE


@pytest.mark.parametrize(
    ("state", "made", "words"),
    [
        ("running", plan(90, 540), " (12 % of about 4,500 pages)"),
        ("failed", plan(90, 540, pages=None), " (540 pages so far)"),
        ("stopped", None, ""),
    ],
)
def test_a_part_of_the_list_is_said_to_be_one(
    home: Home, state: str, made: Any, words: str
) -> None:
    put_run(home.engine, state=state, counts=STORED, plan=made)
    told = home.read_model.coverage()
    assert not told.whole
    assert told.words == (
        f"The list of the Hub is not read whole yet{words}: shares are not shown; "
        "the counts are of what was read so far."
    )
    assert told.share == (pytest.approx(0.12) if "%" in words else None)


def test_a_list_read_whole_stays_so_while_the_next_is_read(home: Home) -> None:
    listed = datetime(2026, 8, 1, tzinfo=UTC)
    put_run(home.engine, state="paused", counts=STORED, listed=listed)
    put_run(home.engine, counts=STORED, stage="list", plan=plan(0, 540))
    assert home.read_model.coverage().whole
    assert home.read_model.coverage().listed == listed


@pytest.mark.parametrize(
    ("state", "covered", "whole"),
    [("done", ["models", "datasets"], True), ("done", [], False), ("stopped", ["models"], False)],
)
def test_older_runs_are_judged_by_what_they_covered(
    home: Home, state: str, covered: list[str], whole: bool
) -> None:
    put_run(home.engine, state=state, counts=STORED, covered=covered)
    assert home.read_model.coverage().whole == whole


def test_a_graph_from_before_the_list_was_whole_bears_no_shares(home: Home) -> None:
    home.take(model("a/A"))
    home.build()
    put_run(home.engine, counts=STORED, listed=datetime.now(UTC) + timedelta(seconds=1))
    assert home.read_model.coverage().whole  # the crawl changed nothing of what was built
    with home.engine.begin() as connection:
        connection.execute(text("update records set changed_run = 2"))
    told = home.read_model.coverage()
    assert not told.whole
    assert "its graph is not built yet" in told.words
    with home.engine.begin() as connection:
        connection.execute(text("update runs set listed = '2026-01-01' where number = 2"))
    assert home.read_model.coverage().whole


def test_a_failed_crawl_that_stored_nothing_leaves_the_sample_on_show(home: Home) -> None:
    home.take(model("a/A"), model("b/B"), scope=SAMPLE_SCOPE)
    put_run(home.engine, state="failed", reason="400")
    assert home.read_model.sample() is not None
    home.take(gone("c/C"))
    assert home.read_model.sample() is not None
    home.take(model("b/B", likes=2))
    assert home.read_model.sample() is None


def test_what_went_is_in_no_list_as_if_it_were_there(home: Home) -> None:
    parent = model(LLAMA, licence="llama3.1", downloads=9, author="meta-llama")
    home.take(parent, model("a/A", f"finetune:{LLAMA}", licence="mit", downloads=5))
    home.build()
    counted = home.read_model.counts()["records"]
    home.take(gone(LLAMA), gone("a/A"))
    by_id = {one.id: one for one in home.read_model.artifacts(ArtifactFilter())}
    assert all(one.removed and not one.crawled for one in by_id.values())
    assert {one.downloads for one in by_id.values()} == {None}
    assert home.read_model.artifacts(ArtifactFilter(author="meta-llama")) == []
    assert home.read_model.artifacts(ArtifactFilter(licence="mit")) == []
    assert home.read_model.findings(FindingFilter()) == []
    assert home.read_model.counts()["records"] == counted - 2
    stored = home.read_model.artifact("a/A")
    assert stored is not None
    assert (stored.artifact.downloads, stored.artifact.licences) == (5, ("mit",))


def test_a_report_is_told_by_kind_with_the_first_lines_of_each(home: Home) -> None:
    home.take(model("a/A"))
    lines = [("refused", f"#{n}") for n in range(5)] + [("field", "models")]
    with home.engine.begin() as connection:
        for kind, place in lines:
            told = {"kind": kind, "place": place}
            connection.execute(
                text(
                    "insert into notices (run, kind, place, reason) "
                    "values (1, :kind, :place, 'why')"
                ),
                told,
            )
    report = home.read_model.report(1, 2)
    assert [(kind, total) for kind, total, _ in report] == [("field", 1), ("refused", 5)]
    assert [row.place for row in report[1][2]] == ["#0", "#1"]
