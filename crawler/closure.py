"""What a crawl of the Llama closure asks for: seeds from the rosters, then what those lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import numpy as np
from sqlalchemy import Engine, Table, select

from crawler.hub import Question
from crawler.ledger import ONE
from crawler.record import valid_id
from graph import columns
from graph.compliance import library
from graph.edges import Mask
from graph.families import Families
from graph.model import DATASET_PREFIX, Kind
from graph.resolve import resolve
from graph.roster import Roster, load
from graph.tables import ArtifactRow, ClaimRow, RecordRow

A, C, R = (cast("Table", row.__table__) for row in (ArtifactRow, ClaimRow, RecordRow))
NAME = "llama"
ARCHITECTURES = ("llama", "mllama", "llama4")  # tags that the Hub takes from a model's config


def seeds() -> list[str]:
    """Return the questions that a closure begins with.

    Licence tags, the name, the architecture, and the ids that the rosters know as Llama's.
    """
    tags = dict.fromkeys(hub_id for x in library.load().licences.values() for hub_id in x.hub_ids)
    lists = [Question(kind, filter=f"license:{tag}") for tag in tags for kind in Kind]
    lists += [Question(kind, search=NAME) for kind in Kind]
    lists += [Question(Kind.MODEL, filter=tag) for tag in ARCHITECTURES]
    known = known_ids(load())
    copies = [i.lower() for i in known if i in load().copies]  # as training tools write them
    return [
        *(q.text for q in lists),
        *(children_of(i) for i in known),
        *(adapters_of(i) for i in dict.fromkeys(copies)),
    ]


def children_of(artifact_id: str) -> str:
    """Return the question for the models that name one as their base."""
    return Question(Kind.MODEL, filter=f"base_model:{artifact_id}").text


def adapters_of(artifact_id: str) -> str:
    """Return the question for the adapters of an id that is no repository's present name.

    The Hub writes only the tag with the relation for those.
    """
    return Question(Kind.MODEL, filter=f"base_model:adapter:{artifact_id}").text


def known_ids(roster: Roster) -> list[str]:
    """Return the ids that are Llama's by the rosters: official ones, roots, old names, copies."""
    own = {i for f in roster.llama_families() for i in (*f.official, *f.roots)}
    own |= {old for old, new in roster.renamed.items() if new in own}
    copies = {copy for copy in roster.copies if _original(roster, copy) in own}
    return sorted(own | copies)


def _original(roster: Roster, copy: str) -> str:
    for _ in range(len(roster.copies)):
        if copy not in roster.copies:
            break
        copy = roster.copies[copy].original
    return roster.renamed.get(copy, copy)


def leads(engine: Engine, run: int, asked: set[str]) -> list[str]:
    """Return the questions that what a run has found leads to and that it has not asked yet.

    Children are asked for where the Hub counts some (or does not count), of what descends from
    Llama or bears its tag or name. Parents are asked for by id where no record of them is held.
    Repositories of the family held from before and not met again are asked for, so that what is
    gone is known to be gone.
    """
    with engine.connect() as connection:
        told = columns.load(connection)
        met = select(R.c.key, R.c.children).where(R.c.seen_run == run)
        seen = dict(connection.execute(met).all())
    edges, _ = resolve(told.claims, told.older_name, told.live)
    families = Families(told.ids, edges, load())
    llama = np.zeros(len(told.ids), np.bool_)
    for family in load().llama_families():
        if family.id in families.reaches:
            llama[families.reaches[family.id].nodes] = True
    found = np.zeros(len(told.ids), np.bool_)
    found[told.nodes(np.fromiter(seen, np.int64, len(seen)))] = True
    wanted = list(_children(told, seen, llama)) + list(_parents(told, found, llama))
    wanted += [ONE + told.ids[node] for node in np.flatnonzero(llama & told.live & ~found)]
    named = llama & ~told.live & np.isin(np.arange(len(llama)), edges.parent)
    wanted += [adapters_of(told.ids[node]) for node in np.flatnonzero(named)]
    return [text for text in dict.fromkeys(wanted) if text not in asked]


def _children(told: columns.Columns, seen: dict[int, int | None], llama: Mask) -> Iterator[str]:
    for key, children in seen.items():
        node = int(told.node_of_key[key])
        artifact_id = told.ids[node]
        if children == 0 or artifact_id.startswith(DATASET_PREFIX):
            continue
        if llama[node] or (children and NAME in artifact_id.lower()):
            yield children_of(artifact_id)


def _parents(told: columns.Columns, found: Mask, llama: Mask) -> Iterator[str]:
    """Yield questions for parents without a record, of what was found and of Llama's own line."""
    of = found[told.claims.child] | llama[told.claims.child]
    for node in np.unique(told.claims.parent[of]):
        parent = told.ids[node]
        if not told.live[node] and not parent.startswith(DATASET_PREFIX) and valid_id(parent):
            yield ONE + parent
