"""By whose word a model is in a family: what is stored, and what lists and counts let through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.catalogue.model import Outcome, Source, Strength
from graph.storage.filters.declaration import LineageFilter
from graph.storage.filters.lists import ArtifactFilter, FindingFilter
from tests.home import LLAMA, Home, model

COPY = "unsloth/Meta-Llama-3.1-8B-bnb-4bit"  # the roster knows of what
OLD = "meta-llama/Meta-Llama-3.1-8B"  # the roster knows under which name it is now


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    home.take(
        model(LLAMA),
        model("a/Own", f"finetune:{LLAMA}", licence="mit"),
        model("b/Of-Copy", f"adapter:{COPY}", licence="mit"),
        model("c/Of-Old", f"finetune:{OLD}", licence="mit"),
        model("d/Both", f"merge:{COPY}", f"merge:{LLAMA}"),
    )
    home.build()
    yield home
    home.close()


def told(home: Home, one: str) -> tuple[Strength, Source]:
    stored = home.read_model.artifact(one)
    assert stored is not None
    (member,) = stored.memberships
    return member.strength, member.source


def test_a_family_is_the_authors_word_where_a_path_is_that_they_tell_alone(home: Home) -> None:
    assert told(home, "a/Own") == told(home, "d/Both") == (Strength.DECLARED, Source.AUTHOR)
    assert told(home, "b/Of-Copy") == told(home, "c/Of-Old") == (Strength.DECLARED, Source.REGISTER)


def test_counts_and_lists_can_be_asked_for_the_authors_word_alone(home: Home) -> None:
    alone = LineageFilter(source="author")
    counts = home.read_model.family_counts
    assert counts(LineageFilter())["llama-3.1"]["crawled"] == 5
    assert counts(alone)["llama-3.1"]["crawled"] == 3
    within = ArtifactFilter(family="llama-3.1", source="author")
    assert [one.id for one in home.read_model.artifacts(within)] == [
        "a/Own",
        "d/Both",
        LLAMA,
    ]


def test_a_list_holds_the_models_with_a_finding_of_an_outcome_once_each(home: Home) -> None:
    failed = home.read_model.findings(FindingFilter(outcome=Outcome.FAILED))
    found = [one.id for one in home.read_model.artifacts(ArtifactFilter(outcome=Outcome.FAILED))]
    assert found == sorted({one.finding.artifact for one in failed})
    assert len(failed) > len(found)
    assert {"a/Own", "b/Of-Copy", "c/Of-Old"} <= set(found)
    mine = home.read_model.artifacts(ArtifactFilter(outcome=Outcome.FAILED, source="author"))
    assert "a/Own" in {one.id for one in mine}
    assert not {"b/Of-Copy", "c/Of-Old"} & {one.id for one in mine}
    theirs = home.read_model.findings(FindingFilter(outcome=Outcome.FAILED, source="author"))
    assert {one.finding.artifact for one in theirs} == {one.id for one in mine}


def test_the_path_of_a_finding_says_which_step_is_whose_word(home: Home) -> None:
    stored = home.read_model.artifact("b/Of-Copy")
    assert stored is not None
    path = next(finding.path for finding in stored.findings if finding.path)
    assert [(step.parent, step.source) for step in path] == [
        (COPY, Source.AUTHOR),
        (OLD, Source.REGISTER),
        (LLAMA, Source.REGISTER),
    ]


def test_a_new_word_for_an_old_edge_reaches_what_stands_below(home: Home) -> None:
    """The author now says itself what the register knew: the edge is another, and is built."""
    home.take(model(COPY, f"quantized:{LLAMA}"))
    assert home.build().id is not None
    assert told(home, "b/Of-Copy") == (Strength.DECLARED, Source.AUTHOR)
