"""How far a crawl is, and what is told of it, from what its run holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.schemas import run_words
from graph.storage import progress
from tests.made_runs import plan

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)


def run(state: str = "running", **given: Any) -> dict[str, Any]:
    """Return a crawl as the register holds it."""
    blank = {"kind": "crawl", "state": state, "stage": None, "plan": None, "reason": None}
    return {**blank, "counts": {}, "resumes": None, "started": NOW - timedelta(minutes=12), **given}


def test_the_present_stage_is_told_with_its_share_and_the_time_left() -> None:
    here = progress.progress(run(stage="list", plan=plan(0, 600)), NOW)
    assert here is not None
    assert here.words == "the whole list, 600 of 4,500 requests (13 %), about 78 minutes left"
    assert here.seconds_left == pytest.approx(3900 * 1.2)


def test_time_left_follows_what_was_done_unless_the_run_stood_still() -> None:
    slow = run(stage="list", plan=plan(0, 600), started=NOW - timedelta(minutes=24))
    stood = run(stage="list", plan=plan(0, 600), started=NOW - timedelta(days=2))
    lefts = [progress.progress(one, NOW) for one in (slow, stood)]
    assert [round(one.seconds_left or 0) for one in lefts if one] == [9360, 4680]


def test_a_number_of_pages_that_is_a_guess_is_said_to_be_one() -> None:
    guess = progress.progress(run(stage="list", plan=plan(0, 600, known=False)), NOW)
    unknown = progress.progress(run(stage="list", plan=plan(0, 600, pages=None)), NOW)
    assert guess is not None
    assert "600 of about 4,500 requests" in guess.words
    assert unknown is not None
    assert unknown.words == "the whole list, 600 requests so far"
    unbegun = progress.progress(run(stage="list", plan=plan(pages=None)), NOW)
    assert unbegun is not None
    assert unbegun.words == "the whole list, requests not known yet"


def test_files_are_told_with_the_repositories_that_are_left() -> None:
    files = run(stage="files", plan=plan(90, 4500, 300), counts={"files_left": 1811})
    here = progress.progress(files, NOW)
    assert here is not None
    assert "small files, 300 of 3,000 requests (10 %)" in here.words
    assert here.words.endswith(" left; those of 1,811 repositories to go")


def test_stages_are_shown_with_what_is_over_and_what_is_to_come() -> None:
    lines = progress.lines(run(stage="list", plan=plan(90, 600)), NOW)
    assert [(line.stage.name, line.time) for line in lines] == [
        ("first", "done"),
        ("list", "about 68 minutes left"),
        ("files", "about 5 minutes"),
    ]
    ended = progress.lines(run("stopped", plan=plan(90, 600)), NOW)
    assert [line.time for line in ended] == ["", "", ""]
    paused = progress.lines(run("paused", plan=plan(90, 4480), listed=NOW), NOW)
    assert [line.time for line in paused] == ["done", "done", ""]


@pytest.mark.parametrize(
    "strange",
    [None, [], "x", {}, {"stages": None}, {"stages": 5},
     {"stages": [1, {"name": "x"}, {"name": []}, {"name": "list"}]},
     {"stages": [{"name": "list", "requests": "4", "done": 1, "seconds": 1}]},
     {"stages": [{"name": "list", "requests": 0, "done": None, "seconds": None}]}],
)  # fmt: skip
def test_a_plan_that_is_none_breaks_nothing(strange: object) -> None:
    assert progress.progress(run(stage="first", plan=strange), NOW) is None
    assert all(line.words for line in progress.lines(run(stage="list", plan=strange), NOW))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "less than a minute"), (60, "about a minute"), (600, "about 10 minutes"),
     (3 * 3600, "about 3 hours"), (60 * 86400, "about 60 days")],
)  # fmt: skip
def test_an_estimate_is_a_round_one(seconds: float, words: str) -> None:
    assert progress.duration(seconds) == words


def test_the_share_is_all_only_when_it_is_all() -> None:
    assert [progress.percent(s) for s in (0.0, 0.124, 0.999, 1.0)] == [
        "0 %",
        "12 %",
        "99 %",
        "100 %",
    ]


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (run("done"), ["Done."]),
        (run("running", stage="list", plan=plan(0, 600)), ["Under way: the whole list, 600 of"]),
        (run("running"), ["Under way."]),
        (run("stopped"), ["Stopped. It can be gone on with by the next crawl"]),
        (run("stopped", reason="504"), ["Stopped: 504. It can be", "`herdbook doctor`"]),
        (run("stopped", kind="import"), ["read anew by the next import"]),
        (run("paused", resumes=NOW + timedelta(minutes=5), counts={"files_left": 1200}),
         ["Paused. Its lists are whole", "1,200 repositories are left", "goes on at 14:05 UTC."]),
        (run("paused", resumes=NOW + timedelta(days=1)), ["It goes on at 2026-11-26 14:00 UTC."]),
        (run("paused", resumes=NOW - timedelta(hours=1)), ["to go on at 13:00 UTC and did not"]),
        (run("paused"), ["gone on with by the next crawl"]),
        (run("failed", reason="r" * 2000), ["Failed: " + "r" * 2000 + ".", "`herdbook doctor`"]),
        (run("failed"), ["no reason was written down"]),
        (run("failed", kind="import", reason="no such file"), ["import the file again"]),
    ],
)  # fmt: skip
def test_a_state_is_told_with_its_reason_and_what_happens_next(
    one: dict[str, Any], words: list[str]
) -> None:
    said = run_words.says(one, NOW)
    assert [part for part in words if part not in said] == []


def test_what_a_person_ended_needs_no_doctor() -> None:
    assert "doctor" not in run_words.says(run("stopped", reason="interrupted"), NOW)


def test_trouble_is_a_failure_or_a_stop_for_a_reason() -> None:
    assert run_words.trouble(run("failed", reason="400")) == "400"
    assert run_words.trouble(run("stopped", reason="killed")) == "killed"
    for fine in (None, run("stopped"), run("paused", reason="limit"), run("done"), run("running")):
        assert run_words.trouble(fine) is None
