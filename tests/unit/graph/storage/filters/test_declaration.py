"""A filter is declared whole: what it does, how it is asked for, and what it lets through."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from graph.catalogue.model import Outcome, Strength
from graph.storage.filters.declaration import FEW, Filters, described, one_of, words
from graph.storage.filters.lists import ArtifactFilter, FindingFilter, MemberFilter

LISTS = [Filters, MemberFilter, ArtifactFilter, FindingFilter]


@pytest.mark.parametrize("filters", LISTS)
def test_every_filter_says_what_it_does_and_has_a_label_and_an_example(
    filters: type[Filters],
) -> None:
    for name, (field, one) in filters.declared().items():
        assert field.description, name
        assert field.examples, name
        assert one.label, name
        assert not field.is_required(), name


@pytest.mark.parametrize("filters", LISTS)
def test_every_filter_but_the_strength_makes_a_condition(filters: type[Filters]) -> None:
    for name, (field, _) in filters.declared().items():
        given = filters.model_validate({name: (field.examples or [None])[0]})
        assert len(given.conditions()) == (name != "strength"), name
        assert not filters().conditions()


@pytest.mark.parametrize("filters", LISTS)
def test_what_a_form_offers_is_taken(filters: type[Filters]) -> None:
    for name, (_, one) in filters.declared().items():
        for value, text in one.choices() if one.choices else ():
            assert text
            assert filters.model_validate({name: value}).asked() in ({name: value}, {})


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


def test_few_choices_are_said_beside_what_a_filter_does() -> None:
    told = {name: described(*both) for name, both in FindingFilter.declared().items()}
    assert told["outcome"] == "Only with this outcome: failed, review, unknown, info, passed."
    assert told["family"] == "Only members of this family."
    assert told["author"] == "Only this organisation's or user's."
