"""Families and arriving licences, held against a roster of a test's own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.model import Artifact, Finding, Membership, Relation, Source, Strength
from graph.catalogue.roster import Copy, Family, Roster
from graph.compliance.judge import judge
from graph.lineage.families import Families
from graph.lineage.inherited import InheritedLicences
from graph.lineage.resolve import resolve
from tests.plain import Arrow, arrow, columns, ids_of

ROSTER = Roster(
    families={
        "llama-3": Family("llama-3", "Llama 3", "Meta", "llama3", llama=True,
                          official=frozenset({"m/Llama-3", "m/Llama-3-Instruct"})),
        "llama-3.1": Family("llama-3.1", "Llama 3.1", "Meta", "llama3.1", llama=True,
                            official=frozenset({"m/Llama-3.1"})),
        "llama-1": Family("llama-1", "LLaMA", "Meta", "llama1", llama=True,
                          roots=frozenset({"h/llama-7b"})),
        "rival": Family("rival", "Rival", "R", "apache-2.0", official=frozenset({"r/Rival"})),
    },
    renamed={"m/Old-Llama-3.1": "m/Llama-3.1"},
    copies={"u/Copy": Copy("m/Llama-3", Relation.MIRROR)},
    licensors=frozenset({"m"}),
)  # fmt: skip
NAMES = ("m/Llama-3", "m/Llama-3.1", "r/Rival", "a/A", "b/B", "c/C", "d/D")


def families(*texts: str) -> Families:
    return of_arrows([arrow(text) for text in texts])


def of_arrows(arrows: list[Arrow], *more: str) -> Families:
    ids = ids_of(arrows, *more)
    nothing = np.zeros(len(ids), np.bool_)
    edges = resolve(columns(ids, arrows), np.zeros(len(arrows), np.bool_), nothing)
    return Families(ids, edges, ROSTER)


def memberships(found: Families, name: str) -> list[Membership]:
    return found.memberships(found.ids.index(name))


def names(found: Families, name: str) -> list[str]:
    return [m.family for m in memberships(found, name)]


def test_a_child_has_its_parents_family() -> None:
    found = families("a/A finetune m/Llama-3", "b/B quantized a/A")
    assert names(found, "b/B") == ["llama-3"]


def test_a_merge_of_two_bases_has_both_families_each_with_its_own_strength() -> None:
    found = families("a/A merge m/Llama-3", "a/A merge r/Rival stated")
    assert [(m.family, m.strength.word) for m in memberships(found, "a/A")] == [
        ("llama-3", "declared"), ("rival", "stated"),
    ]  # fmt: skip


def test_an_official_repository_has_its_rosters_family_alone() -> None:
    found = families("m/Llama-3-Instruct finetune r/Rival", "a/A finetune m/Llama-3-Instruct")
    assert names(found, "m/Llama-3-Instruct") == ["llama-3"]
    assert names(found, "a/A") == ["llama-3"]


def test_a_root_of_others_may_itself_inherit() -> None:
    found = families("h/llama-7b finetune m/Llama-3")
    assert names(found, "h/llama-7b") == ["llama-1", "llama-3"]


def test_who_descends_from_nobody_known_has_no_family() -> None:
    found = families("a/A finetune b/B")
    assert names(found, "a/A") == []
    assert InheritedLicences(found).at(found.ids.index("a/A")) == []


def test_an_old_name_hands_the_family_on_by_the_rename() -> None:
    found = families("a/A finetune m/Old-Llama-3.1", "m/Old-Llama-3.1 renamed m/Llama-3.1")
    (inherited,) = InheritedLicences(found).at(found.ids.index("a/A"))
    assert [(d.child, d.parent) for d in inherited.path] == [
        ("a/A", "m/Old-Llama-3.1"), ("m/Old-Llama-3.1", "m/Llama-3.1"),
    ]  # fmt: skip
    assert set(inherited.parent_names) == {"Old-Llama-3.1", "Llama-3.1"}


def test_the_names_of_a_parent_are_those_it_bore_too() -> None:
    found = families("a/A quantized m/Llama-3.1", "x/Told-Before renamed m/Llama-3.1")
    (inherited,) = InheritedLicences(found).at(found.ids.index("a/A"))
    assert set(inherited.parent_names) == {"Llama-3.1", "Old-Llama-3.1", "Told-Before"}


def test_steps_are_the_own_edges_that_lead_there_as_firmly_as_the_path() -> None:
    found = families(
        "a/A merge m/Llama-3", "a/A merge b/B", "a/A merge c/C", "b/B finetune m/Llama-3",
        "c/C finetune m/Llama-3 stated", "a/A trained_on datasets/d/D",
    )  # fmt: skip
    (inherited,) = InheritedLicences(found).at(found.ids.index("a/A"))
    assert [step.parent for step in inherited.steps] == ["b/B", "m/Llama-3"]
    assert [step.parent for step in inherited.path] == ["m/Llama-3"]


def test_an_official_repository_has_an_arrival_without_path() -> None:
    found = families("a/A finetune m/Llama-3")
    (inherited,) = InheritedLicences(found).at(found.ids.index("m/Llama-3"))
    assert (inherited.licence, inherited.path, inherited.steps) == ("llama3", (), ())


@pytest.mark.parametrize(
    ("name", "is_one"), [("m/X", True), ("datasets/m/X", True), ("mm/X", False), ("gpt2", False)]
)
def test_the_licensor_is_known_by_its_organisation(name: str, is_one: bool) -> None:
    found = of_arrows([], name)
    assert found.is_licensor(0) is is_one


def test_names_in_a_circle_of_renames_end() -> None:
    found = families(
        "a/A renamed b/B", "b/B renamed a/A", "b/B finetune m/Llama-3", "c/C merge a/A"
    )
    (inherited,) = InheritedLicences(found).at(found.ids.index("c/C"))
    assert set(inherited.parent_names) == {"A", "B"}


ARROWS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from([r.value for r in Relation]),
        st.sampled_from(NAMES),
        st.sampled_from(["declared", "stated", "inferred"]),
        st.sampled_from([1.0, 0.9, 0.5]),
        st.sampled_from([source.word for source in Source]),
    ),
    max_size=14,
)  # fmt: skip


@given(ARROWS, st.randoms(use_true_random=False))
def test_the_order_in_which_claims_arrive_changes_nothing(arrows: list[Arrow], random: Any) -> None:
    mixed = list(arrows)
    random.shuffle(mixed)
    assert everything(arrows) == everything(mixed)


@given(ARROWS)
def test_a_merges_findings_include_those_of_each_parent(arrows: list[Arrow]) -> None:
    found = of_arrows(arrows)
    known = InheritedLicences(found)
    for step in map(known.derivation, range(len(found.edges))):
        if not step.relation.carries_weights or found.roster.is_official(step.child):
            continue
        above, below = (owed(found, name) for name in (step.parent, step.child))
        assert above.keys() <= below.keys()
        for duty, strength in above.items():
            assert below[duty] >= min(strength, step.strength)


def owed(found: Families, name: str) -> dict[tuple[str, str | None], Strength]:
    """Return each check and licence that a finding speaks of, with the finding's strength."""
    inherited_licences = InheritedLicences(found).at(found.ids.index(name))
    findings = judge(Artifact(name, licences=()), inherited_licences, licensor=False)
    return {(f.check, f.licence): f.strength for f in findings if f.strength}


@given(ARROWS)
def test_ids_that_nobody_knows_change_nothing_for_the_others(arrows: list[Arrow]) -> None:
    more = everything(arrows, "0/before", "c/Between", "zz/after")
    assert {name: told for name, told in more.items() if name in everything(arrows)} == (
        everything(arrows)
    )


def everything(
    arrows: list[Arrow], *more: str
) -> dict[str, tuple[list[Membership], list[Any], list[Finding]]]:
    """Return memberships, arrivals with their paths, and findings of every node."""
    found = of_arrows(arrows, *more)
    told: dict[str, tuple[list[Membership], list[Any], list[Finding]]] = {}
    for node, name in enumerate(found.ids):
        inherited_licences = InheritedLicences(found).at(node)
        findings = judge(
            Artifact(name, licences=("mit",)), inherited_licences, licensor=found.is_licensor(node)
        )
        told[name] = (found.memberships(node), inherited_licences, findings)
    return told
