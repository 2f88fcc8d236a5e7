"""Claims to edges: merged by child, parent and relation, as strong as the strongest of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.model import Relation, Source
from graph.lineage.edges import Edges
from graph.lineage.resolve import other_case, resolve
from tests.plain import Arrow, arrow, arrows_of, columns, ids_of

NAMES = st.sampled_from("abcd")
CLAIMS = st.lists(
    st.tuples(
        NAMES,
        st.sampled_from([r.value for r in Relation]),
        NAMES,
        st.sampled_from(["declared", "stated", "inferred"]),
        st.sampled_from([1.0, 0.9, 0.5]),
        st.sampled_from([source.word for source in Source]),
    ),
    max_size=20,
)


def resolved(*texts: str, older: tuple[int, ...] = (), live: str = "") -> list[Arrow]:
    claims = [arrow(text) for text in texts]
    ids = ids_of(claims)
    told = np.isin(np.arange(len(claims)), older)
    edges = resolve(columns(ids, claims), told, np.array([name in live.split() for name in ids]))
    return arrows_of(ids, edges)


def test_an_edge_joins_exactly_the_ids_of_its_claim() -> None:
    assert resolved("a finetune /cache/x", "b merge a") == [
        arrow("a finetune /cache/x"),
        arrow("b merge a"),
    ]


def test_claims_of_one_edge_make_it_as_strong_as_the_strongest() -> None:
    assert resolved(
        "a finetune b inferred 0.4", "a finetune b stated", "a finetune b inferred 0.6"
    ) == [arrow("a finetune b stated")]


def test_claims_that_are_only_inferred_keep_the_best_confidence() -> None:
    assert resolved("a mirror b inferred 0.4", "a mirror b inferred 0.6") == [
        arrow("a mirror b inferred 0.6")
    ]


def test_relations_and_directions_are_kept_apart() -> None:
    told = ["a adapter b", "a finetune b", "b finetune a"]
    assert sorted(resolved(*told)) == sorted(map(arrow, told))


def test_a_repository_is_not_its_own_parent() -> None:
    assert resolved("a finetune a", "a renamed a") == []


def test_an_older_name_that_a_live_repository_bears_is_none() -> None:
    told = ("old renamed new", "child finetune new")
    assert resolved(*told, older=(0,)) == [arrow(told[1]), arrow(told[0])]
    assert resolved(*told, older=(0,), live="old") == [arrow(told[1])]


def test_a_rename_that_the_roster_knows_stays_whatever_is_live() -> None:
    assert resolved("old renamed new", live="old new") == [arrow("old renamed new")]


def test_no_claims_make_no_edges() -> None:
    nothing = np.zeros(0, np.bool_)
    assert len(resolve(columns([], []), nothing, nothing)) == 0


@given(CLAIMS, st.randoms(use_true_random=False), st.sets(NAMES))
def test_the_order_of_the_claims_changes_nothing(
    claims: list[Arrow], random: Any, live: set[str]
) -> None:
    mixed = claims[::-1]
    random.shuffle(mixed)
    ids = list("abcd")
    alive = np.array([name in live for name in ids])

    def edges(some: list[Arrow]) -> list[Arrow]:
        told = np.array([a[4] == 0.5 for a in some], np.bool_)
        return arrows_of(ids, resolve(columns(ids, some), told, alive))

    assert edges(claims) == edges(mixed)


def test_a_parent_in_other_case_is_the_live_repository_of_that_name() -> None:
    ids = ["acme/Base", "acme/base", "x/child"]
    live = np.array([True, False, True])
    told = Edges(
        np.array([2]),
        np.array([1]),
        np.array([0], np.int8),
        np.array([3], np.int8),
        np.ones(1, np.float32),
        np.array([4], np.int8),
    )
    found = other_case(ids, live, told)
    assert [(ids[c], ids[p]) for c, p in zip(found.child, found.parent, strict=True)] == [
        ("acme/base", "acme/Base")
    ]
    assert found.strength.tolist() == [1]
    assert len(other_case(["A/b", "a/B", "a/b", "x"], np.array([1, 1, 0, 1], bool), told)) == 0


def test_an_edge_is_the_word_of_who_claims_it_most_firmly() -> None:
    one = "copy quantized base"
    assert resolved(f"{one} declared 1 register", f"{one} inferred 1 author") == [
        arrow(f"{one} declared 1 register")
    ]
    assert resolved(f"{one} declared 1 register", f"{one} declared 1 author") == [
        arrow(f"{one} declared 1 author")
    ]
    assert resolved(f"{one} stated 1 annotator", f"{one} stated 1 register") == [
        arrow(f"{one} stated 1 annotator")
    ]
