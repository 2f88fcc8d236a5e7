"""A generated herd: any number of Llama descendants, the same for the same size and seed.

Depth, relations, merges, data sets, names, tags and the share of fetched cards are drawn as the
real data have them (`tests.bench.shares`). Everything is columns over the sorted ids; artifacts
are made one by one when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from graph.catalogue.model import DATASET_PREFIX, Artifact
from graph.catalogue.roster import load as load_roster
from graph.engines.port.ports import Batch
from graph.lineage.edges import Classifications, Edges, Ints, Mask, by_child
from graph.lineage.families import Families
from graph.lineage.membership import Inference
from graph.pipeline import projection
from graph.pipeline.projection import Judged
from graph.storage.columns import authors
from tests.bench import cards, shares
from tests.bench.tree import Tree, drawn

OWNERS = 171 / 540  # series: owners for each Llama descendant
TAGS = list(shares.TAGS)
DAY_ONE = datetime(2023, 1, 1, tzinfo=UTC)
SURE = 6.0  # log odds of a guess that counts


@dataclass(frozen=True)
class Herd:
    """Official models, their descendants and data sets, in order of id.

    ``tag`` is a place in ``TAGS``, ``day`` counts from 2023, ``fetched`` marks artifacts whose
    card and file list are known.
    """

    ids: list[str]
    edges: Edges
    classifications: Classifications
    tag: Ints
    day: Ints
    fetched: Mask

    def __len__(self) -> int:
        return len(self.ids)

    def families(self) -> Families:
        """Work out the families, as a build does."""
        inside = np.ones(len(self), np.bool_)
        inference = Inference(self.classifications, authors(self.ids), inside, 0.7)
        return Families(self.ids, self.edges, load_roster(), inference)

    def artifact(self, node: int) -> Artifact:
        """Return what is known of one artifact; its texts are its own."""
        artifact_id, licences = self.ids[node], TAGS[self.tag[node]]
        files = cards.files(artifact_id, licences, node) if self.fetched[node] else {}
        return Artifact(
            artifact_id,
            author=artifact_id.removeprefix(DATASET_PREFIX).partition("/")[0],
            created=DAY_ONE + timedelta(days=int(self.day[node])),
            revision=f"{node:040x}",
            downloads=node * 7919 % 100_000,
            likes=node % 50,
            licences=licences,
            files=files,
            siblings=(*files, "config.json", "model.safetensors") if files else None,
        )


def herd(size: int, seed: int = 1, fetched: float = shares.FETCHED) -> Herd:
    """Return a herd of so many Llama descendants; ``fetched`` is the share with card and files."""
    rng = np.random.default_rng(seed)
    tree = Tree(size, rng)
    born = _names(tree, rng)
    order = sorted(range(len(born)), key=born.__getitem__)
    place = np.empty(len(born), np.int64)
    place[order] = np.arange(len(born))
    edges = tree.edges()
    everything, models = len(born), np.arange(tree.first, tree.first_data)
    known = np.zeros(everything, np.bool_)
    known[place[models]] = rng.random(size) < fetched
    years = drawn(shares.CREATED, everything, rng)
    return Herd(
        ids=[born[birth] for birth in order],
        edges=by_child(_at(edges, place)),
        classifications=_classifications(np.sort(place[tree.classified]), rng),
        tag=drawn(dict(enumerate(shares.TAGS.values())), everything, rng),
        day=365 * (years - 2023) + rng.integers(365, size=everything),
        fetched=known,
    )


def batches(of: Herd, part: int = 5000) -> Iterator[Batch]:
    """Yield what a graph store is given to hold a herd, without findings."""
    families = of.families()
    yield projection.vocabulary(families.roster)
    for start in range(0, len(of), part):
        nodes = range(start, min(start + part, len(of)))
        told = [Judged(n, n, of.artifact(n), families.memberships(n), []) for n in nodes]
        yield projection.batch(told, families, set())


def _names(tree: Tree, rng: np.random.Generator) -> list[str]:
    """Return the ids by birth; each bears its number, so that none comes twice."""
    size = tree.first_data - tree.first
    patterns = list(shares.NAME)
    which = drawn(dict(enumerate(shares.NAME.values())), size, rng).tolist()
    owner = (rng.random(size) ** 3 * max(1, int(size * OWNERS))).astype(np.int64).tolist()
    models = [
        f"herd-{own}/{patterns[pattern].format(f'Bred-{n}')}"
        for n, (pattern, own) in enumerate(zip(which, owner, strict=True))
    ]
    data = [f"{DATASET_PREFIX}herd-{n % 97}/Feed-{n}" for n in range(tree.data_sets)]
    return [*tree.roots, *models, *data]


def _at(edges: Edges, place: Ints) -> Edges:
    child, parent = place[edges.child], place[edges.parent]
    return replace(edges, child=child, parent=parent)


def _classifications(node: Ints, rng: np.random.Generator) -> Classifications:
    """Return what features come to for descendants that name no parent."""
    family = drawn(dict(enumerate(shares.CLASSIFIED.values())), len(node), rng)
    odds, share = np.full(len(node), SURE), np.full(len(node), 0.95)
    return Classifications(node, odds, family, share, list(shares.CLASSIFIED))
