"""What the ports promise, held against every engine (see conftest) by the same tests."""

from collections.abc import Iterator

import networkx as nx
import pytest

from graph.catalogue.model import Strength
from graph.engines.port.ports import (
    Batch,
    CypherConsole,
    Direction,
    EdgeRows,
    GraphState,
    GraphStore,
)
from tests.contract.conftest import (
    ENGINES,
    WITH_CYPHER,
    Engine,
    derived,
    edge,
    herd,
    model,
    pairs,
    params,
)

CHAIN = Batch(
    nodes={"Model": [model(i) for i in "abcd"]},
    edges=(derived(edge("a", "b"), edge("b", "c", strength="inferred", sure=0.5), edge("c", "d")),),
)


def walk(
    store: GraphStore,
    start: str,
    direction: Direction = "up",
    depth: int = 9,
    at_least: Strength = Strength.INFERRED,
    limit: int = 100,
) -> "nx.MultiDiGraph[str]":
    return store.lineage(start, direction, depth, at_least, limit)


def written(store: GraphStore, *batches: Batch) -> GraphStore:
    store.write("first", batches, fresh=True)
    return store


def test_an_engine_answers_cypher_if_it_says_so(engine: Engine, store: GraphStore) -> None:
    assert isinstance(store, CypherConsole) is engine.cypher


def test_an_empty_store_has_no_build_and_no_lineage(store: GraphStore) -> None:
    assert store.state() == GraphState()
    assert not walk(store, "a")


def test_the_build_is_named_after_each_write(store: GraphStore) -> None:
    assert written(store, CHAIN).state().build == "first"
    store.write("second", [], fresh=False)
    assert store.state().build == "second"
    assert len(walk(store, "a")) == 4


def test_writing_the_same_again_changes_nothing(store: GraphStore) -> None:
    written(store, CHAIN)
    before = walk(store, "a")
    renewed = Batch(CHAIN.nodes, CHAIN.edges, renew={"Model": list("abcd")})
    store.write("second", [renewed], fresh=False)
    after = walk(store, "a")
    assert sorted(after.nodes.items()) == sorted(before.nodes.items())
    assert sorted(after.edges(data=True)) == sorted(before.edges(data=True))


def test_a_nodes_properties_replace_the_old_ones(store: GraphStore) -> None:
    written(store, Batch(nodes={"Model": [model("a", crawled=True)]}))
    store.write("second", [Batch(nodes={"Model": [{"id": "a"}]})], fresh=False)
    assert walk(store, "a").nodes["a"]["crawled"] is False


def test_an_update_leaves_other_properties_and_edges_alone(store: GraphStore) -> None:
    written(store, CHAIN, Batch(nodes={"Model": [model("e", downloads=1, likes=1)]}))
    rows = [{"id": i, "crawled": None} for i in ("b", "never")]
    store.write("second", [Batch(update={"Model": rows})], fresh=False)
    found = walk(store, "a")
    assert sorted(found.edges()) == [("a", "b"), ("b", "c"), ("c", "d")]
    assert [found.nodes[i]["crawled"] for i in "abc"] == [True, False, True]
    assert not walk(store, "never")


@pytest.mark.parametrize("engine", WITH_CYPHER, indirect=True)
def test_an_update_sets_what_is_given_and_null_takes_away(store: GraphStore) -> None:
    written(store, Batch(nodes={"Model": [model("a", downloads=1, downloads_all=5, likes=2)]}))
    row = {"id": "a", "downloads": 3, "downloads_all": None, "likes": 2}
    store.write("second", [Batch(update={"Model": [row]})], fresh=False)
    assert isinstance(store, CypherConsole)
    query = "MATCH (m:Model) RETURN m.name, m.downloads, m.downloads_all, m.likes"
    assert store.cypher(query, {}, seconds=20, rows=None).rows == [["a", 3, None, 2]]


def test_a_label_given_whole_has_no_other_nodes(store: GraphStore) -> None:
    whole = frozenset({"Dataset"})
    first = {"Dataset": [model("datasets/a"), model("datasets/b")], "Model": [model("m")]}
    written(store, Batch(nodes=first, whole=whole))
    second = {"Dataset": [model("datasets/b", crawled=False), model("datasets/c")]}
    store.write("second", [Batch(nodes=second, whole=whole)], fresh=False)
    found = {i: walk(store, i).nodes for i in ("datasets/a", "datasets/b", "datasets/c", "m")}
    assert [len(nodes) for nodes in found.values()] == [0, 1, 1, 1]
    assert found["datasets/b"]["datasets/b"]["crawled"] is False
    store.write("third", [Batch(whole=whole)], fresh=False)
    assert [len(walk(store, i)) for i in found] == [0, 0, 0, 1]


def test_renewal_replaces_what_goes_out_and_keeps_what_comes_in(store: GraphStore) -> None:
    written(store, CHAIN)
    batch = Batch(edges=(derived(edge("b", "d")),), renew={"Model": ["b"]})
    store.write("second", [batch], fresh=False)
    assert sorted(walk(store, "a").edges()) == [("a", "b"), ("b", "d")]


def test_what_is_gone_takes_its_edges_with_it(store: GraphStore) -> None:
    written(store, CHAIN)
    store.write("second", [Batch(gone={"Model": ["b"]})], fresh=False)
    assert not walk(store, "b")
    assert sorted(walk(store, "a")) == ["a"]
    assert sorted(walk(store, "d", "down")) == ["c", "d"]


def broken() -> Iterator[Batch]:
    yield Batch(gone={"Model": ["a"]})
    yield Batch(nodes={"Model": [model("new")]})
    raise RuntimeError("the disk is full")


@pytest.mark.parametrize("fresh", [True, False])
def test_a_failure_half_way_removes_nothing_and_is_repaired(
    engine: Engine, store: GraphStore, fresh: bool
) -> None:
    written(store, CHAIN)
    with pytest.raises(RuntimeError, match="disk"):
        store.write("second", broken(), fresh=fresh)
    assert sorted(walk(store, "a")) == list("abcd")
    assert store.state().holds("first") is engine.at_once
    assert store.state() == GraphState("first", None if engine.at_once else "second")
    store.write("third", [Batch(nodes={"Model": [model("later")]})], fresh=True)
    assert store.state().holds("third")
    assert [len(walk(store, i)) for i in ("a", "new", "later")] == [0, 0, 1]


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("engine", params(e for e in ENGINES if e.at_once), indirect=True)
def test_a_failure_half_way_is_not_seen_where_builds_appear_at_once(
    store: GraphStore, fresh: bool
) -> None:
    written(store, CHAIN)
    with pytest.raises(RuntimeError, match="disk"):
        store.write("second", broken(), fresh=fresh)
    assert store.state().build == "first"
    assert sorted(walk(store, "a")) == list("abcd")
    assert not walk(store, "new")
    store.write("third", [Batch(nodes={"Model": [model("later")]})], fresh=False)
    assert sorted(walk(store, "a")) == list("abcd")
    assert not walk(store, "new")
    assert walk(store, "later")


def test_nothing_is_missing_until_a_build_is_whole(engine: Engine, store: GraphStore) -> None:
    seen: list[tuple[GraphState, int]] = []

    def watched() -> Iterator[Batch]:
        yield Batch(gone={"Model": ["b"]})
        seen.append((store.state(), len(walk(store, "a"))))

    written(store, CHAIN).write("second", watched(), fresh=False)
    assert seen == [(GraphState("first", None if engine.at_once else "second"), 4)]
    assert store.state().holds("second")
    assert len(walk(store, "a")) == 1


def test_an_artifact_changes_with_its_edges(store: GraphStore) -> None:
    """Readers see it whole at every moment of a build: the old one or the new one."""
    states = {("old", ("b",)), ("new", ("c", "d"))}
    seen: set[tuple[str, tuple[str, ...]]] = set()

    def look() -> None:
        found = walk(store, "a", depth=1)
        families = found.nodes["a"]["families"][0]
        seen.add((families, tuple(sorted(set(found) - {"a"}))))

    def batch(family: str, *parents: str) -> Batch:
        rows = [edge("a", parent) for parent in parents]
        nodes = {"Family": [{"id": family}], "Model": [model("a")]}
        return Batch(nodes, (derived(*rows), pairs("IN_FAMILY", "Model", "Family", ("a", family))))

    def watched() -> Iterator[Batch]:
        look()
        new = batch("new", "c", "d")
        yield Batch(new.nodes, new.edges, renew={"Model": ["a"]})
        look()
        yield Batch(nodes={"Model": [model("e")]})
        look()

    written(store, Batch(nodes={"Model": [model(i) for i in "bcd"]}), batch("old", "b"))
    store.write("second", watched(), fresh=False)
    look()
    assert seen == states


def test_a_fresh_build_leaves_nothing_of_the_old(store: GraphStore) -> None:
    written(store, CHAIN)
    store.write("second", [Batch(nodes={"Model": [model("only")]})], fresh=True)
    assert [len(walk(store, i)) for i in ("a", "only")] == [0, 1]


@pytest.mark.parametrize(
    ("direction", "nodes"), [("up", "bcd"), ("down", "ab"), ("both", "abcd")], ids=str
)
def test_lineage_runs_the_way_it_is_asked(
    store: GraphStore, direction: Direction, nodes: str
) -> None:
    assert sorted(walk(written(store, CHAIN), "b", direction)) == list(nodes)


def test_lineage_describes_nodes_and_edges(store: GraphStore) -> None:
    found = walk(written(store, herd()), "b/merge", depth=1)
    assert found.nodes["b/merge"] == {
        "kind": "model",
        "crawled": True,
        "families": ["llama-2", "llama-3", "rival"],
    }
    assert found.nodes["x/unread"] == {"kind": "model", "crawled": False, "families": []}
    assert found.nodes["datasets/d/set"]["kind"] == "dataset"
    assert found.edges["b/merge", "meta/Llama-3", "merge"] == {
        "relation": "merge",
        "strength": "declared",
        "confidence": 1.0,
        "source": "author",
    }


def test_depth_ends_a_lineage_and_tells(store: GraphStore) -> None:
    written(store, CHAIN)
    cut, whole = walk(store, "a", depth=1), walk(store, "a", depth=3)
    assert (sorted(cut), cut.graph["truncated"]) == (["a", "b"], True)
    assert (sorted(whole), whole.graph["truncated"]) == (list("abcd"), False)


def test_a_weaker_edge_ends_a_lineage(store: GraphStore) -> None:
    found = walk(written(store, CHAIN), "a", at_least=Strength.STATED)
    assert (sorted(found), found.graph["truncated"]) == (["a", "b"], False)


def test_a_limit_of_nodes_ends_a_lineage_and_tells(store: GraphStore) -> None:
    star = Batch(
        nodes={"Model": [model("root")]},
        edges=(derived(*(edge(f"c{n:02}", "root") for n in range(50))),),
    )
    found = walk(written(store, star), "root", "down", limit=10)
    assert found.graph["truncated"] is True
    assert 5 <= len(found) <= 11


def test_cycles_end(store: GraphStore) -> None:
    ring = Batch(
        nodes={"Model": [model(i) for i in "abc"]},
        edges=(derived(edge("a", "b"), edge("b", "c"), edge("c", "a")),),
    )
    for direction in ("up", "down", "both"):
        found = walk(written(store, ring), "a", direction)
        assert (sorted(found), found.graph["truncated"]) == (list("abc"), False)


def test_two_relations_to_one_parent_are_two_edges(store: GraphStore) -> None:
    both = Batch(
        nodes={"Model": [model("a"), model("b")]},
        edges=(derived(edge("a", "b", "adapter"), edge("a", "b", "quantized")),),
    )
    assert sorted(walk(written(store, both), "a").edges(keys=True)) == [
        ("a", "b", "adapter"),
        ("a", "b", "quantized"),
    ]


def test_lineage_leads_through_data_sets(store: GraphStore) -> None:
    ways = Batch(
        nodes={"Model": [model("m"), model("teacher")], "Dataset": [model("datasets/d")]},
        edges=(
            EdgeRows("TRAINED_ON", "Model", "Dataset", [edge("m", "datasets/d", "trained_on")]),
            EdgeRows(
                "GENERATED_BY", "Dataset", "Model", [edge("datasets/d", "teacher", "generated_by")]
            ),
        ),
    )
    found = walk(written(store, ways), "m")
    assert sorted(found) == ["datasets/d", "m", "teacher"]
    assert sorted(walk(store, "teacher", "down")) == sorted(found)
