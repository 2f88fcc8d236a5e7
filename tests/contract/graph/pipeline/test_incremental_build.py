"""An incremental build ends where a fresh one does, whatever came, went or was renamed."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.home import LLAMA, Home, Record, gone
from tests.services.postgres import Address as Postgres

NAMES = ("a/Llama-3-One", "b/Two", "c/Three", "d/One", "meta-llama/Llama-3.1-8B")
PARENTS = (
    *NAMES, LLAMA, "meta-llama/Meta-Llama-3-8B", "meta-llama/Meta-Llama-3.1-8B", "z/Never",
    "NousResearch/Meta-Llama-3-8B", "/cache/models--meta-llama--Llama-3.1-8B",
)  # fmt: skip
RELATIONS = ("finetune", "adapter", "merge", "quantized")


@st.composite
def records(draw: st.DrawFn) -> Record:
    repo = draw(st.sampled_from(NAMES))
    if draw(st.integers(0, 4)) == 0:
        return gone(repo)
    tags = [
        f"base_model:{draw(st.sampled_from(RELATIONS))}:{parent}"
        for parent in draw(st.lists(st.sampled_from(PARENTS), max_size=2, unique=True))
    ]
    tags += [
        f"license:{tag}" for tag in draw(st.lists(st.sampled_from(["mit", "llama3"]), max_size=1))
    ]
    tags += ["dataset:x/Data"] * draw(st.integers(0, 1))
    told: Record = {"id": repo, "tags": tags, "downloads": draw(st.integers(0, 2))}
    if older := draw(st.none() | st.sampled_from(PARENTS)):
        told["cardData"] = {"base_model": older}
    return told


STEPS = st.lists(st.lists(records(), min_size=1, max_size=3), min_size=2, max_size=6)


def child(repo: str, parent: str, **card: Any) -> Record:
    return {"id": repo, "tags": [f"base_model:quantized:{parent}"], "cardData": card}


@contextmanager
def home(graph: str, server: Postgres | None = None) -> Iterator[Home]:
    lent = server.lent() if server else nullcontext("")
    with tempfile.TemporaryDirectory() as folder, lent as database:
        opened = Home(Path(folder), graph.replace("FOLDER", folder), database)
        try:
            yield opened
        finally:
            opened.close()


def outcome(one: Home) -> dict[str, Any]:
    """Return everything a build found, the numbers that SQL gave to ids aside.

    Authors and licences that nobody is joined to any more may stay in the graph.
    """
    found, graph = one.found(), one.graph_held()
    joined = {row[2] for row in graph["edges"]}
    found["standings"] = [row[:-1] for row in found["standings"]]
    graph["nodes"] = [
        [label, row]
        for label, row in graph["nodes"]
        if row["id"] in joined or label not in ("Author", "Licence", ["Author"], ["Licence"])
    ]
    return found | graph


def held_alike(graph: str, steps: list[list[Record]], server: Postgres | None = None) -> None:
    state: dict[str, Record] = {}
    with home(graph, server) as grown, home(graph, server) as anew:
        for step in steps:
            grown.take(*step)
            grown.build()
            state |= {record["id"]: record for record in step}
        incremental, digests = outcome(grown), grown.found()["standings"]
        assert grown.build().id is None
        grown.build(fresh=True)
        assert outcome(grown) == incremental
        assert grown.found()["standings"] == digests
        anew.take(*sorted((r for r in state.values() if "removed" not in r), key=str))
        anew.build()
        assert outcome(anew) == incremental


@settings(max_examples=40)
@given(STEPS)
@example(  # a copy's parent bears an older name as long as another's card says so
    [
        [
            child("b/Two", "c/Three", base_model="a/Llama-3-One"),
            child("d/One", "c/Three"),
            child("c/Three", LLAMA),
        ],
        [gone("b/Two")],
    ]
)
def test_incremental_builds_end_where_a_fresh_one_does(steps: list[list[Record]]) -> None:
    held_alike("memory://", steps)


def chosen_steps(times: int) -> Iterator[list[list[Record]]]:
    chosen = random.Random(7)  # noqa: S311 (a test's choice)
    for _ in range(times):
        steps = []
        for _ in range(5):
            repo, parent = chosen.choice(NAMES), chosen.choice(PARENTS)
            one = child(repo, parent, base_model=chosen.choice(PARENTS))
            steps.append([one, gone(chosen.choice(NAMES)), child(chosen.choice(NAMES), parent)])
        yield steps


def test_the_embedded_graph_ends_there_too() -> None:
    for steps in chosen_steps(4):
        held_alike("kglite:///FOLDER/graph.kgl", steps)


def test_builds_from_postgresql_end_there_too(postgres_server: Postgres) -> None:
    for steps in chosen_steps(8):
        held_alike("memory://", steps, postgres_server)
