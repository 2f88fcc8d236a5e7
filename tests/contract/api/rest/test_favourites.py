"""The query library as a file for Neo4j Browser, over REST and on the command line."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from graph.engines.queries import favourites
from graph.engines.queries.query import library
from herdbook.cli import app
from tests.contract.rest_read_model import services

ADDRESS = "/v1/queries/neo4j-browser"


def test_the_favourites_are_a_file_to_keep(tmp_path: Path) -> None:
    with TestClient(create_app(services(tmp_path))) as client:
        told = client.get(ADDRESS)
        assert told.text == favourites.as_text(library().values())
        assert told.headers["content-type"] == "text/plain; charset=utf-8"
        assert 'filename="herdbook-queries.cypher"' in told.headers["content-disposition"]
        archive = client.get(ADDRESS, params={"format": "zip"})
        assert archive.headers["content-type"] == "application/zip"
        assert 'filename="herdbook-queries.zip"' in archive.headers["content-disposition"]
        names = zipfile.ZipFile(io.BytesIO(archive.content)).namelist()
        assert len(names) == len(library())
        assert client.get(ADDRESS, params={"format": "tar"}).status_code == 422


def test_no_query_of_the_library_takes_the_address() -> None:
    assert "neo4j-browser" not in library()


def test_the_command_line_prints_the_same() -> None:
    told = CliRunner().invoke(app, ["queries", "--neo4j-browser"])
    assert told.exit_code == 0
    assert told.stdout == favourites.as_text(library().values())
