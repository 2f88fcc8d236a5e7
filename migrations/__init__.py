"""The database, migration by migration (Alembic); `herdbook.wiring.migrate` runs them."""
