"""What one licence asks that another does not, word by word."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.licences import load
from graph.compliance.difference import ClauseDiff, LicenceDiff, Standing, diff, neighbours
from graph.compliance.summary import summary
from graph.compliance.word_diff import Run, RunKind, compared, places
from tests.places import SHARED

KNOWN = load().licences
WORDS = st.lists(st.sampled_from(["a", "b", "c", "the", "Llama", '"x"']), max_size=14)


def between(a: str, b: str) -> LicenceDiff:
    return diff(KNOWN[a], KNOWN[b])


def clause(found: LicenceDiff, check: str) -> ClauseDiff:
    return next(one for one in found.clauses if one.check == check)


def differing(one: ClauseDiff) -> list[tuple[RunKind, str]]:
    return [(run.kind, run.text) for run in one.runs if run.kind is not RunKind.EQUAL]


def side(runs: tuple[Run, ...], without: RunKind) -> list[str]:
    return [word for run in runs if run.kind is not without for word in run.text.split()]


def test_llama_3_to_3_1_has_four_changes_in_1_b_i_and_1_b_v_deleted() -> None:
    found = between("llama3", "llama3.1")
    assert summary(found) == [
        "four changes in 1.b.i",
        "1.b.v deleted",
        "the version's name alone in 1.b.iii, 1.b.iv and section 2",
    ]
    assert clause(found, "outputs-training").standing is Standing.DELETED
    assert clause(found, "outputs-training").after is None


def test_the_four_changes_are_those_that_people_list() -> None:
    found = between("llama3", "llama3.1")
    gone, new = RunKind.DELETED, RunKind.INSERTED
    assert differing(clause(found, "name-prefix")) == [
        (new, "or any outputs or results of the Llama Materials"),
        (gone, '"Llama 3"'),
        (new, '"Llama"'),
    ]
    assert differing(clause(found, "licence-copy")) == [
        (gone, "that uses any of them, including another AI model,"),
        (new, "(including another AI model) that contains any of them,"),
    ]
    assert differing(clause(found, "built-with")) == [(gone, 'Meta Llama 3"'), (new, 'Llama"')]


@pytest.mark.shared
def test_the_changes_agree_with_the_licence_data() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no shared data at {SHARED}")
    clauses = json.loads((SHARED / "licences" / "clauses.json").read_text("utf-8"))
    told, whole = clauses["diffs"], clauses["full_sections"]
    assert places(compared(whole["llama3"]["1.b.i"], whole["llama3.1"]["1.b.i"])) == 4
    listed = told["1.b.i llama3->llama3.1"]
    found = [c for c in between("llama3", "llama3.1").clauses if c.paragraph == "1.b.i"]
    assert sum(c.changes for c in found if c.as_under is None) == len(listed) == 4
    for old, new in listed:
        told_by = [c for c in found if c.before and c.after and old in c.before.quote]
        assert any(c.after and new in c.after.quote for c in told_by), old
    assert told["1.b.i llama3.1->3.2->3.3->4"].startswith("identical")
    for a, b in (("llama3.1", "llama3.2"), ("llama3.2", "llama3.3"), ("llama3.3", "llama4")):
        same = [c for c in between(a, b).clauses if c.paragraph == "1.b.i"]
        assert {c.standing for c in same} == {Standing.SAME}


def test_one_clause_that_imposes_two_duties_is_counted_once() -> None:
    tag = clause(between("llama3", "llama3.1"), "licence-tag")
    assert tag.as_under == "licence-copy"
    assert tag.changes == 1


def test_a_version_name_is_told_from_other_words() -> None:
    found = between("llama3.1", "llama3.2")
    assert clause(found, "notice-file").version_only
    assert not clause(found, "use-policy").version_only  # the address has another host
    assert not clause(found, "name-prefix").version_only  # the same


def test_a_paragraph_of_the_use_policy_is_no_longer_listed_rather_than_deleted() -> None:
    found = between("llama3.2", "llama3.3")
    assert clause(found, "eu-multimodal").word == "no longer listed"
    assert "eu-multimodal (use policy) no longer listed as a duty" in summary(found)


def test_duties_that_came_into_a_paragraph_are_named() -> None:
    told = summary(between("llama2", "llama3"))
    assert "name-prefix and built-with added in 1.b.i" in told
    assert "1.b.v added" in summary(between("llama3.1", "llama3"))


@pytest.mark.parametrize(("a", "b"), list(product(KNOWN, KNOWN)))
def test_a_diff_holds_every_clause_of_both_and_its_reverse_mirrors_it(a: str, b: str) -> None:
    found, back = between(a, b), between(b, a)
    assert {c.check for c in found.clauses} == {*KNOWN[a].obligations, *KNOWN[b].obligations}
    mirror = {Standing.ADDED: Standing.DELETED, Standing.DELETED: Standing.ADDED}
    for one in found.clauses:
        assert side(one.runs, RunKind.INSERTED) == (one.before.quote.split() if one.before else [])
        assert side(one.runs, RunKind.DELETED) == (one.after.quote.split() if one.after else [])
        other = clause(back, one.check)
        assert other.standing is mirror.get(one.standing, one.standing)
        assert (other.version_only, other.paragraph != "") == (one.version_only, True)
    assert (summary(found) == []) == all(c.standing is Standing.SAME for c in found.clauses)


def test_white_space_is_no_difference() -> None:
    one = KNOWN["llama3.1"]
    duty = one.obligations["licence-copy"]
    spaced = replace(duty, quote=duty.quote.replace(" ", "\n  "))
    found = diff(one, replace(one, obligations={**one.obligations, "licence-copy": spaced}))
    assert summary(found) == []


def test_neighbours_are_the_versions_of_the_same_maker() -> None:
    def ids(licence: str) -> list[str | None]:
        return [one.id if one else None for one in neighbours(KNOWN[licence], KNOWN.values())]

    assert ids("llama1") == [None, "llama2"]
    assert ids("llama3") == ["llama2", "llama3.1"]
    assert ids("codellama") == ["llama1", "llama3"]
    assert ids("llama4")[0] == "llama3.3"


@given(WORDS, WORDS)
def test_runs_rebuild_both_texts_and_alternate(old: list[str], new: list[str]) -> None:
    runs = compared(" ".join(old), " ".join(new))
    assert side(runs, RunKind.INSERTED) == old
    assert side(runs, RunKind.DELETED) == new
    assert all(run.text for run in runs)
    assert all(one.kind is not two.kind for one, two in pairwise(runs))
    assert (places(runs) == 0) == (old == new)
