"""From which outcome on a run stops, and what a baseline takes out of it."""

from __future__ import annotations

import pytest

from graph.catalogue.model import Finding, Outcome
from graph.preflight.gate import key, stopping

FAILED, REVIEW, UNKNOWN, PASSED = Outcome.FAILED, Outcome.REVIEW, Outcome.UNKNOWN, Outcome.PASSED


def finding(outcome: Outcome, check: str = "name-prefix") -> Finding:
    return Finding("acme/x", check, outcome, "llama3.1")


@pytest.mark.parametrize(
    ("level", "stops"),
    [(FAILED, [FAILED]), (REVIEW, [FAILED, REVIEW]), (UNKNOWN, [FAILED, REVIEW, UNKNOWN])],
)
def test_an_outcome_stops_from_its_level_on(level: Outcome, stops: list[Outcome]) -> None:
    every = [finding(outcome) for outcome in Outcome]
    assert [one.outcome for one in stopping(every, level, {})] == stops


@pytest.mark.parametrize(
    ("then", "now", "stops"),
    [
        (FAILED, FAILED, False),
        (FAILED, REVIEW, False),
        (REVIEW, REVIEW, False),
        (REVIEW, FAILED, True),
        (PASSED, REVIEW, True),
        (UNKNOWN, FAILED, True),
    ],
)
def test_what_stood_so_before_stops_no_more_and_what_got_worse_does(
    then: Outcome, now: Outcome, stops: bool
) -> None:
    before = {key(finding(then)): then}
    assert bool(list(stopping([finding(now)], REVIEW, before))) is stops


def test_another_check_is_another_thing() -> None:
    before = {key(finding(FAILED)): FAILED}
    assert list(stopping([finding(FAILED, "licence-tag")], FAILED, before))
