"""Bringing the database to the tables that this code knows.

Safe when several processes start at once: one migrates, the others wait and then find it done.
The whole way is one transaction, so a migration that fails leaves the database as it was.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from importlib.resources import files
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from graph.storage.database import file_of, sole_writer
from graph.storage.locks import file_lock

State = Literal["current", "older", "newer", "empty"]

_LOCK = 0x6865_7264  # any number that nobody else takes: "herd"


class NewerDatabase(RuntimeError):
    """A database made by newer code than this; the message says what to do."""


def check(engine: Engine) -> State:
    """Tell how the database stands to this code; empty means that no migration ever ran."""
    with engine.connect() as connection:
        return _state(connection)


def upgrade(engine: Engine) -> bool:
    """Bring the database up to date; return whether there was anything to do.

    Raises NewerDatabase, and touches nothing, where newer code made it.
    """
    with _lock_file(engine):
        if check(engine) == "current":  # the usual case, without waiting for anybody who writes
            return False
        with sole_writer(engine, _LOCK) as connection:
            state = _state(connection)
            if state == "newer":
                raise NewerDatabase(_newer(connection))
            if state == "current":  # another process was faster
                return False
            command.upgrade(configure(connection), "head")
    return True


def configure(connection: Connection | None = None) -> Config:
    """Return Alembic's settings: the migrations of the installed package, on a connection."""
    config = Config()
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _state(connection: Connection) -> State:
    scripts = ScriptDirectory.from_config(configure())
    found = _revisions(connection)
    if not found:
        return "empty"
    if not found <= {script.revision for script in scripts.walk_revisions()}:
        return "newer"
    return "current" if found == set(scripts.get_heads()) else "older"


def _revisions(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _newer(connection: Connection) -> str:
    revision = ", ".join(sorted(_revisions(connection)))
    return (
        f"the database was made by a newer Herdbook (its revision {revision} is unknown here): "
        "update Herdbook, or point HERDBOOK_HOME or HERDBOOK_DATABASE_URL at another database"
    )


def _lock_file(engine: Engine) -> AbstractContextManager[object]:
    """Hold a lock beside an SQLite file, from before it is opened.

    A transaction does not do it all: the first to open a new file turns on its write-ahead log,
    and whoever opens it at that moment is told that it is locked, however long it would wait.
    """
    name = file_of(engine)
    return file_lock(f"{name}.migrate.lock") if name is not None else nullcontext()
