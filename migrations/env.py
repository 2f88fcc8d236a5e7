"""What Alembic runs: on the connection that `migrate` hands over, in its transaction.

There is no other way in: who may migrate, and that nobody else does at the same time, is decided
there.
"""

from __future__ import annotations

from alembic import context

from graph.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
)
context.run_migrations()
