"""The generated herd: the same each time, of the asked size, and like the real data."""

from __future__ import annotations

import numpy as np
import pytest

from graph.catalogue.model import Relation
from graph.lineage.edges import CODE
from tests.bench import shares
from tests.bench.herd import batches, herd
from tests.bench.tree import RIVALS

SIZE = 20_000
HERD = herd(SIZE)


def test_a_herd_is_the_same_each_time_and_another_for_another_seed() -> None:
    again, other = herd(SIZE), herd(SIZE, seed=2)
    assert again.ids == HERD.ids
    assert np.array_equal(again.edges.parent, HERD.edges.parent)
    assert [again.artifact(n) for n in range(500)] == [HERD.artifact(n) for n in range(500)]
    assert not np.array_equal(other.edges.parent, HERD.edges.parent)


def test_all_of_them_descend_from_llama() -> None:
    families = HERD.families()
    llama = [
        node
        for node, name in enumerate(HERD.ids)
        if any(families.family(m.family).llama for m in families.memberships(node))
    ]
    born = [node for node in llama if HERD.ids[node].startswith("herd-")]
    assert len(born) == SIZE
    assert HERD.ids == sorted(set(HERD.ids))
    assert set(RIVALS) < set(HERD.ids)


def test_relations_cards_and_guesses_are_as_frequent_as_in_the_real_data() -> None:
    children, first = np.unique(HERD.edges.child, return_index=True)
    own = HERD.edges.relation[first]
    for relation, count in shares.RELATION.items():
        share = float(np.mean(own[own < CODE[Relation.MIRROR]] == CODE[relation]))
        assert share == pytest.approx(count / sum(shares.RELATION.values()), abs=0.02)
    assert HERD.fetched.sum() / SIZE == pytest.approx(shares.FETCHED, abs=0.01)
    assert len(HERD.classifications.node) / SIZE == pytest.approx(90 / 540, abs=0.02)
    assert len(children) < len(HERD)


def test_a_herd_comes_as_batches_for_a_graph_store() -> None:
    small = herd(200)
    told = list(batches(small, part=64))
    models = [row["id"] for batch in told for row in batch.nodes.get("Model", ())]
    data = [row["id"] for batch in told for row in batch.nodes.get("Dataset", ())]
    assert sorted(models + data) == small.ids
    lineage = [
        rows for batch in told for rows in batch.edges
        if rows.type in ("DERIVED_FROM", "TRAINED_ON", "GENERATED_BY")
    ]  # fmt: skip
    assert sum(len(rows.rows) for rows in lineage) == len(small.edges)
