"""Every name with "llama" in the shared data reads as the list that was read by hand says."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.catalogue.roster import load
from graph.evidence.classify import of_id
from tests.evaluate import names, report


def test_the_list_says_each_name_once_and_gives_known_reasons() -> None:
    listed, wrong = names.labels()
    assert set(listed.values()) <= {*names.REASONS.values(), "owner"}
    assert len({one.lower() for one in listed}) == len(listed)
    assert wrong
    assert all(names.WORD in one.lower() for one in (*listed, *wrong))


@pytest.mark.parametrize("one", names.labels()[0])
def test_a_listed_name_is_put_down_to_its_reason(one: str) -> None:
    assert names.reason(one, report.THRESHOLD) == names.labels()[0][one]


@pytest.mark.shared
def test_every_other_name_with_the_word_is_of_a_llama_family(shared: Path) -> None:
    listed, _ = names.labels()
    named = {one for one in names.ids(shared / "hub") if names.WORD in one.lower()}
    assert len(named) > 2000
    told = {one: names.reason(one, report.THRESHOLD) for one in named - listed.keys()}
    assert {one: why for one, why in told.items() if why != names.WORD} == {}
    made = [of_id(one) for one in named - listed.keys() if not one.startswith("datasets/")]
    assert all(one and one.family in load().families for one in made)
