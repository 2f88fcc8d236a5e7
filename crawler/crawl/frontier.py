"""What of a whole list descends from Llama, and what the rest comes to. Columns; nothing is asked.

The same lineage as a build works out, over what is held and what was set aside together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from graph.catalogue.roster import load
from graph.lineage.edges import Classifications, Edges, Ints, by_child, joined
from graph.lineage.families import Families, Inference
from graph.lineage.reach import ancestors, descendants
from graph.lineage.resolve import other_case, resolve
from graph.storage.columns import Columns, authors

Said = tuple[str, str, int, int, float, bool]  # a claim as `crawler.crawl.sieve` packs it


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
    """``wanted`` are ids to keep; ``lines`` the rivals' families, with strength, of the others."""

    wanted: frozenset[str]
    lines: Mapping[str, list[tuple[str, int]]]


def decide(held: Columns, aside: Aside, threshold: float) -> Decision:
    """Return what is to be kept of what was set aside.

    Everything that comes from Llama, by weights or by outputs, and what all of it comes from in
    turn, up to the roots.
    """
    told = _together(held, aside)
    edges, _ = resolve(told.claims, told.older_name, told.live)
    edges = by_child(joined(edges, other_case(told.ids, told.live, edges)))
    inside = np.ones(len(told.ids), np.bool_)
    inference = Inference(told.classifications, told.author, inside, threshold)
    families = Families(told.ids, edges, load(), inference)
    llama = np.zeros(len(told.ids), np.bool_)
    for family in load().llama_families():
        if family.id in families.reaches:
            llama[families.reaches[family.id].nodes] = True
    down = descendants(edges, len(told.ids), np.flatnonzero(llama))
    wanted = ancestors(edges, down)
    return Decision(frozenset(told.ids[n] for n in np.flatnonzero(wanted)), _lines(families))


def _lines(families: Families) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for family, reach in families.reaches.items():
        if families.family(family).llama:
            continue
        for node, strength in zip(reach.nodes.tolist(), reach.strength.tolist(), strict=True):
            found.setdefault(families.ids[node], []).append((family, strength))
    return found


def _together(held: Columns, aside: Aside) -> Columns:
    """Return what is held and what was set aside as one set of columns."""
    all_claims = (*aside.claims.items(), *aside.names.items())
    said = [(owner, *claim) for owner, claims in all_claims for claim in claims]
    named = {end for claim in said for end in claim[1:3]} | aside.name_classifications.keys()
    ids = sorted({*held.ids, *aside.claims, *aside.classifications, *named})
    place = {artifact_id: node for node, artifact_id in enumerate(ids)}
    moved = np.fromiter((place[i] for i in held.ids), np.int64, len(held.ids))
    live = np.zeros(len(ids), np.bool_)
    live[moved[held.live]] = True
    live[[place[i] for i in (*aside.claims, *aside.classifications)]] = True
    columns = [_column(said, n, place) for n in (1, 2)]
    c = held.claims
    claims = Edges(
        np.concatenate((moved[c.child], columns[0])),
        np.concatenate((moved[c.parent], columns[1])),
        np.concatenate((c.relation, np.array([s[3] for s in said], np.int8))),
        np.concatenate((c.strength, np.array([s[4] for s in said], np.int8))),
        np.concatenate((c.confidence, np.array([s[5] for s in said], np.float32))),
    )
    return Columns(
        ids,
        np.arange(len(ids)),
        live,
        claims,
        np.concatenate((moved[held.owner], _column(said, 0, place))),
        np.concatenate((held.older_name, np.array([s[6] for s in said], np.bool_))),
        np.arange(len(ids)),
        _classifications(held, aside, moved, place),
        authors(ids),
    )


def _column(said: Iterable[tuple[object, ...]], n: int, place: Mapping[str, int]) -> Ints:
    return np.array([place[str(claim[n])] for claim in said], np.int64)


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
    return Classifications(
        np.concatenate((moved[known.node], np.array([place[i] for i in new], np.int64))),
        np.concatenate((known.odds, np.array([odds for odds, _, _ in new.values()], np.float64))),
        np.concatenate(
            (
                renumbered[known.family] if len(renumbered) else known.family,
                np.array([number[family] for _, family, _ in new.values()], np.int64),
            )
        ),
        np.concatenate((known.share, np.array([s for _, _, s in new.values()], np.float64))),
        names,
    )
