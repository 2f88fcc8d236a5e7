"""Who comes from whom in a generated herd, by number of birth.

Official models come first, then their descendants level by level, then data sets. In a level those
of one parent stand together, so that a merge's further parents, which are those of its neighbours,
are mostly of its family, as in the real data.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from graph.catalogue.model import Relation, Source, Strength
from graph.catalogue.roster import load as load_roster
from graph.lineage.edges import CODE, Edges, Ints, Mask, joined
from tests.bench import shares

RIVALS = ("Qwen/Qwen2.5-7B", "google/gemma-2-9b", "mistralai/Mistral-7B-v0.1")
SKEW = 3  # a few parents have most of the children: their place is a cube of chance
NEAR = 60  # neighbours among which a merge finds its further parents


def drawn(table: Mapping[int, int], count: int, rng: np.random.Generator) -> Ints:
    """Draw values as often as a table counts them."""
    weights = np.array(list(table.values()), np.float64)
    return rng.choice(np.array(list(table), np.int64), count, p=weights / weights.sum())


class Tree:
    """The births of a herd with so many descendants; ``first`` is the first descendant's."""

    def __init__(self, size: int, rng: np.random.Generator) -> None:
        self._rng = rng
        self._own = {name: _official(name) for name in shares.FAMILY}
        self.roots = [*(i for own in self._own.values() for i in own), *RIVALS]
        self.first = len(self.roots)
        self.depth = np.sort(drawn(shares.DEPTH, size, rng))
        self.data_sets = int(size * shares.DATASETS_A_MODEL) + 1
        self.first_data = self.first + size
        self.births = self.first_data + self.data_sets

    @property
    def classified(self) -> Ints:
        """The descendants that name no parent."""
        return self.first + np.flatnonzero(self.depth == 0)

    def edges(self) -> Edges:
        """Return all edges, each once."""
        both = joined(self._weights(), self._data())
        _, once = np.unique(both.child * self.births + both.parent, return_index=True)
        return both[once]

    def _weights(self) -> Edges:
        """Return the edges that carry weights: one a descendant, more for a merge."""
        child = self.first + np.flatnonzero(self.depth > 0)
        parent = self._parents(child)
        codes = np.array([CODE[relation] for relation in shares.RELATION], np.int8)
        kinds = dict(enumerate(shares.RELATION.values()))
        relation = codes[drawn(kinds, len(child), self._rng)]
        merges = np.flatnonzero(relation == CODE[Relation.MERGE])
        which, further = self._further(merges, child, parent)
        every = np.concatenate((np.arange(len(child)), which))
        weak = self._rng.random(len(every)) < shares.INFERRED
        return _edges(child[every], np.concatenate((parent, further)), relation[every], weak)

    def _parents(self, child: Ints) -> Ints:
        """Return the first parent of each descendant, from the level above its own."""
        depth, parents, above = self.depth[child - self.first], [], np.zeros(0, np.int64)
        for level in range(1, max(shares.DEPTH) + 1):
            own = child[depth == level]
            found = self._favoured(above, len(own)) if len(above) else self._among_roots(len(own))
            parents.append(np.sort(found))
            above = own if len(own) else above
        return np.concatenate(parents)

    def _among_roots(self, count: int) -> Ints:
        """Draw official models, by the shares of their families."""
        names = list(self._own)
        family = drawn(dict(enumerate(shares.FAMILY.values())), count, self._rng)
        sizes = np.array([len(self._own[name]) for name in names])
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        place = (self._rng.random(count) ** SKEW * sizes[family]).astype(np.int64)
        chosen: Ints = starts[family] + place
        return chosen

    def _favoured(self, above: Ints, count: int) -> Ints:
        """Draw from a level so that few are drawn often."""
        place = (self._rng.random(count) ** SKEW * len(above)).astype(np.int64)
        return self._rng.permutation(above)[place]

    def _further(self, merges: Ints, child: Ints, parent: Ints) -> tuple[Ints, Ints]:
        """Return a merge's further parents: those of its neighbours, rarely another family's."""
        rng = self._rng
        which = np.repeat(merges, drawn(shares.MERGED, len(merges), rng) - 1)
        near = parent[(which + rng.integers(1, NEAR, size=len(which))) % max(len(parent), 1)]
        before = near < child[which]
        mixed = merges[rng.random(len(merges)) < shares.RIVAL * len(child) / max(len(merges), 1)]
        rival = self.first - 1 - rng.integers(len(RIVALS), size=len(mixed))
        return np.concatenate((which[before], mixed)), np.concatenate((near[before], rival))

    def _data(self) -> Edges:
        """Return who was trained on which data set, and which of those a model generated."""
        rng = self._rng
        models = np.arange(self.first, self.first_data)
        child = np.repeat(models, drawn(shares.DATASETS, len(models), rng))
        place = (rng.random(len(child)) ** SKEW * self.data_sets).astype(np.int64)
        trained = _edges(child, self.first_data + place, _code(Relation.TRAINED_ON, child))
        made = self.first_data + np.flatnonzero(rng.random(self.data_sets) < shares.GENERATED)
        llama = self.first - len(RIVALS)
        by = rng.integers(llama, size=len(made))
        by[rng.random(len(made)) < shares.GENERATED_BY_RIVAL] = llama
        return joined(trained, _edges(made, by, _code(Relation.GENERATED_BY, made)))


def _official(family: str) -> list[str]:
    return sorted(load_roster().families[family].official)


def _code(relation: Relation, like: Ints) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    return np.full(len(like), CODE[relation], np.int8)


def _edges(
    child: Ints,
    parent: Ints,
    relation: np.ndarray[tuple[int], np.dtype[np.int8]],
    weak: Mask | None = None,
) -> Edges:
    """Return columns by authors' words: declared, but for the weak ones, which are inferred."""
    strength = np.full(len(child), Strength.DECLARED, np.int8)
    confidence = np.ones(len(child), np.float32)
    if weak is not None:
        strength[weak], confidence[weak] = Strength.INFERRED, 0.9
    source = np.full(len(child), Source.AUTHOR, np.int8)
    return Edges(child, parent, relation, strength, confidence, source)
