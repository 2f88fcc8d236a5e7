"""Several processes on one database: one builds, one crawls, any number store at once."""

from __future__ import annotations

import json
import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import event

from crawler.ingest.importer import import_file
from graph.pipeline.build import build
from graph.storage.database import one_moment, open_database
from graph.storage.locks import UnderWay, Work, alone
from tests.home import LLAMA, Home, model

SPAWN = multiprocessing.get_context("spawn")
WAIT = 60.0
IMPORTERS = 3


@pytest.fixture
def home(tmp_path: Path, database_url: str) -> Iterator[Home]:
    opened = Home(tmp_path, database=database_url)
    yield opened
    opened.close()


@contextmanager
def holder(url: str, work: Work) -> Iterator[multiprocessing.process.BaseProcess]:
    """Another process that has the turn, until it is killed."""
    has_it = SPAWN.Event()
    process = SPAWN.Process(target=_hold, args=(url, work, has_it))
    process.start()
    try:
        assert has_it.wait(WAIT)
        yield process
    finally:
        process.kill()
        process.join(WAIT)


def _hold(url: str, work: Work, has_it: Event) -> None:
    with alone(open_database(url), work):
        has_it.set()
        SPAWN.Event().wait()


@pytest.mark.parametrize("work", get_args(Work))
def test_one_that_does_not_wait_is_told(home: Home, database_url: str, work: Work) -> None:
    with holder(database_url, work) as other:
        with pytest.raises(UnderWay, match=f"another {work} .*HERDBOOK_DATABASE_URL"):
            alone(home.engine, work).__enter__()
        for another in set(get_args(Work)) - {work}:
            with alone(home.engine, another):
                pass
        other.kill()
        other.join(WAIT)
        with alone(home.engine, work, lambda: None):  # a killed process's turn has ended
            pass
    with alone(home.engine, work):
        pass


def test_a_build_waits_for_the_other_to_end_however_it_ends(home: Home, database_url: str) -> None:
    home.take(model(LLAMA, licence="llama3.1"), model("acme/Llama-x", f"finetune:{LLAMA}"))
    told: list[str] = []
    with holder(database_url, "build") as other:

        def waiting() -> None:
            told.append("waits")
            assert home.rows("select * from standings") == []
            other.kill()

        report = build(home.engine, home.store, home.graph, waiting=waiting)
    assert told == ["waits"]
    assert report.artifacts == 2


def test_a_build_sees_one_moment_whatever_is_stored_meanwhile(
    home: Home, database_url: str
) -> None:
    home.take(model(LLAMA, licence="llama3.1"))
    with one_moment(home.engine) as connection:
        before = connection.exec_driver_sql("select count(*) from artifacts").scalar()
        other = open_database(database_url)
        try:
            if other.dialect.name == "sqlite":
                event.listen(other, "connect", lambda c, _: c.execute("pragma busy_timeout=100"))
                with pytest.raises(Exception, match="locked"), other.begin() as writing:
                    writing.exec_driver_sql("insert into artifacts (id) values ('new/one')")
            else:
                with other.begin() as writing:
                    writing.exec_driver_sql("insert into artifacts (id) values ('new/one')")
        finally:
            other.dispose()
        assert connection.exec_driver_sql("select count(*) from artifacts").scalar() == before


def test_importers_at_once_leave_what_one_after_the_other_does(
    home: Home, database_url: str, tmp_path: Path
) -> None:
    parents = [LLAMA, "mistralai/Mistral-7B-v0.1", "meta-llama/Llama-2-7b-hf", "x/y"]
    records = [model(f"maker-{n}/Llama-{n}", f"finetune:{parents[n % 4]}") for n in range(300)]
    files = []
    for n in range(IMPORTERS):
        mixed = random.Random(n).sample(records, len(records))  # noqa: S311 (a test's choice)
        files.append(tmp_path / f"importer-{n}.jsonl")
        files[-1].write_text("\n".join(map(_line, mixed)), encoding="utf-8")
    barrier = SPAWN.Barrier(IMPORTERS)
    processes = [
        SPAWN.Process(target=_import, args=(database_url, path, barrier)) for path in files
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(WAIT)
    assert [process.exitcode for process in processes] == [0] * IMPORTERS
    assert home.rows("select count(*) from records") == [(300,)]
    twice = "select child, parent, signal, field, count(*) from claims group by 1,2,3,4,value"
    assert home.rows(f"{twice} having count(*) > 1") == []
    runs = home.read_model.runs()
    assert [(run["state"], run["counts"]["records"]) for run in runs] == [("done", 300)] * IMPORTERS
    assert sum(run["counts"]["new"] for run in runs) == 300


def _line(record: dict[str, object]) -> str:
    return json.dumps(record)


def _import(url: str, path: Path, barrier: Barrier) -> None:
    engine = open_database(url)
    barrier.wait(WAIT)
    import_file(engine, path)
    engine.dispose()
