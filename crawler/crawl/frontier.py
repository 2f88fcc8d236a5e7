"""What of a whole list descends from Llama, and what the rest comes to. Columns; nothing is asked.

The same lineage as a build works out, over what is held and what was set aside together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from graph.catalogue.roster import load
from graph.lineage.edges import Classifications, Edges, Ints, joined, mask
from graph.lineage.families import Families
from graph.lineage.membership import Inference, mark
from graph.lineage.reach import ancestors, descendants
from graph.lineage.resolve import lineage
from graph.pipeline.census import Line
from graph.storage.columns import Columns, authors

# A claim as `crawler.crawl.sieve` packs it: ends, relation, strength, confidence, whether it is of
# an older name, source.
Said = tuple[str, str, int, int, float, bool, int]
SAID = 7


@dataclass
class Aside:
    """What was set aside and says something: claims by owner, classifications by owner.

    ``names`` and ``name_classifications`` are what is known of parents by their names alone.
    """

    claims: dict[str, list[Said]] = field(default_factory=dict)
    names: dict[str, list[Said]] = field(default_factory=dict)
    classifications: dict[str, tuple[float, str, float]] = field(default_factory=dict)
    name_classifications: dict[str, tuple[float, str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """``wanted`` are ids to keep; ``lines`` the rivals' families, with strength and source, of the
    others.
    """

    wanted: frozenset[str]
    lines: Mapping[str, list[Line]]


def decide(held: Columns, aside: Aside, threshold: float) -> Decision:
    """Return what is to be kept of what was set aside.

    Everything that comes from Llama, by weights or by outputs, and what all of it comes from in
    turn, up to the roots.
    """
    told = _together(held, aside)
    edges = lineage(told.ids, told.claims, told.older_name, told.live)
    inside = np.ones(len(told.ids), np.bool_)
    inference = Inference(told.classifications, told.author, inside, threshold)
    families = Families(told.ids, edges, load(), inference)
    llama = mark(families.reaches, load(), len(told.ids), llama=True)
    wanted = ancestors(edges, descendants(edges, llama))
    return Decision(frozenset(told.ids[n] for n in np.flatnonzero(wanted)), _lines(families))


def _lines(families: Families) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for family, reach in families.reaches.items():
        if families.family(family).llama:
            continue
        columns = (reach.nodes.tolist(), reach.strength.tolist(), reach.source.tolist())
        for node, strength, source in zip(*columns, strict=True):
            found.setdefault(families.ids[node], []).append((family, strength, source))
    return found


def _together(held: Columns, aside: Aside) -> Columns:
    """Return what is held and what was set aside as one set of columns."""
    all_claims = (*aside.claims.items(), *aside.names.items())
    said = [(owner, *claim) for owner, claims in all_claims for claim in claims]
    named = {end for claim in said for end in claim[1:3]} | aside.name_classifications.keys()
    ids = sorted({*held.ids, *aside.claims, *aside.classifications, *named})
    place = {artifact_id: node for node, artifact_id in enumerate(ids)}
    moved = np.fromiter((place[i] for i in held.ids), np.int64, len(held.ids))
    live = mask(len(ids), moved[held.live])
    live[[place[i] for i in (*aside.claims, *aside.classifications)]] = True
    c = held.claims
    known = replace(c, child=moved[c.child], parent=moved[c.parent])
    new = Edges.of((place[s[1]], place[s[2]], *s[3:6], s[7]) for s in said)
    return Columns(
        ids,
        np.arange(len(ids)),
        live,
        mask(len(ids), moved[held.unread]),
        joined(known, new),
        np.concatenate((moved[held.owner], np.array([place[s[0]] for s in said], np.int64))),
        np.concatenate((held.older_name, np.array([s[6] for s in said], np.bool_))),
        np.arange(len(ids)),
        _classifications(held, aside, moved, place),
        authors(ids),
    )


def _classifications(
    held: Columns, aside: Aside, moved: Ints, place: Mapping[str, int]
) -> Classifications:
    known = held.classifications
    mine = {held.ids[node] for node in known.node.tolist()}
    told = aside.name_classifications | aside.classifications
    new = {i: classified for i, classified in told.items() if i not in mine}
    names = sorted({*known.families, *(family for _, family, _ in new.values())})
    number = {name: n for n, name in enumerate(names)}
    renumbered = np.array([number[name] for name in known.families], np.int64)
    before = (moved[known.node], known.odds, renumbered[known.family], known.share)
    rows = ((place[i], odds, number[family], share) for i, (odds, family, share) in new.items())
    added = np.fromiter(rows, "i8, f8, i8, f8")
    node, odds, family, share = (
        np.concatenate((column, added[f"f{n}"])) for n, column in enumerate(before)
    )
    return Classifications(node, odds, family, share, names)
