"""What Alembic runs: on the connection that `migrate` hands over, in its transaction.

There is no other way in: who may migrate, and that nobody else does at the same time, is decided
there.
"""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy.sql.elements import False_
from sqlalchemy.types import TypeDecorator

from graph.storage.tables import Base


def _drafted(what: str, item: Any, _context: Any) -> str | Literal[False]:
    """Draft our own types as what they are stored as: a migration outlives the code's names.

    And a truth value as one: SQLite's 0, with which it is compared, is none on PostgreSQL.
    """
    if what == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return "sa.false()" if what == "server_default" and isinstance(item.arg, False_) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    render_item=_drafted,
)
context.run_migrations()
