"""Where a lineage ends in what nobody knows: a parent never read, or a file that could not be.

Nothing arrives along such a path as far as is known, which is not the same as that nothing does. A
node of some family, Llama's or a rival's, is settled; so is one whose features speak against Llama.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.catalogue.model import Strength
from graph.evidence.inference import weights
from graph.lineage.edges import WEIGHT_CODES, Classifications, Ints, Mask, gather, mask, starts
from graph.lineage.families import Families

ANOTHERS = 3.0  # log odds below those of a name that tells nothing: a rival's word or architecture


@dataclass(frozen=True, slots=True)
class Ends:
    """For each node, where its lineage ends unknown, and by which of its own edges; -1 for none.

    One that could not be read itself, or was never read, ends in itself and has no edge.
    """

    end: Ints
    via: Ints


def anothers(classified: Classifications, nodes: int) -> Mask:
    """Mark the nodes that are no Llama's by what their record or their name alone tells."""
    sure = classified.odds <= weights().intercept - ANOTHERS
    return mask(nodes, classified.node[sure])


def ends(families: Families, live: Mask, unread: Mask, others: Mask) -> Ends:
    """Return where lineages end in what is not known, the nearest such end of each.

    ``live`` marks nodes with a record, ``unread`` those of which a file that tells of parents could
    not be read, ``others`` those that are known to be another's (`anothers`). Edges that are
    inferred lead there from names and texts alone, which have no words of their own.
    """
    edges, nodes = families.edges, len(families.ids)
    settled = others | (np.diff(families.members.first) > 0)
    carries = np.isin(edges.relation, WEIGHT_CODES) & ~settled[edges.child]
    own = np.flatnonzero(carries & ((edges.strength >= Strength.STATED) | ~live[edges.child]))
    own = own[np.argsort(edges.parent[own], kind="stable")]
    first = starts(edges.parent[own], nodes)
    climbs = mask(nodes, edges.child[carries])
    begin = ~settled & (unread | ~(live | climbs))
    end = np.where(begin, np.arange(nodes), -1)
    via = np.full(nodes, -1, np.int64)
    frontier = np.flatnonzero(begin)
    while len(frontier):
        edge = own[gather(first, frontier)]
        edge = edge[end[edges.child[edge]] < 0]
        frontier, at = np.unique(edges.child[edge], return_index=True)
        via[frontier] = edge[at]
        end[frontier] = end[edges.parent[edge[at]]]
    return Ends(end, via)
