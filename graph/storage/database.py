"""Opening the SQL database by URL: SQLite tuned for one writer and many readers, or PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-32000",
)

_DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")
FORMS = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE, or sqlite:///FILE"
CONNECT = 10  # seconds that a server may take to answer
BUSY = 10.0  # seconds that SQLite waits for another writer
PATIENCE = 3600.0  # seconds that an import or a crawl waits for a build's transaction to end
_WRITER = 0x6865_7265  # any number that nobody else takes


class DatabaseUrlError(ValueError):
    """A database URL that cannot be used; the message names the setting."""


def open_database(url: str) -> Engine:
    """Open a database by SQLAlchemy URL. Raises DatabaseUrlError for one that is none."""
    parsed = _parsed(url)
    if parsed.get_backend_name() == "postgresql":
        return _open_postgresql(parsed)
    if parsed.database and parsed.database != ":memory:":
        folder = Path(parsed.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUrlError(
                f"HERDBOOK_DATABASE_URL or HERDBOOK_HOME: no folder {folder}: {error.strerror}"
            ) from None
    engine = create_engine(parsed, connect_args={"timeout": BUSY})
    event.listen(engine, "connect", _tune_sqlite)
    return engine


def _parsed(url: str) -> URL:
    """Return a URL of a kind that is known. No message holds a part where a password may be."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        raise DatabaseUrlError(
            f"HERDBOOK_DATABASE_URL is not a database URL; write {FORMS}"
        ) from None
    if parsed.drivername not in _DRIVERS:
        name = parsed.drivername
        raise DatabaseUrlError(f"HERDBOOK_DATABASE_URL begins with {name!r}; write {FORMS}")
    if "@" in (parsed.host or ""):  # else the rest of the password is shown as a host
        raise DatabaseUrlError(
            "HERDBOOK_DATABASE_URL has an @ too many; write %40 for one in the password"
        )
    return parsed


def _open_postgresql(url: URL) -> Engine:
    patience = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT}
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, connect_args=patience
    )
    event.listen(engine, "connect", _tune_postgresql)
    return engine


def _tune_sqlite(connection: Any, _record: object) -> None:
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)


def _tune_postgresql(connection: Any, _record: object) -> None:
    """Speak of moments in UTC: the last hours of the year 9999 are a year too late elsewhere."""
    connection.autocommit = True  # else the setting ends with the transaction that it opens
    connection.execute("SET TIME ZONE 'UTC'")
    connection.autocommit = False


def file_of(engine: Engine) -> str | None:
    """Return the file of an SQLite database; None for one in memory or on a server."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return name


@contextmanager
def one_moment(engine: Engine) -> Iterator[Connection]:
    """Open a transaction to read in: all of it sees the database as it is at one moment.

    On SQLite it also keeps every other writer out, so that it can be written in.
    """
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            _begin_to_write(connection)
        yield connection


@contextmanager
def sole_writer(engine: Engine, lock: int = _WRITER) -> Iterator[Connection]:
    """Open a transaction that begins once no other process is in one of the same lock.

    So that what is read in it still holds when it writes.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
        else:
            _begin_to_write(connection)
        yield connection


def _begin_to_write(connection: Connection) -> None:
    """Begin SQLite's transaction now: Python's driver would at the first INSERT only.

    A build may hold it for long; Ctrl-C is heard between two tries.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > end:
                raise
        else:
            return


def reason(error: DBAPIError) -> str:
    """Return what the driver says, in a line, without the statement and the values in it."""
    return str(error.orig).strip().partition("\n")[0]
