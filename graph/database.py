"""Opening the SQL database by URL: SQLite tuned for one writer and many readers, or PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=30000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-32000",
)


class DatabaseUrlError(ValueError):
    """A database URL that cannot be used; the message names the setting."""


def open_database(url: str) -> Engine:
    """Open a database by SQLAlchemy URL. Raises DatabaseUrlError for one that is none."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseUrlError("HERDBOOK_DATABASE_URL is not a database URL") from None
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
        event.listen(engine, "connect", _tune_postgresql)
        return engine
    if parsed.get_backend_name() != "sqlite":
        raise DatabaseUrlError(
            f"HERDBOOK_DATABASE_URL: {parsed.get_backend_name()!r} is neither sqlite nor postgresql"
        )
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _tune_sqlite)
    return engine


def _tune_sqlite(connection: Any, _record: object) -> None:
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)


def _tune_postgresql(connection: Any, _record: object) -> None:
    """Speak of moments in UTC: the last hours of the year 9999 are a year too late elsewhere."""
    connection.autocommit = True  # else the setting ends with the transaction that it opens
    connection.execute("SET TIME ZONE 'UTC'")
    connection.autocommit = False


def upsert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows, or replace every column given of those whose primary key is there."""
    if not rows:
        return
    key = [column.name for column in table.primary_key]
    statement = _insert(connection)(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), rows)


def insert_missing(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert the rows that break no uniqueness; leave the others alone."""
    if rows:
        connection.execute(_insert(connection)(table).on_conflict_do_nothing(), rows)


def _insert(connection: Connection) -> Any:  # the two dialects' Insert share no typed base
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
