"""Families by node rather than by family, and families guessed where no edge leads to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from graph.catalogue.model import Membership, Source, Strength
from graph.catalogue.roster import Roster
from graph.evidence.inference import confidence, with_authors
from graph.lineage.edges import Classifications, Doubles, Floats, Ints, Mask, Small, mask, starts
from graph.lineage.reach import NOTHING, Pedigree, Reach

THRESHOLD = 0.7  # docs/lineage.md: the least at which both precision and recall are as asked


@dataclass(frozen=True, slots=True)
class MembershipIndex:
    """All memberships as columns, ordered by node and family, with each node's first entry.

    ``via`` is the edge by which the best path leaves the node, -1 for a root.
    """

    names: list[str]
    first: Ints
    family: Ints
    strength: Small
    confidence: Floats
    source: Small
    via: Ints

    @classmethod
    def of(cls, reaches: Mapping[str, Reach], nodes: int) -> MembershipIndex:
        """Turn reaches by family into memberships by node."""
        names = list(reaches)
        parts = [*reaches.values(), NOTHING]
        node, *rest = (np.concatenate([getattr(r, n) for r in parts]) for n in Reach.__slots__)
        family = np.repeat(np.arange(len(parts)), [len(r.nodes) for r in parts])
        order = np.lexsort((family, node))
        return cls(names, starts(node, nodes), family[order], *(column[order] for column in rest))

    def at(self, node: int) -> list[Membership]:
        """Return a node's families, in order of name."""
        return [
            Membership(
                self.names[self.family[n]],
                Strength(int(self.strength[n])),
                round(float(self.confidence[n]), 4),
                Source(int(self.source[n])),
            )
            for n in range(int(self.first[node]), int(self.first[node + 1]))
        ]

    def digest(self) -> NDArray[np.uint64]:
        """Return for each node a digest of its families, the same whatever else there is."""
        named = np.array([crc32(name.encode()) for name in self.names] or [0], np.uint64)
        rounded = np.round(self.confidence * 10_000).astype(np.uint64)
        mixed = named[self.family] * np.uint64(0x9E3779B97F4A7C15)
        told = self.strength.astype(np.uint64) + np.uint64(4) * self.source.astype(np.uint64)
        mixed ^= (rounded * np.uint64(32) + told) * np.uint64(0xD6E8FEB86659FD93)
        total = np.zeros(len(self.first) - 1, np.uint64)
        np.add.at(total, np.repeat(np.arange(len(total)), np.diff(self.first)), mixed)
        return total


@dataclass(frozen=True)
class Inference:
    """What the build knows for guessing families: features, authors, what counts, from how sure on.

    ``inside`` marks what belongs into the graph, ``author`` numbers the owners of all nodes.
    ``sure`` are the classifications' confidences where they are known already.
    """

    classifications: Classifications
    author: Ints
    inside: Mask
    threshold: float
    sure: Doubles | None = None


def classified(
    known: Inference, pedigree: Pedigree, reaches: Mapping[str, Reach], roster: Roster
) -> dict[str, Reach]:
    """Return the reaches of Llama's families with guessed roots, where no edge leads anywhere.

    A guess gives way to a parent's: first those are taken that have no guessed parent, then those
    that the first have not reached.
    """
    llama, other = (mark(reaches, roster, len(known.inside), llama=yes) for yes in (True, False))
    sure = _confidence(known, llama, other) if known.sure is None else known.sure
    wanted = known.inside & ~llama & ~other
    wanted[known.classifications.node[sure < known.threshold]] = False
    wanted &= mask(len(wanted), known.classifications.node)
    found = dict(reaches)
    for seeds in (wanted & ~pedigree.parents_within(wanted), wanted):
        reached = mark(found, roster, len(wanted), llama=True)
        chosen = seeds[known.classifications.node] & ~reached[known.classifications.node]
        for n in np.unique(known.classifications.family[chosen]):
            these = chosen & (known.classifications.family == n)
            name = known.classifications.families[n]
            before = found.get(name, NOTHING)
            strength = (sure * known.classifications.share)[these].astype(np.float32)
            found[name] = pedigree.extend(before, known.classifications.node[these], strength)
    found |= dict(_narrowed(found, roster, len(wanted)))
    return {name: reach for name, reach in found.items() if reach is not reaches.get(name)}


def _narrowed(
    reaches: Mapping[str, Reach], roster: Roster, nodes: int
) -> Iterator[tuple[str, Reach]]:
    """Yield the families of untold version without the nodes that one of their versions reaches.

    Beside a version that is known, a guess that it is some Llama says nothing more.
    """
    narrower: list[tuple[str, frozenset[str]]] = []
    for family in roster.untold():
        versions = frozenset(version.id for version in roster.versions(family.id))
        inner = [*versions, *(name for name, some in narrower if some < versions)]
        narrower.append((family.id, versions))
        if (reach := reaches.get(family.id)) is not None:
            told = mask(nodes, np.concatenate([reaches.get(n, NOTHING).nodes for n in inner]))
            keep = ~told[reach.nodes]
            yield family.id, Reach(*(getattr(reach, name)[keep] for name in Reach.__slots__))


def mark(reaches: Mapping[str, Reach], roster: Roster, nodes: int, *, llama: bool) -> Mask:
    """Mark what Llama's families reach, or what all others do."""
    marked = np.zeros(nodes, np.bool_)
    for name, reach in reaches.items():
        if roster.families[name].llama is llama:
            marked[reach.nodes] = True
    return marked


def _confidence(known: Inference, llama: Mask, other: Mask) -> Doubles:
    """Return the confidence of each guess that it is Llama's, by its features and its author.

    What lies outside the graph counts for nothing, so that an import and a crawl agree.
    """
    nodes = known.classifications.node
    standing = llama[nodes].astype(np.int8) - other[nodes].astype(np.int8)
    author = np.where(known.inside[nodes], known.author[nodes], -1)
    return confidence(with_authors(known.classifications.odds, author, standing))
