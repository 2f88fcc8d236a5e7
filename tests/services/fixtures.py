"""The real servers as fixtures: each is started when first asked for, once a test run.

HERDBOOK_TEST_NEO4J_URL (``bolt://neo4j:PASSWORD@HOST:PORT``) and HERDBOOK_TEST_DATABASE_URL
(``postgresql://…``) name servers to use instead. A given Neo4j is emptied: its Community edition
has one database. On a given PostgreSQL the tests make databases ``herdbook_test_…`` of their own.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import jars, neo4j, postgres, proxy

NEO4J, POSTGRES = "HERDBOOK_TEST_NEO4J_URL", "HERDBOOK_TEST_DATABASE_URL"
MARKS = {  # a test that asks for one of these needs that server
    "neo4j_server": "neo4j",
    "empty_neo4j": "neo4j",
    "postgres_server": "postgres",
    "postgres_url": "postgres",
}
DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def no_neo4j() -> str | None:
    """Return why there can be no Neo4j, or None."""
    reason = None if os.environ.get(NEO4J) else jars.missing()
    return reason and f"{reason}; or give {NEO4J}"


def no_postgres() -> str | None:
    """Return why there can be no PostgreSQL, or None."""
    reason = None if os.environ.get(POSTGRES) else postgres.missing()
    return reason and f"{reason}; or give {POSTGRES}"


def no_proxy() -> str | None:
    """Return why there can be no proxy, or None."""
    return proxy.missing()


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[neo4j.Address]:
    """A Neo4j with authentication, holding whatever the test before left."""
    if given := os.environ.get(NEO4J):
        yield neo4j.Address.parse(given)
        return
    folder = tmp_path_factory.mktemp("neo4j")
    with neo4j.Neo4j.start(folder, password=secrets.token_hex(8)) as server:
        yield server.address


@pytest.fixture
def empty_neo4j(neo4j_server: neo4j.Address) -> neo4j.Address:
    """The same Neo4j, with nothing in it."""
    neo4j_server.empty()
    return neo4j_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Address]:
    """A PostgreSQL, far from UTC; the tests make databases on it."""
    if given := os.environ.get(POSTGRES):
        yield postgres.Address(given)
        return
    with postgres.Postgres.start(timezone="Asia/Tokyo") as server:
        yield server.address


@pytest.fixture
def postgres_url(postgres_server: postgres.Address) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, this test's own."""
    with postgres_server.lent() as url:
        yield url


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, on each kind that there is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/herdbook.db"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="module", params=DATABASES)
def module_database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The same, kept for a module's tests."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database')}/herdbook.db"
        return
    server: postgres.Address = request.getfixturevalue("postgres_server")
    with server.lent() as url:
        yield url
