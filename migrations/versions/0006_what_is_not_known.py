"""Data sets that hold weights, files that could not be read, and what is not known of a lineage."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    with op.batch_alter_table("records") as table:
        table.add_column(
            sa.Column("weights", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("unread", sa.LargeBinary()))
    with op.batch_alter_table("standings") as table:
        table.add_column(sa.Column("unknown", sa.LargeBinary()))


def downgrade() -> None:
    with op.batch_alter_table("standings") as table:
        table.drop_column("unknown")
    with op.batch_alter_table("records") as table:
        table.drop_column("unread")
        table.drop_column("weights")
