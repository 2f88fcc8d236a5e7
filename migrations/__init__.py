"""The database, migration by migration (Alembic); `herdbook.migrate` runs them."""
