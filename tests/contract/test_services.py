"""The real servers that tests start: they answer, survive a kill, and show no password."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.services.neo4j import Address, Neo4j
from tests.services.postgres import Address as Database
from tests.services.postgres import Postgres
from tests.services.processes import NotStarted


def test_a_neo4j_address_is_read_and_written_again() -> None:
    address = Address.parse("bolt://neo4j:p%40ss@127.0.0.1:7687")
    assert (address.url, address.auth) == ("bolt://127.0.0.1:7687", ("neo4j", "p@ss"))
    assert address.login_url == "bolt://neo4j:p%40ss@127.0.0.1:7687"
    assert Address.parse("bolt://127.0.0.1:7687").auth is None


def test_neo4j_answers_and_is_emptied(empty_neo4j: Address) -> None:
    with empty_neo4j.driver() as driver:
        driver.execute_query("CREATE CONSTRAINT one FOR (n:N) REQUIRE n.id IS UNIQUE")
        driver.execute_query("CREATE (:N {id: 1})-[:E]->(:N {id: 2})")
    empty_neo4j.empty()
    with empty_neo4j.driver() as driver:
        assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 0
        assert driver.execute_query("SHOW CONSTRAINTS").records == []


@pytest.mark.neo4j
def test_neo4j_comes_back_after_a_kill_and_tells_why_it_does_not_start(tmp_path: Path) -> None:
    with Neo4j.start(tmp_path, heap="256m") as server:
        with server.address.driver() as driver:
            driver.execute_query("CREATE (:N {id: 1})")
        server.kill()
        assert not server.address.answers()
        server.restart()
        with server.address.driver() as driver:
            assert driver.execute_query("MATCH (n:N) RETURN n.id AS i").records[0]["i"] == 1
        server.write_settings(no__such__setting="1")
        with pytest.raises(NotStarted, match=r"no\.such\.setting"):
            server.restart()


def test_postgres_makes_empty_databases(postgres_server: Database) -> None:
    for _ in range(2):
        url = postgres_server.database("herdbook_test_services")
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE t (i int)")
    postgres_server.drop("herdbook_test_services")


def test_postgres_sorts_by_the_rules_of_a_language(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        order = connection.execute("SELECT 'a' < 'B', 'a' COLLATE \"C\" < 'B'").fetchone()
    assert order == (True, False)


@pytest.mark.postgres
def test_postgres_comes_back_after_a_kill() -> None:
    with Postgres.start() as server:
        url = server.database("kept")
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE t (i int)")
        server.kill()
        assert not server.address.answers()
        server.restart()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
        folder = server.folder
    assert not folder.exists()
