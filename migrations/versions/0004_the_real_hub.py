"""The Hub's own ids, what was read when, plans and reasons of runs, and what is not kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: None = None
depends_on: None = None

MOMENT = sa.DateTime(timezone=True)
SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
RECORDS: tuple[sa.Column[object], ...] = (
    sa.Column("hub_id", sa.Text()),
    sa.Column("former", sa.Text()),
    sa.Column("downloads_all", sa.BigInteger()),
    sa.Column("read_at", sa.LargeBinary()),
    sa.Column("disabled", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("missed", sa.Integer(), nullable=False, server_default="0"),
)
RUNS: tuple[sa.Column[object], ...] = (
    sa.Column("plan", sa.JSON()),
    sa.Column("stage", sa.Text()),
    sa.Column("reason", sa.Text()),
    sa.Column("listed", MOMENT),
    sa.Column("resumes", MOMENT),
)
CURSORS: tuple[sa.Column[object], ...] = (
    sa.Column("rows", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("doubted", sa.Boolean(), nullable=False, server_default=sa.false()),
)


def upgrade() -> None:
    with op.batch_alter_table("records") as table:
        for column in RECORDS:
            table.add_column(column)
        table.drop_column("children")  # lists do not tell it
        table.add_column(sa.Column("counted_run", sa.Integer()))
        table.create_foreign_key("fk_records_counted_run", "runs", ["counted_run"], ["number"])
    op.create_index("ix_records_hub_id", "records", ["hub_id"])
    op.create_index("ix_records_counted_run", "records", ["counted_run"])
    for name, columns in (("runs", RUNS), ("cursors", CURSORS)):
        with op.batch_alter_table(name) as table:
            for column in columns:
                table.add_column(column)
    op.create_table(
        "passed",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("id", SORTED, nullable=False),
        sa.Column("created", MOMENT),
        sa.Column("downloads", sa.BigInteger()),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("claims", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["run"], ["runs.number"]),
        sa.PrimaryKeyConstraint("run", "id"),
    )
    op.create_table(
        "census",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("downloads", sa.BigInteger(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.number"]),
        sa.PrimaryKeyConstraint("kind", "line", "strength", "month"),
    )


def downgrade() -> None:
    op.drop_table("census")
    op.drop_table("passed")
    for name, columns in (("runs", RUNS), ("cursors", CURSORS)):
        with op.batch_alter_table(name) as table:
            for column in columns:
                table.drop_column(column.name)
    op.drop_index("ix_records_counted_run", "records")
    op.drop_index("ix_records_hub_id", "records")
    with op.batch_alter_table("records") as table:
        table.drop_constraint("fk_records_counted_run", type_="foreignkey")
        table.drop_column("counted_run")
        table.add_column(sa.Column("children", sa.BigInteger()))
        for column in RECORDS:
            table.drop_column(column.name)
