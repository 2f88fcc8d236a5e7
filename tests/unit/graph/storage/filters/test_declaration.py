"""A filter is declared whole: what it does, how it is asked for, and what it lets through."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from graph.catalogue.model import Outcome, Strength
from graph.storage.filters.declaration import FEW, LINEAGE, Filters, LineageFilter, one_of, words
from graph.storage.filters.lists import ArtifactFilter, FindingFilter, MemberFilter

LISTS = [Filters, LineageFilter, MemberFilter, ArtifactFilter, FindingFilter]


@pytest.mark.parametrize("filters", LISTS)
def test_every_filter_says_what_it_does_and_has_a_label_and_an_example(
    filters: type[Filters],
) -> None:
    for one in filters.declared():
        assert one.about.endswith("."), one.name
        assert one.example, one.name
        assert one.filter.label, one.name
        assert filters().asked() == {}


@pytest.mark.parametrize("filters", LISTS)
def test_every_filter_but_the_lineage_makes_a_condition(filters: type[Filters]) -> None:
    assert not filters().conditions()
    for one in filters.declared():
        given = filters.model_validate({one.name: one.example})
        assert len(given.conditions()) == (one.name not in LINEAGE), one.name


@pytest.mark.parametrize("filters", LISTS)
def test_what_a_form_offers_is_taken(filters: type[Filters]) -> None:
    for one in filters.declared():
        for value, text in one.choices.items():
            assert text
            asked = {} if value == one.default else {one.name: value}
            assert filters.model_validate({one.name: value}).asked() == asked


def test_what_was_asked_can_be_asked_again() -> None:
    given = {"outcome": "failed", "min_downloads": 5, "strength": "stated"}
    wanted = FindingFilter.model_validate({**given, "family": "", "after": "1,2"})
    assert wanted == FindingFilter(outcome=Outcome.FAILED, min_downloads=5, strength="stated")
    assert wanted.asked() == given
    assert wanted.at_least is Strength.STATED
    assert FindingFilter().asked() == {}


def test_what_is_wrong_is_told_by_its_name_with_what_is_known() -> None:
    with pytest.raises(ValidationError) as refused:
        FindingFilter.model_validate({"check": "x", "outcome": "bad", "family": "llama-3.11"})
    told = words(refused.value)
    assert "check: none of: name-prefix, " in told
    assert "outcome: Input should be 'failed', " in told
    assert "family: none of the " in told
    assert "nearest: llama-3.1" in told


def test_of_many_known_words_the_nearest_are_named() -> None:
    known = [f"word-{n}" for n in range(FEW + 1)]
    with pytest.raises(ValueError, match=f"none of the {FEW + 1} known; nearest: .*word-1"):
        one_of(known, "word-1x")
    with pytest.raises(ValueError, match="nearest: none"):
        one_of(known, "zzz")


def test_few_choices_can_be_said_and_many_cannot() -> None:
    asked = {one.name: one for one in FindingFilter.declared()}
    assert asked["outcome"].few == ["failed", "review", "unknown", "info", "passed"]
    assert len(asked["family"].choices) > FEW
    assert asked["family"].few == []
    assert asked["author"].choices == {}
    assert [name for name, one in asked.items() if one.number] == ["min_downloads"]
