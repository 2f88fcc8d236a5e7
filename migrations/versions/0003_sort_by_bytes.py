"""What lists are sorted by is sorted byte by byte, on PostgreSQL as on SQLite."""

from __future__ import annotations

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: None = None
depends_on: None = None

SORTED = (("artifacts", "id"), ("members", "family"))


def upgrade() -> None:
    _sort_by("C")


def downgrade() -> None:
    _sort_by("default")


def _sort_by(collation: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column in SORTED:
            op.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE TEXT COLLATE "{collation}"')
