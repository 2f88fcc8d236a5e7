"""The migrations arrive at the tables of the code, from anywhere, by anybody, once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from graph.storage.database import open_database
from graph.storage.tables import Base
from herdbook.wiring import migrate

PROCESSES = 4


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def test_an_empty_database_gets_exactly_the_tables_of_the_code(engine: Engine) -> None:
    assert migrate.check(engine) == "empty"
    assert migrate.upgrade(engine) is True
    assert migrate.check(engine) == "current"
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.postgres
def test_what_is_sorted_by_is_sorted_byte_by_byte_on_postgresql(postgres_url: str) -> None:
    query = """
    select table_name, column_name from information_schema.columns
    where collation_name = 'C' and table_schema = 'public'
    """
    found = []
    for make in (migrate.upgrade, Base.metadata.create_all):
        engine = open_database(postgres_url)
        with engine.begin() as connection:
            connection.execute(text("drop schema public cascade; create schema public"))
        make(engine)
        with engine.connect() as connection:
            found.append(sorted(map(tuple, connection.execute(text(query)))))
        engine.dispose()
    assert found == [[("artifacts", "id"), ("members", "family"), ("passed", "id")]] * 2


def test_a_second_upgrade_does_nothing(engine: Engine) -> None:
    migrate.upgrade(engine)
    assert migrate.upgrade(engine) is False


def test_the_way_down_leaves_nothing_but_alembics_own_table(engine: Engine) -> None:
    migrate.upgrade(engine)
    with engine.begin() as connection:
        command.downgrade(migrate.configure(connection), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    assert migrate.check(engine) == "empty"
    assert migrate.upgrade(engine) is True


def test_a_database_of_newer_code_is_refused_and_left_alone(engine: Engine) -> None:
    migrate.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert migrate.check(engine) == "newer"
    with pytest.raises(migrate.NewerDatabase, match=r"9999.*update Herdbook"):
        migrate.upgrade(engine)
    assert migrate.check(engine) == "newer"


def test_a_migration_that_fails_leaves_the_database_as_it_was(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE findings (something INTEGER)"))
    with pytest.raises(Exception, match="findings"):
        migrate.upgrade(engine)
    assert inspect(engine).get_table_names() == ["findings"]


def test_processes_that_start_at_once_all_succeed_and_one_does_the_work(database_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    barrier, done = spawn.Barrier(PROCESSES), spawn.SimpleQueue()
    processes = [
        spawn.Process(target=_upgrade_with_others, args=(database_url, barrier, done))
        for _ in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    assert sorted(done.get() for _ in processes) == [False] * (PROCESSES - 1) + [True]


def _upgrade_with_others(url: str, barrier: Barrier, done: SimpleQueue[bool]) -> None:
    engine = open_database(url)
    barrier.wait(60)
    done.put(migrate.upgrade(engine))
    engine.dispose()
