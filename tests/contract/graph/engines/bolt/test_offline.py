"""The series in the embedded engine, in a server by Bolt, and in a server by its import's files."""

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine as Database

from graph.catalogue.model import Kind
from graph.engines import open_graph, open_offline
from graph.engines.bolt.offline import SCRIPT, OfflineFiles
from graph.engines.port.ports import CypherConsole, StoreError
from graph.engines.queries.query import library
from graph.pipeline import census
from graph.pipeline.build import build
from graph.pipeline.census import Tally
from tests.bench.digest import of_server
from tests.contract.conftest import herd
from tests.services.neo4j import Address, Neo4j


@pytest.fixture(scope="module")
def counted_series(imported_series: Database) -> Iterator[Database]:
    """The series, and a census beside it as long as the tests here last."""
    tally = Tally()
    tally.add(
        Kind.MODEL, [("qwen3", 3, 4), ("gemma-3", 1, 1)], datetime(2025, 5, 1, tzinfo=UTC), 12
    )
    tally.add(Kind.MODEL, [], None, None)
    with imported_series.begin() as connection:
        census.store(connection, 1, tally)
    yield imported_series
    with imported_series.begin() as connection:
        census.store(connection, 1, Tally())


@pytest.fixture(scope="module")
def by_files(counted_series: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """A server whose database was made by the import's script."""
    files = tmp_path_factory.mktemp("files")
    server = Neo4j(tmp_path_factory.mktemp("imported"), "512m", None)
    server.write_settings()
    build(counted_series, OfflineFiles(files), server.url, fresh=True)
    command = server.admin_command(files.parent / "neo4j-admin")
    environment = {**os.environ, "NEO4J_ADMIN": str(command)}
    subprocess.run([files / SCRIPT], env=environment, check=True, capture_output=True)
    with server:
        server.restart()
        yield server


@pytest.mark.neo4j
@pytest.mark.shared
def test_all_ways_lead_to_the_same_graph_and_answers(
    counted_series: Database, by_files: Neo4j, neo4j_server: Address, tmp_path: Path
) -> None:
    # What was imported is known: a build has nothing left to do but to declare the keys.
    imported = open_graph(by_files.url)
    assert build(counted_series, imported, by_files.url).id is None
    neo4j_server.clear()
    online = open_graph(neo4j_server.login_url)
    build(counted_series, online, "online", fresh=True)
    embedded = open_graph(f"kglite:///{tmp_path}/graph.kgl")
    build(counted_series, embedded, "embedded", fresh=True)

    assert of_server(by_files.address) == of_server(neo4j_server)
    assert isinstance(embedded, CypherConsole)
    census_rows = "MATCH (c:Census) RETURN c.line AS line, c.count AS count ORDER BY line"
    assert embedded.cypher(census_rows, {}, seconds=20, rows=None).rows == [
        ["gemma-3", 1], ["none", 1], ["qwen3", 1], ["several", -1],
    ]  # fmt: skip
    empty = set()
    for question in library().values():
        answers = []
        for store in (embedded, online, imported):
            assert isinstance(store, CypherConsole)
            answers.append(question.ask(store).rows)
        assert answers[0] == answers[1] == answers[2], question.name
        if not answers[0]:
            empty.add(question.name)
    assert empty <= {"outputs-of-llama"}  # the series has no file that would tell of any


def test_files_hold_whole_builds_alone(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="whole build"):
        OfflineFiles(tmp_path).write("b", [herd()], fresh=False)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").touch()
    with pytest.raises(StoreError, match="holds other files"):
        OfflineFiles(tmp_path).write("b", [herd()], fresh=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_files_are_for_a_server(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="must name the server that the files are for: bolt://"):
        open_offline("kglite:///graph.kgl", tmp_path)


def test_line_breaks_are_told_to_the_import(tmp_path: Path) -> None:
    batch = herd()
    batch.nodes["Finding"][0]["message"] = 'one\n"two", three'
    OfflineFiles(tmp_path).write("b", [batch], fresh=True)
    script = (tmp_path / SCRIPT).read_text(encoding="utf-8")
    assert "--multiline-fields=Finding.csv" in script
    assert "Model.csv" in script
