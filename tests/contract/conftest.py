"""The engines that every contract is held against, and graphs to hold it with."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.importer import import_file
from crawler.snapshot import expand
from graph.build import build
from graph.database import open_database
from graph.ports import Batch, CypherConsole, EdgeRows, GraphStore, Row
from graph.stores import open_graph
from graph.tables import Base

SHARED = Path(os.environ.get("HERDBOOK_SHARED", Path(__file__).resolve().parents[3] / "shared"))


@dataclass(frozen=True)
class Engine:
    """An engine under test: its URL for a folder of its own, and what it says it can do."""

    name: str
    url: Callable[[Path], str]
    cypher: bool


ENGINES = [
    Engine("memory", lambda _folder: "memory://", cypher=False),
    Engine("kglite", lambda folder: f"kglite:///{folder}/graph.kgl", cypher=True),
]
BASE, DATA_SET = "meta/Llama-3", "datasets/d/set"
WITH_CYPHER = [engine for engine in ENGINES if engine.cypher]


def name_of(engine: Engine) -> str:
    return engine.name


@pytest.fixture(params=ENGINES, ids=name_of)
def engine(request: pytest.FixtureRequest) -> Engine:
    chosen: Engine = request.param
    return chosen


@pytest.fixture
def store(engine: Engine, tmp_path: Path) -> Iterator[GraphStore]:
    opened = open_graph(engine.url(tmp_path))
    yield opened
    opened.close()


def model(artifact_id: str, **properties: Any) -> Row:
    given = {"name": artifact_id.rpartition("/")[2], "crawled": True, "official": False}
    return {"id": artifact_id, **given, "outcome": "not-applicable", **properties}


def edge(
    child: str,
    parent: str,
    relation: str = "finetune",
    strength: str = "declared",
    sure: float = 1.0,
) -> Row:
    ends = {"from": child, "to": parent}
    return {**ends, "relation": relation, "strength": strength, "confidence": sure}


def derived(*rows: Row) -> EdgeRows:
    return EdgeRows("DERIVED_FROM", "Model", "Model", list(rows))


def pairs(kind: str, source: str, target: str, *ends: tuple[str, str]) -> EdgeRows:
    """Edges other than of the lineage, all declared."""
    how = {"strength": "declared", "confidence": 1.0}
    return EdgeRows(kind, source, target, [{"from": a, "to": b, **how} for a, b in ends])


def herd() -> Batch:
    """A base, a child of it, a merge of two families, an unread parent, and one stranger."""
    return Batch(
        nodes={
            "Family": [
                {"id": "llama-2", "title": "Llama 2", "llama": True},
                {"id": "llama-3", "title": "Llama 3", "llama": True},
                {"id": "rival", "title": "Rival", "llama": False},
            ],
            "Model": [
                model("meta/Llama-3", official=True, downloads=100, author="meta"),
                model("a/Llama-3-child", downloads=10, author="a", created="2026-08-01T00:00:00Z"),
                model("b/merge", downloads=30, author="b", licence="mit", outcome="failed"),
                model("c/stranger", downloads=60, author="c"),
                model("x/unread", crawled=False),
            ],
            "Finding": [
                {"id": "f1", "check": "name-prefix", "outcome": "failed", "strength": "declared"},
                {"id": "f2", "check": "name-prefix", "outcome": "passed", "strength": "declared"},
            ],
        },
        edges=(
            derived(
                edge("a/Llama-3-child", "meta/Llama-3"),
                edge("b/merge", "meta/Llama-3", "merge"),
                edge("b/merge", "x/unread", "merge"),
            ),
            EdgeRows("TRAINED_ON", "Model", "Dataset", [edge("b/merge", DATA_SET, "trained_on")]),
            EdgeRows("GENERATED_BY", "Dataset", "Model", [edge(DATA_SET, BASE, "generated_by")]),
            pairs(
                "IN_FAMILY",
                "Model",
                "Family",
                ("meta/Llama-3", "llama-3"),
                ("a/Llama-3-child", "llama-3"),
                ("b/merge", "llama-2"),
                ("b/merge", "llama-3"),
                ("b/merge", "rival"),
            ),
            pairs("PUBLISHED_BY", "Model", "Author", ("a/Llama-3-child", "a"), ("b/merge", "b")),
            pairs("HAS_FINDING", "Model", "Finding", ("b/merge", "f1"), ("b/merge", "f2")),
        ),
    )


def opened_console(url: str) -> CypherConsole:
    opened = open_graph(url)
    assert isinstance(opened, CypherConsole)
    return opened


@pytest.fixture(scope="session", params=WITH_CYPHER, ids=name_of)
def small(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> CypherConsole:
    """The herd, in each engine that answers Cypher."""
    url = request.param.url(tmp_path_factory.mktemp("small"))
    open_graph(url).write("small", [herd()], fresh=True)
    return opened_console(url)


@pytest.fixture(scope="session", params=WITH_CYPHER, ids=name_of)
def series(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> CypherConsole:
    """The real series, imported and built once for each engine."""
    folder = SHARED / "hub" / "series"
    if not folder.is_dir():
        pytest.skip(f"no real series at {folder}: set HERDBOOK_SHARED")
    home = tmp_path_factory.mktemp("series")
    url = request.param.url(home)
    database = open_database(f"sqlite:///{home}/herdbook.db")
    Base.metadata.create_all(database)
    for path in expand(folder):
        import_file(database, path)
    build(database, open_graph(url), url)
    return opened_console(url)
