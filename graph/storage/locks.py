"""One at a time: of several processes on one database a single one builds, a single one crawls.

A turn ends with its block or with the process, however that ends: PostgreSQL lets go of an
advisory lock with its connection, the system of a lock on a file beside SQLite's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Literal

from filelock import BaseFileLock, FileLock, Timeout
from sqlalchemy import Engine, text

from graph.storage.database import file_of

Work = Literal["build", "crawl"]

_LOCK = 0x6865_7264  # any number that nobody else takes: "herd", as herdbook.wiring.migrate
_NUMBER: dict[Work, int] = {"build": 1, "crawl": 2}
_PAUSE = 0.25  # seconds from one try to the next

Try = Callable[[], bool]


class UnderWay(RuntimeError):
    """Another process does this work on the same database; the message says what to do."""


@contextmanager
def alone(engine: Engine, work: Work, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Do some work while no other process does it.

    Where another one does, ``waiting`` is called once and then the turn is waited for; without
    it, raises UnderWay.
    """
    hold = _on_postgresql if engine.dialect.name == "postgresql" else _on_sqlite
    with hold(engine, work) as got:
        if not got():
            if waiting is None:
                raise UnderWay(
                    f"another {work} is under way on the same database (HERDBOOK_DATABASE_URL): "
                    "wait for its end, or end it, and try again"
                )
            waiting()
            while not got():
                time.sleep(_PAUSE)
        yield


@contextmanager
def _on_postgresql(engine: Engine, work: Work) -> Iterator[Try]:
    query = text("SELECT pg_try_advisory_lock(:herdbook, :work)")
    values = {"herdbook": _LOCK, "work": _NUMBER[work]}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()  # so that it is closed at the end and the lock goes with it
        yield lambda: bool(connection.scalar(query, values))


@contextmanager
def _on_sqlite(engine: Engine, work: Work) -> Iterator[Try]:
    name = file_of(engine)
    if name is None:  # in memory, so nobody else's
        yield lambda: True
        return
    lock = file_lock(f"{name}.{work}.lock")

    def got() -> bool:
        with suppress(Timeout):
            lock.acquire(blocking=False)
        return lock.is_locked

    try:
        yield got
    finally:
        lock.release()


def file_lock(path: str) -> BaseFileLock:
    """Return a lock on a file that the system lets go of when its process ends, even by a crash.

    Where a file system knows no such lock, acquiring it raises OSError: what stands in for one
    elsewhere, a file that is there or not, would outlive a crash.
    """
    return FileLock(path, fallback_to_soft=False)
