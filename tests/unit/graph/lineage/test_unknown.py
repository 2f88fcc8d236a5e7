"""Where lineages end in what nobody knows, on graphs written down as plain texts."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.lineage.edges import Mask
from graph.lineage.families import Families
from graph.lineage.unknown import ends
from tests.plain import Arrow, arrow
from tests.unit.graph.lineage.test_families import of_arrows

LIVE = ("a/A", "b/B", "c/C")
NAMES = (*LIVE, "x/X", "y/Y", "m/Llama-3", "r/Rival")


def told(
    *texts: str, live: Iterable[str] = LIVE, unread: Iterable[str] = (), others: Iterable[str] = ()
) -> dict[str, tuple[str, str | None]]:
    """Return for each node that is unknown where it ends, and its parent on the way there."""
    return _told(of_arrows([arrow(text) for text in texts]), live, unread, others)


def _told(
    families: Families, live: Iterable[str], unread: Iterable[str], others: Iterable[str]
) -> dict[str, tuple[str, str | None]]:
    def marked(names: Iterable[str]) -> Mask:
        return np.array([one in set(names) for one in families.ids], np.bool_)

    found = ends(families, marked(live), marked(unread), marked(others))
    parents = families.edges.parent
    return {
        families.ids[node]: (
            families.ids[end],
            families.ids[parents[found.via[node]]] if found.via[node] >= 0 else None,
        )
        for node, end in enumerate(found.end.tolist())
        if end >= 0
    }


def test_a_parent_never_read_leaves_all_below_it_unknown() -> None:
    found = told("a/A finetune x/X", "b/B quantized a/A stated")
    assert found == {"x/X": ("x/X", None), "a/A": ("x/X", "x/X"), "b/B": ("x/X", "a/A")}


def test_what_has_a_family_is_settled_and_so_is_what_descends_from_it() -> None:
    merged = ("a/A merge m/Llama-3", "a/A merge x/X", "b/B finetune a/A")
    assert set(told(*merged)) == {"x/X"}
    assert set(told("a/A merge r/Rival", "a/A merge x/X")) == {"x/X"}


def test_anothers_name_settles_it() -> None:
    assert told("a/A finetune x/X", others=["x/X"]) == {}
    assert set(told("a/A finetune x/X", others=["a/A"])) == {"x/X"}


def test_a_file_that_could_not_be_read_is_an_end_of_its_own() -> None:
    found = told("b/B finetune a/A", unread=["a/A"])
    assert found == {"a/A": ("a/A", None), "b/B": ("a/A", "a/A")}


def test_inferred_edges_and_outputs_lead_to_nothing_unknown() -> None:
    assert set(told("a/A finetune x/X inferred 0.8")) == {"x/X"}
    assert set(told("a/A distilled x/X")) == {"x/X"}


def test_a_text_that_means_an_id_ends_where_that_does() -> None:
    meant = "x/X renamed b/B inferred 0.9"
    assert told("a/A finetune x/X", meant) == {}
    found = told("a/A finetune x/X", "x/X renamed y/Y inferred 0.9")
    assert found == {"y/Y": ("y/Y", None), "x/X": ("y/Y", "y/Y"), "a/A": ("y/Y", "x/X")}


ARROWS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(["finetune", "merge", "renamed", "trained_on"]),
        st.sampled_from(NAMES),
        st.sampled_from(["declared", "stated", "inferred"]),
        st.just(1.0),
        st.just("author"),
    ).filter(lambda one: one[0] != one[2]),
    max_size=8,
)


@given(ARROWS, st.sets(st.sampled_from(LIVE)))
def test_nothing_of_a_family_is_unknown_and_each_end_is_one(
    arrows: list[Arrow], unread: set[str]
) -> None:
    families = of_arrows(arrows, *NAMES)
    found = _told(families, LIVE, unread, ())
    for name, (end, _) in found.items():
        assert families.memberships(families.ids.index(name)) == []
        assert found[end] == (end, None)
        assert end in unread or end not in LIVE
    assert found == _told(of_arrows(arrows[::-1], *NAMES), LIVE, unread, ())
