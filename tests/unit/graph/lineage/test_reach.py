"""What a family's roots reach: the strongest path, as strong as its weakest edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from graph.catalogue.model import Source, Strength
from graph.lineage.edges import Edges, mask, nodes_of
from graph.lineage.reach import NOTHING, Pedigree, Reach, descendants, parents_first
from tests.plain import arrow, columns, ids_of

Told = dict[str, tuple[str, float, list[str]]]


def reached(*texts: str, roots: str = "root", closed: str = "") -> Told:
    """Return for each node reached the strength, the confidence and the path's nodes."""
    arrows = [arrow(text) for text in texts]
    ids = ids_of(arrows, *roots.split())
    edges = columns(ids, arrows)
    shut = mask(len(ids), nodes_of(ids, closed.split()))
    reach = Pedigree(edges, len(ids), shut).reach(nodes_of(ids, roots.split()))
    return {
        ids[node]: (
            Strength(int(reach.strength[at])).word,
            round(float(reach.confidence[at]), 4),
            [*path(node, ids, edges, reach)],
        )
        for at, node in enumerate(reach.nodes.tolist())
    }


def path(node: int, ids: Sequence[str], edges: Edges, reach: Reach) -> Iterator[str]:
    """Yield the nodes above one, up to the root."""
    via = dict(zip(reach.nodes.tolist(), reach.via.tolist(), strict=True))
    while (edge := via[node]) >= 0:
        node = int(edges.parent[edge])
        yield ids[node]


def test_a_root_is_reached_by_the_empty_path() -> None:
    assert reached(roots="root") == {"root": ("declared", 1.0, [])}


@pytest.mark.parametrize(
    "relation", ["finetune", "adapter", "merge", "quantized", "mirror", "renamed"]
)
def test_relations_that_carry_weights_hand_the_family_on(relation: str) -> None:
    assert reached(f"child {relation} root")["child"] == ("declared", 1.0, ["root"])


@pytest.mark.parametrize("relation", ["distilled", "trained_on", "generated_by"])
def test_relations_that_carry_outputs_alone_do_not(relation: str) -> None:
    assert "child" not in reached(f"child {relation} root")


def test_a_path_is_as_strong_as_its_weakest_edge() -> None:
    told = reached(
        "a finetune root", "b finetune a stated", "c finetune b", "d mirror c inferred 0.5"
    )
    assert {name: strength for name, (strength, _, _) in told.items()} == {
        "root": "declared", "a": "declared", "b": "stated", "c": "stated", "d": "inferred",
    }  # fmt: skip


def test_the_strongest_path_wins_over_a_shorter_one() -> None:
    told = reached(
        "child finetune root inferred 0.9", "child finetune b", "b finetune a", "a finetune root"
    )
    assert told["child"] == ("declared", 1.0, ["b", "a", "root"])


def test_among_paths_of_one_strength_the_shorter_wins() -> None:
    told = reached("child finetune b", "b finetune a", "a finetune root", "child finetune root")
    assert told["child"] == ("declared", 1.0, ["root"])


def test_a_stated_path_wins_over_an_inferred_one_and_takes_declared_edges_too() -> None:
    told = reached("child mirror root inferred 0.9", "child finetune b", "b finetune root stated")
    assert told["child"] == ("stated", 1.0, ["b", "root"])


def test_the_confidence_of_a_path_is_the_product_of_its_edges() -> None:
    told = reached("a mirror root inferred 0.9", "b finetune a", "c mirror b inferred 0.5")
    assert [told[name][1] for name in "abc"] == [0.9, 0.9, 0.45]


def test_ties_go_to_the_parent_whose_id_comes_first() -> None:
    told = reached("child merge z", "child merge m", "m finetune root", "z finetune root")
    assert told["child"] == ("declared", 1.0, ["m", "root"])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_guessed_roots_are_the_same_in_any_order(order: tuple[int, int]) -> None:
    arrows = [arrow("c finetune a"), arrow("c finetune b")]
    ids = ids_of(arrows)
    edges = columns(ids, arrows)
    pedigree = Pedigree(edges, len(ids), mask(len(ids), []))
    seeds, confidence = np.array([0, 1]), np.array([0.8, 0.9], np.float32)
    found = pedigree.extend(NOTHING, seeds[[*order]], confidence[[*order]])
    assert found.nodes.tolist() == [0, 1, 2]
    assert found.confidence == pytest.approx([0.8, 0.9, 0.8])
    assert ids[edges.parent[found.via[2]]] == "a"


def test_between_two_relations_to_one_parent_the_first_of_the_hubs_words_is_shown() -> None:
    arrows = [arrow("child quantized root"), arrow("child adapter root")]
    for some in (arrows, arrows[::-1]):
        edges = columns(["child", "root"], some)
        reach = Pedigree(edges, 2, np.zeros(2, np.bool_)).reach(np.array([1]))
        assert some[int(reach.via[0])][1] == "adapter"


def test_a_diamond_is_reached_once() -> None:
    told = reached("a finetune root", "b finetune root", "child merge a", "child merge b")
    assert told["child"] == ("declared", 1.0, ["a", "root"])


def test_cycles_are_survived_and_have_a_path_to_the_root() -> None:
    told = reached(
        "a finetune b", "b finetune a", "b finetune root", "c finetune c2", "c2 finetune c"
    )
    assert told["a"] == ("declared", 1.0, ["b", "root"])
    assert "c" not in told
    assert reached("root finetune a", "a finetune root")["root"] == ("declared", 1.0, [])


def test_a_closed_node_inherits_from_nobody() -> None:
    told = reached("official finetune root", "child finetune official", closed="official")
    assert set(told) == {"root"}


def test_several_roots_reach_what_each_is_nearest_to() -> None:
    told = reached("a finetune r1", "b finetune a", "b finetune r2", roots="r1 r2")
    assert told["b"][2] == ["r2"]


def test_a_long_chain_is_walked_to_its_end() -> None:
    chain = [f"n{n + 1:04} finetune n{n:04}" for n in range(2000)]
    told = reached(*chain, roots="n0000")
    assert len(told["n2000"][2]) == 2000


def test_descendants_follow_every_relation_and_survive_cycles() -> None:
    arrows = [
        arrow(text)
        for text in (
            "b trained_on a",
            "c finetune b",
            "c finetune d",
            "d finetune c",
            "x finetune y",
        )
    ]
    ids = ids_of(arrows)
    edges = columns(ids, arrows)

    def of(*names: str) -> str:
        marked = descendants(edges, mask(len(ids), nodes_of(ids, names)))
        return "".join(name for name, m in zip(ids, marked, strict=True) if m)

    assert of("a") == "abcd"
    assert of("c") == "cd"
    assert of("y", "d") == "cdxy"
    assert of() == ""


def test_parents_come_first() -> None:
    told = ["child finetune base", "merge merge child", "merge merge other"]
    cycle = ["this finetune that", "that finetune this", "below finetune that"]
    arrows = [arrow(text) for text in (*told, *cycle)]
    ids = ids_of(arrows)
    order = parents_first(columns(ids, arrows), len(ids))
    named = [ids[node] for node in order]
    assert named == ["base", "other", "child", "merge", "below", "that", "this"]


def sources(*texts: str, roots: str = "root") -> dict[str, tuple[str, str]]:
    """Return for each node reached the strength and the source of its path."""
    arrows = [arrow(text) for text in texts]
    ids = ids_of(arrows, roots)
    edges = columns(ids, arrows)
    reach = Pedigree(edges, len(ids), mask(len(ids), [])).reach(nodes_of(ids, [roots]))
    told = zip(reach.nodes.tolist(), reach.strength.tolist(), reach.source.tolist(), strict=True)
    return {ids[n]: (Strength(firm).word, Source(who).word) for n, firm, who in told}


def test_a_path_holds_by_the_word_of_who_is_least_near_to_the_author() -> None:
    found = sources(
        "copy mirror root declared 1 register",
        "old renamed copy declared 1 hub",
        "child finetune old declared 1 author",
        "own finetune root declared 1 author",
    )
    assert found["copy"] == found["old"] == found["child"] == ("declared", "register")
    assert found["own"] == ("declared", "author")


def test_the_authors_own_path_wins_over_a_shorter_one_of_its_strength() -> None:
    found = sources(
        "child quantized root declared 1 register",
        "child finetune middle",
        "middle finetune root",
    )
    assert found["child"] == ("declared", "author")


def test_a_firmer_path_wins_whoever_tells_it() -> None:
    found = sources(
        "child mirror root declared 1 register",
        "child finetune root stated 1 author",
        "grandchild finetune child stated 1 author",
    )
    assert found == {
        "root": ("declared", "author"),
        "child": ("declared", "register"),
        "grandchild": ("stated", "register"),
    }


def test_an_authors_step_from_a_copy_waits_for_no_firmer_pass_in_vain() -> None:
    """The edge below a node that only a later pass reaches is taken by that pass."""
    found = sources(
        "copy mirror root inferred 0.9 register",
        "a finetune copy",
        "b finetune a stated",
        "b adapter root inferred 0.5 author",
    )
    assert found["a"] == ("inferred", "register")
    assert found["b"] == ("inferred", "author")
