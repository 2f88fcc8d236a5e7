"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: None = None
depends_on: None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite numbers rows by INTEGER alone
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _artifacts_and_records()
    _runs()
    _claims()
    _builds()
    _standings()
    _findings()


def downgrade() -> None:
    for table in (
        "findings",
        "members",
        "standings",
        "builds",
        "claims",
        "cursors",
        "notices",
        "records",
        "runs",
        "artifacts",
    ):
        op.drop_table(table)
