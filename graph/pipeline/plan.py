"""What a build has to do: lineage and families anew by columns, and what of them is another now.

Everything is compared by columns; objects are made only of what is touched.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from sqlalchemy import Connection

from graph.catalogue.model import Relation
from graph.catalogue.roster import load as load_roster
from graph.compliance.policies import PROFILES, Policies
from graph.lineage.edges import CODE, SAME_CODES, Edges, Ints, Mask, mask
from graph.lineage.families import Families
from graph.lineage.membership import THRESHOLD, Inference
from graph.lineage.reach import ancestors, descendants
from graph.lineage.resolve import lineage
from graph.lineage.unknown import Ends, anothers, ends
from graph.storage import columns, findings
from graph.storage.columns import Columns


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user chooses: the confidence below which a guessed family is dropped, and the
    profile of policies (`graph.compliance.policies`) where a licence's text is open."""

    threshold: float = THRESHOLD
    profile: str = "default"


CHOICES = Choices()
_ODD = np.uint64(0xD6E8FEB86659FD93)


@dataclass(slots=True)
class Plan:
    """What a build has to do, worked out before anything is written."""

    columns: Columns
    families: Families
    unknown: Ends
    digest: Ints
    inside: Mask
    touched: Ints
    gone: list[int]
    policies: Policies
    known: set[str] = field(default_factory=set)

    @property
    def any(self) -> bool:
        """Whether there is anything to judge or to take away."""
        return bool(len(self.touched) or self.gone)


def make(connection: Connection, changed: Ints | None, choices: Choices) -> Plan:
    """Plan a build; ``changed`` are keys of records that have, None to build everything anew."""
    told = columns.load(connection)
    edges, inside = _lineage(told)
    inference = Inference(told.classifications, told.author, inside, choices.threshold)
    families = Families(told.ids, edges, load_roster(), inference)
    others = anothers(told.classifications, len(told.ids))
    unknown = ends(families, told.live, told.unread, others)
    digest = _digest(edges, told) ^ families.members.digest().view(np.int64)
    digest ^= _named(unknown, told)
    before = findings.digests(connection)
    keys = np.fromiter(before, np.int64, len(before))
    gone = [int(key) for key in keys if not inside[told.node_of_key[key]]]
    plan = Plan(
        told,
        families,
        unknown,
        digest,
        inside,
        np.flatnonzero(inside),
        gone,
        PROFILES[choices.profile],
    )
    if changed is None:
        return plan
    was = mask(len(told.ids), told.nodes(keys))
    old = np.zeros(len(told.ids), np.int64)
    old[told.nodes(keys)] = np.fromiter(before.values(), np.int64, len(before))
    moved = inside & (~was | (old != digest))
    touch = descendants(edges, _with_names(edges, moved))
    touch[told.nodes(changed)] = True
    known = {told.ids[node] for node in np.flatnonzero(was)}
    return replace(plan, touched=np.flatnonzero(touch & inside), known=known)


def _named(unknown: Ends, told: Columns) -> Ints:
    """Return for each node a digest of where its lineage ends unknown; 0 where it does not."""
    at = np.flatnonzero(unknown.end >= 0)
    digest = np.zeros(len(told.ids), np.uint64)
    digest[at] = (told.keys[unknown.end[at]].astype(np.uint64) + np.uint64(1)) * _ODD
    return digest.view(np.int64)


def _lineage(told: Columns) -> tuple[Edges, Mask]:
    """Return the edges of what belongs into the graph, and mark that."""
    edges = lineage(told.ids, told.claims, told.older_name, told.live)
    inside = _inside(told, edges)
    return edges[inside[edges.child]], inside


def _inside(told: Columns, edges: Edges) -> Mask:
    """Mark what belongs into the graph: live repositories, and what is named above them.

    The id that a live card gives as an older name is named too.
    """
    inside: Mask = told.live.copy()
    inside[told.claims.child[told.older_name & told.live[told.owner]]] = True
    return ancestors(edges, inside)


def _with_names(edges: Edges, moved: Mask) -> Mask:
    """Mark also what bears the names of what has moved: its copies, and what it was renamed to.

    A child is judged by every name that its parent bears or bore.
    """
    same = edges[np.isin(edges.relation, list(SAME_CODES))]
    renamed = same[same.relation == CODE[Relation.RENAMED]]
    marked: Mask = moved.copy()
    known = -1
    while known != (now := int(marked.sum())):
        known = now
        marked[same.child[marked[same.parent]]] = True
        marked[renamed.parent[marked[renamed.child]]] = True
    return marked


def _digest(edges: Edges, told: Columns) -> Ints:
    """Return for each node a digest of its edges, its older names and whether its record is live.

    It is the same whatever else is in the graph.
    """
    mixed = told.keys[edges.parent].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    rest = edges.relation.astype(np.uint64) * np.uint64(4) + edges.strength.astype(np.uint64)
    rest += edges.source.astype(np.uint64) << np.uint64(32)  # above the confidence
    mixed ^= (rest + edges.confidence.view(np.uint32)) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    total = told.live.astype(np.uint64)
    np.add.at(total, edges.child, mixed)
    older = edges[edges.relation == CODE[Relation.RENAMED]]
    names = (told.keys[older.child].astype(np.uint64) + np.uint64(1)) * _ODD
    np.add.at(total, older.parent, names ^ (names >> np.uint64(32)))
    return total.view(np.int64)
