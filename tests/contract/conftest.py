"""The engines that every contract is held against, and graphs to hold it with."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from sqlalchemy import Engine as Database

from crawler.ingest.importer import import_file
from crawler.ingest.snapshot import expand
from graph.engines import open_graph
from graph.engines.port.ports import Batch, CypherConsole, EdgeRows, GraphStore, Row
from graph.pipeline.build import build
from graph.storage.database import open_database
from graph.storage.tables import Base
from tests.places import SHARED
from tests.services.neo4j import Address


@dataclass(frozen=True)
class Engine:
    """An engine under test, and what it says it can do."""

    name: str
    cypher: bool
    at_once: bool = True

    def url(self, request: pytest.FixtureRequest, folder: Path) -> str:
        """Where it keeps a graph: in a folder, or on the server of this test run."""
        match self.name:
            case "neo4j":
                server: Address = request.getfixturevalue("neo4j_server")
                return server.login_url
            case "kglite":
                return f"kglite:///{folder}/graph.kgl"
        return "memory://"


ENGINES = [
    Engine("memory", cypher=False),
    Engine("kglite", cypher=True),
    Engine("neo4j", cypher=True, at_once=False),
]
BUILT: dict[str, str] = {}  # by URL, the build of the series that is there
BASE, DATA_SET = "meta/Llama-3", "datasets/d/set"


def params(engines: Iterable[Engine]) -> list[ParameterSet]:
    """Engines as parameters, each marked with the server that it needs."""
    marks = {"neo4j": [pytest.mark.neo4j]}
    return [pytest.param(one, id=one.name, marks=marks.get(one.name, [])) for one in engines]


WITH_CYPHER = params(engine for engine in ENGINES if engine.cypher)


@pytest.fixture(params=params(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    chosen: Engine = request.param
    return chosen


@pytest.fixture
def store(engine: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[GraphStore]:
    if engine.name == "neo4j":
        request.getfixturevalue("neo4j_server").clear()
    opened = open_graph(engine.url(request, tmp_path))
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
    return {
        **ends,
        "relation": relation,
        "strength": strength,
        "confidence": sure,
        "source": "author",
    }


def derived(*rows: Row) -> EdgeRows:
    return EdgeRows("DERIVED_FROM", "Model", "Model", list(rows))


def pairs(kind: str, source: str, target: str, *ends: tuple[str, str]) -> EdgeRows:
    """Edges other than of the lineage, all declared."""
    how = {"strength": "declared", "confidence": 1.0, "source": "author"}
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
            "Dataset": [model(DATA_SET, crawled=False)],
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


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A folder for each name, the same all through the test run."""
    return cache(tmp_path_factory.mktemp)


def held(url: str, build: str, write: Callable[[GraphStore], None]) -> CypherConsole:
    """Open a graph that holds a build; write it first if others used the server meanwhile."""
    opened = open_graph(url)
    if not opened.state().holds(build):
        write(opened)
    assert isinstance(opened, CypherConsole)
    return opened


@pytest.fixture(params=WITH_CYPHER)
def small(request: pytest.FixtureRequest, folders: Callable[[str], Path]) -> CypherConsole:
    """The herd, in each engine that answers Cypher."""
    url = request.param.url(request, folders("small"))
    return held(url, "small", lambda store: store.write("small", [herd()], fresh=True))


@pytest.fixture(scope="session")
def imported_series(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The real series, imported once. Nothing is built."""
    folder = SHARED / "hub" / "series"
    if not folder.is_dir():
        pytest.skip(f"no real series at {folder}: set HERDBOOK_SHARED")
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('series')}/herdbook.db")
    Base.metadata.create_all(database)
    for path in expand(folder):
        import_file(database, path)
    return database


@pytest.fixture(params=WITH_CYPHER)
def series(
    request: pytest.FixtureRequest, imported_series: Database, folders: Callable[[str], Path]
) -> CypherConsole:
    """The real series, built in each engine."""
    url = request.param.url(request, folders("series"))

    def write(store: GraphStore) -> None:
        BUILT[url] = str(build(imported_series, store, url, fresh=True).id)

    return held(url, BUILT.get(url, ""), write)
