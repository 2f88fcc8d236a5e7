"""The golden cases, expectation by expectation: all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import cases


@pytest.mark.shared
@pytest.mark.parametrize(("name", "number"), [("cases.jsonl", 38), ("field.jsonl", 66)])
def test_each_case_is_judged_as_its_author_expects(
    name: str, number: int, shared: Path, tmp_path: Path
) -> None:
    every = cases.read(shared, name)
    assert len(every) >= number
    said = {case.case: cases.disagreements(case, cases.judged(case, tmp_path)) for case in every}
    assert {case: wrong for case, wrong in said.items() if wrong} == {}
