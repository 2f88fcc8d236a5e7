"""Cases of our own in the forms met in public: what names a parent, and what only looks like it.

A line of ``field_own.jsonl`` that has ``unmet`` says there why it is not met yet.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import cases

OWN = Path(__file__).parent / "field_own.jsonl"


@pytest.mark.shared
def test_our_own_field_cases_are_judged_as_a_reader_would(shared: Path, tmp_path: Path) -> None:
    every = cases.read_file(OWN, shared)
    assert len({case.case for case in every}) == len(every) >= 500
    said = {case.case: cases.disagreements(case, cases.judged(case, tmp_path)) for case in every}
    assert {case: wrong for case, wrong in said.items() if wrong} == {}
