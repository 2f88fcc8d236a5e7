"""The golden cases, expectation by expectation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import cases

# Expectations that rest on what is not read yet: prose and names (lineage that cards do not
# tell), and the checks that are declared and not judged yet. Each leaves when its issue is done.
LATER = {
    "stated-in-prose": {"families", "name-prefix", "licence-tag"},
    "outputs-3.1": {"name-prefix"},
}
NOW = {"families", "name-prefix", "licence-tag", "basis"}


@pytest.mark.shared
def test_each_case_is_judged_as_its_author_expects(shared: Path, tmp_path: Path) -> None:
    wrong: dict[str, dict[str, str]] = {}
    for case in cases.read(shared):
        said = cases.disagreements(case, cases.judged(case, tmp_path))
        left = LATER.get(case.case, set())
        found = {name: how for name, how in said.items() if name in NOW and name not in left}
        if found:
            wrong[case.case] = found
    assert wrong == {}


@pytest.mark.shared
def test_no_case_is_left_for_later_that_is_right_already(shared: Path, tmp_path: Path) -> None:
    for case in cases.read(shared):
        said = cases.disagreements(case, cases.judged(case, tmp_path))
        assert LATER.get(case.case, set()) <= set(said), case.case
