"""Whose word an edge, a family and a finding rest on: the author's, or somebody else's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: None = None
depends_on: None = None

AUTHOR = 4
OTHERS = {
    3: ("former_name", "card_older_name"),  # the Hub
    2: ("provenance",),  # annotators
    1: ("identity", "cache_path"),  # the register
}
TABLES = ("claims", "members", "findings")
SAME = "kind, line, strength"


def upgrade() -> None:
    for table in TABLES:
        op.add_column(
            table, sa.Column("source", sa.Integer(), nullable=False, server_default=str(AUTHOR))
        )
    claims = sa.table("claims", sa.column("signal", sa.Text()), sa.column("source", sa.Integer()))
    for source, signals in OTHERS.items():
        theirs = claims.update().where(claims.c.signal.in_(signals))
        op.execute(theirs.values(source=source))
    _census("source")
    op.execute(  # who told it is not known before the next whole list: nothing is too much said
        f"INSERT INTO census ({SAME}, source, month, count, downloads, run) "  # noqa: S608 (ours)
        f"SELECT {SAME}, 1, month, count, downloads, run FROM census_before"
    )
    op.drop_table("census_before")


def downgrade() -> None:
    _census()
    op.execute(
        f"INSERT INTO census ({SAME}, month, count, downloads, run) SELECT {SAME}, month, "  # noqa: S608 (ours)
        f"SUM(count), SUM(downloads), MAX(run) FROM census_before GROUP BY {SAME}, month"
    )
    op.drop_table("census_before")
    for table in TABLES:
        with op.batch_alter_table(table) as changed:
            changed.drop_column("source")


def _census(*more: str) -> None:
    """Make an empty census, with or without a source, beside the one of before."""
    op.rename_table("census", "census_before")
    op.create_table(
        "census",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in more),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("downloads", sa.BigInteger(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.number"]),
        sa.PrimaryKeyConstraint("kind", "line", "strength", *more, "month"),
    )
