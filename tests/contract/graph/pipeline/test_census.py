"""The census in the graph: what is not kept counts in shares as if it were."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from graph.catalogue.model import Kind
from graph.engines.port.ports import Batch, CypherConsole, GraphStore, Row
from graph.engines.queries.query import library
from graph.pipeline import census
from graph.pipeline.census import Line, Tally
from tests.contract.conftest import WITH_CYPHER, Engine, herd
from tests.home import LLAMA, Home, Record, model

QWEN, MISTRAL, GEMMA = "Qwen/Qwen2.5-7B", "mistralai/Mistral-7B-v0.1", "google/gemma-2-9b"
COPIES = ["unsloth/Qwen2.5-7B", "unsloth/mistral-7b", "unsloth/gemma-2-9b"]  # the roster knows
AUGUST = datetime(2026, 8, 2, tzinfo=UTC)
STRENGTHS = (["declared"], ["declared", "stated"], ["declared", "stated", "inferred"])
SOURCES = (["author"], ["author", "hub", "annotator", "register"])
SHARES = ("llama-share", "rivals-share", "share-by-month", "family-sizes", "at-a-glance")


@pytest.fixture
def home(engine: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Home]:
    if engine.name == "neo4j":
        request.getfixturevalue("neo4j_server").clear()
    opened = Home(tmp_path, engine.url(request, tmp_path))
    yield opened
    opened.close()


def count(home: Home, *told: tuple[Kind, list[Line], datetime | None, int]) -> None:
    """Put a census into the home, as a run of its own that changes no record."""
    home.take()
    tally = Tally()
    for one in told:
        tally.add(*one)
    with home.engine.begin() as connection:
        number = connection.scalar(text("select max(number) from runs"))
        census.store(connection, number, tally)


def nodes(home: Home) -> dict[str, int]:
    held = home.graph_held()["nodes"]
    return {row["id"]: row["count"] for label, row in held if label in ("Census", ["Census"])}


def test_a_build_follows_the_census(home: Home) -> None:
    home.take(model(LLAMA))
    assert home.build().census == 0
    count(home, (Kind.MODEL, [("qwen2.5", 3, 4)], AUGUST, 5), (Kind.DATASET, [], None, 1))
    report = home.build()
    assert (report.census, report.touched) == (2, 0)
    assert nodes(home) == {
        "model qwen2.5 declared author 2026-08": 1,
        "dataset none declared author": 1,
    }
    assert home.build().id is None
    count(home, (Kind.MODEL, [], AUGUST, 5), (Kind.MODEL, [], AUGUST, 5))
    home.build()
    assert nodes(home) == {"model none declared author 2026-08": 2}
    home.take(model("a/New"))
    assert home.build().touched == 1
    assert nodes(home) == {"model none declared author 2026-08": 2}
    home.build(fresh=True)
    assert nodes(home) == {"model none declared author 2026-08": 2}


def test_a_census_that_is_dropped_goes_from_the_graph(home: Home) -> None:
    home.take(model(LLAMA))
    count(home, (Kind.MODEL, [], AUGUST, 5))
    home.build()
    with home.engine.begin() as connection:
        connection.execute(text("delete from census"))
    assert home.build().census == 0
    assert nodes(home) == {}


def counted(*rows: tuple[str, str, int, int]) -> list[Row]:
    return [
        {"id": f"model {line} {strength} 2026-08", "kind": "model", "line": line,
         "strength": strength, "month": "2026-08", "count": n, "downloads": downloads}
        for line, strength, n, downloads in rows
    ]  # fmt: skip


@pytest.mark.parametrize("engine", WITH_CYPHER, indirect=True)
def test_a_row_counts_in_its_line_where_it_is_firm_enough(store: GraphStore) -> None:
    rows = counted(("rival", "declared", 3, 30), ("other", "inferred", 2, 20),
                   ("several", "inferred", -1, -10), ("none", "declared", 10, 100))  # fmt: skip
    batch = herd()
    batch.nodes["Family"].append({"id": "other", "title": "Other", "llama": False})
    store.write("b", [batch, census_of(rows)], fresh=True)
    assert answer(store, "llama-share", STRENGTHS[2])[0]["models"] == 4 + 14
    assert lines(store, STRENGTHS[2]) == {"llama": 3, "rival": 4, "other": 2, "none": 11}
    assert lines(store, STRENGTHS[0]) == {"llama": 3, "rival": 4, "none": 12}
    august = answer(store, "share-by-month", STRENGTHS[2])
    assert august == [{"month": "2026-08", "models": 15, "descendants": 1, "share": 0.0667}]
    sizes = {row["family"]: row["crawled"] for row in answer(store, "family-sizes", STRENGTHS[2])}
    assert sizes == {"llama-2": 1, "llama-3": 3, "other": 2, "rival": 4}


@pytest.mark.parametrize("engine", WITH_CYPHER, indirect=True)
def test_a_census_alone_is_answered(store: GraphStore) -> None:
    store.write("b", [census_of(counted(("none", "declared", 2, 5)))], fresh=True)
    found = {name: answer(store, name, STRENGTHS[2]) for name in SHARES}
    assert found["llama-share"][0]["models"] == found["at-a-glance"][0]["models"] == 2
    assert found["rivals-share"] == [{"line": "none", "members": 2, "share": 1.0, "downloads": 5}]
    assert [row["models"] for row in found["share-by-month"]] == [2]
    assert found["family-sizes"] == []


@pytest.mark.parametrize("engine", WITH_CYPHER, indirect=True)
def test_an_empty_graph_is_answered(store: GraphStore) -> None:
    store.write("b", [], fresh=True)
    for name in SHARES:
        assert all(not row.get("models") for row in answer(store, name, STRENGTHS[2]))


def census_of(rows: list[Row]) -> Batch:
    return Batch(nodes={"Census": rows}, whole=frozenset({"Census"}))


def answer(
    store: GraphStore, name: str, strengths: list[str], sources: list[str] = SOURCES[1]
) -> list[Row]:
    assert isinstance(store, CypherConsole)
    given = {"strengths": strengths, "sources": sources}
    return list(library()[name].ask(store, given).records())


def lines(
    store: GraphStore, strengths: list[str], sources: list[str] = SOURCES[1]
) -> dict[str, int]:
    told = answer(store, "rivals-share", strengths, sources)
    return {row["line"]: row["members"] for row in told}


def made_hub(seed: int) -> list[Record]:
    """Return models of Llama, of rivals, of both and of nobody, each told one way or another."""
    chosen = random.Random(seed)  # noqa: S311 (a test's choice)
    roots = [LLAMA, QWEN, MISTRAL, GEMMA]
    records = [model(root, createdAt="2024-07-01T00:00:00Z", downloads=1000) for root in roots]
    records += [model(copy, createdAt="2024-07-02T00:00:00Z", downloads=90) for copy in COPIES]
    ids = [*roots, *COPIES]
    for number in range(50):
        own = f"maker{number}/Work-{number}"
        parents = chosen.sample(ids, chosen.choice([0, 1, 1, 1, 2, 2, 3]))
        told: Record = {} if chosen.random() < 0.2 else {"createdAt": month(chosen)}
        told["downloads"] = chosen.choice([None, 0, 7, 500])
        records.append(child(own, parents, chosen.random() < 0.3, told))
        ids.append(own)
    for number, in_prose in enumerate((False, True)):  # of several rivals, and of no Llama
        rivals = chosen.sample([*roots[1:], *COPIES], 2)
        told = {"createdAt": month(chosen), "downloads": 50}
        records.append(child(f"merger{number}/Work", rivals, in_prose, told))
    return records


def month(chosen: random.Random) -> str:
    return chosen.choice(["2022-03-02T23:29:04Z", "2024-08-05T00:00:00Z", "2024-09-05T00:00:00Z"])


def child(own: str, parents: list[str], in_prose: bool, told: dict[str, Any]) -> Record:
    """Return a record that tells its first parent in prose, or all of them by tags."""
    if not parents or not in_prose:
        return model(own, *(f"finetune:{parent}" for parent in parents), **told)
    first, *rest = parents
    prose = f"This model is a fine-tuned version of [{first}](https://huggingface.co/{first})."
    tagged = model(own, *(f"finetune:{parent}" for parent in rest), **told)
    return tagged | {"files": {"README.md": f"# {own}\n\n{prose}\n"}}


def kept_of(whole: Home) -> set[str]:
    """Return Llama's members and everything above them."""
    kept = {row[0] for row in whole.found()["members"] if row[1].startswith("llama")}
    above = [(child, parent) for child, _, parent, _ in whole.edges()]
    while more := {parent for child, parent in above if child in kept} - kept:
        kept |= more
    return kept


@pytest.mark.parametrize("seed", range(4))
def test_shares_are_those_of_a_register_that_keeps_all(tmp_path: Path, seed: int) -> None:
    records = made_hub(seed)
    whole = Home(folder(tmp_path, "whole"), f"kglite:///{tmp_path}/whole.kgl")
    whole.take(*records)
    whole.build()
    kept = kept_of(whole)
    part = Home(folder(tmp_path, "part"), f"kglite:///{tmp_path}/part.kgl")
    part.take(*(record for record in records if record["id"] in kept))
    members = [(row[0], (row[1], row[3], row[5])) for row in whole.found()["members"]]
    passed = [record for record in records if record["id"] not in kept]
    assert passed
    count(part, *((Kind.MODEL, [line for own, line in members if own == record["id"]],
                   moment(record), record["downloads"]) for record in passed))  # fmt: skip
    part.build()
    assert any(row_id.startswith("model several") for row_id in nodes(part))
    for strengths, sources in product(STRENGTHS, SOURCES):
        assert shown(part, strengths, sources) == shown(whole, strengths, sources)
    assert len(lines(whole.store, STRENGTHS[2])) == 5
    assert lines(whole.store, STRENGTHS[0]) != lines(whole.store, STRENGTHS[1])
    assert lines(whole.store, STRENGTHS[0]) != lines(whole.store, STRENGTHS[0], SOURCES[0])
    whole.close()
    part.close()


def folder(above: Path, name: str) -> Path:
    (above / name).mkdir()
    return above / name


def moment(record: Record) -> datetime | None:
    told = record.get("createdAt")
    return datetime.fromisoformat(told) if told else None


def shown(home: Home, strengths: list[str], sources: list[str]) -> dict[str, list[Row]]:
    return {name: answer(home.store, name, strengths, sources) for name in SHARES}
