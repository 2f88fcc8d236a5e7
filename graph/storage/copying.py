"""Copying one database into another, whichever of SQLite and PostgreSQL each is.

All tables, row by row with their keys, read at one moment and written in one transaction: a copy
is whole or is not there. Afterwards both sides are read and compared, table by table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Row, Table, func, literal, select, text
from sqlalchemy.exc import DBAPIError

from graph.storage import bulk
from graph.storage.database import reason
from graph.storage.tables import Base, storable

BATCH = 2_000  # rows; a record may hold a card of some hundred kilobytes
DIGEST = 16  # bytes
_TABLES: list[Table] = Base.metadata.sorted_tables  # those that are referred to come first

Progress = Callable[[int, int, str], None]  # rows done, rows in all, the table


class CopyRefused(ValueError):
    """A copy that is not made, or not kept; the message says why. The target is as it was."""


@dataclass(frozen=True, slots=True)
class Copied:
    """One table: how many rows, and a digest of what they hold, in any order."""

    table: str
    rows: int
    digest: str


def copy(source: Engine, target: Engine, progress: Progress) -> list[Copied]:
    """Copy every table, and return what was copied; both databases have this version's tables.

    Writing and comparing a row count once each in ``progress``. Raises CopyRefused for a target
    that holds anything, takes a value otherwise than it was, or fails.
    """
    try:
        with _reading(source) as there, _writing(target) as here:
            _refuse_unless_empty(here)
            counts = {t.name: there.scalar(select(func.count()).select_from(t)) for t in _TABLES}
            told = _Told(progress, 2 * sum(count or 0 for count in counts.values()))
            return [_copy_table(there, here, table, told) for table in _TABLES]
    except DBAPIError as error:
        raise CopyRefused(f"the copy was given up: {reason(error)}") from None


class _Told:
    """Counts rows for the progress."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def more(self, rows: int, table: str) -> None:
        self._done += rows
        self._progress(self._done, self._total, table)


class _Digest:
    """A digest of rows that does not depend on their order: databases sort texts differently."""

    def __init__(self) -> None:
        self.rows, self._sum = 0, 0

    def add(self, rows: Sequence[Row[Any]]) -> None:
        for row in rows:
            plain = orjson.dumps([_plain(value) for value in row], option=orjson.OPT_SORT_KEYS)
            self._sum += int.from_bytes(blake2b(plain, digest_size=DIGEST).digest())
        self.rows += len(rows)

    def done(self, table: str) -> Copied:
        return Copied(table, self.rows, f"{self._sum % (1 << 8 * DIGEST):0{2 * DIGEST}x}")


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)  # older code stored more, and the target takes it so
    if isinstance(value, bytes):
        return {"bytes": blake2b(value, digest_size=DIGEST).hexdigest()}
    return value.isoformat() if isinstance(value, datetime) else value


def _copy_table(there: Connection, here: Connection, table: Table, told: _Told) -> Copied:
    """Copy a table, and hold what is now there against what was read."""
    read, written = _Digest(), _Digest()
    names = [column.key for column in table.columns]
    for rows in _chunks(there, table):
        read.add(rows)
        bulk.insert(here, table, [dict(zip(names, row, strict=True)) for row in rows])
        told.more(len(rows), table.name)
    _count_on(here, table)
    for rows in _chunks(here, table):
        written.add(rows)
        told.more(len(rows), table.name)
    copied = written.done(table.name)
    if read.done(table.name) != copied:
        raise CopyRefused(f"the copy was given up: {table.name} did not come out as it went in")
    return copied


def _chunks(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    return connection.execute(select(table), execution_options={"yield_per": BATCH}).partitions()


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows from where the copied ones end; SQLite does so itself."""
    number = table.autoincrement_column
    if connection.dialect.name != "postgresql" or number is None:
        return
    last = connection.scalar(select(func.max(number)))
    if last is not None:
        sequence = func.pg_get_serial_sequence(table.name, number.name)
        connection.execute(select(func.setval(sequence, last)))


def _refuse_unless_empty(connection: Connection) -> None:
    for table in _TABLES:
        if connection.execute(select(literal(1)).select_from(table).limit(1)).first():
            raise CopyRefused(f"the target is not empty (its {table.name} has rows); name another")


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one moment, whatever others write meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        else:
            connection.exec_driver_sql("BEGIN")  # Python's driver would read each table anew
        yield connection


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction beside which nobody else writes."""
    with engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            names = ", ".join(table.name for table in _TABLES)
            connection.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
