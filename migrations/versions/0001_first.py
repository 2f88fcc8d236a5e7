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

TABLES = (
    "artifacts",
    "runs",
    "notices",
    "cursors",
    "records",
    "asked",
    "claims",
    "guesses",
    "builds",
    "standings",
    "members",
    "findings",
)


def upgrade() -> None:
    _artifacts()
    _runs()
    _records()
    _asked()
    _claims()
    _guesses()
    _builds()
    _standings()
    _findings()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _artifacts() -> None:
    op.create_table(
        "artifacts",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("finished", MOMENT, nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("covered", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "notices",
        sa.Column("number", KEY, nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.number"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_notices_run", "notices", ["run"])
    op.create_table(
        "cursors",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.number"]),
        sa.PrimaryKeyConstraint("run", "question"),
    )


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("key", KEY, nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("created", MOMENT, nullable=True),
        sa.Column("modified", MOMENT, nullable=True),
        sa.Column("downloads", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("sha", sa.Text(), nullable=True),
        sa.Column("children", sa.BigInteger(), nullable=True),
        sa.Column("licences", sa.Text(), nullable=True),
        sa.Column("licence_name", sa.Text(), nullable=True),
        sa.Column("licence_link", sa.Text(), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=True),
        sa.Column("files", sa.LargeBinary(), nullable=True),
        sa.Column("siblings", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("removed", MOMENT, nullable=True),
        sa.Column("seen_run", sa.Integer(), nullable=False),
        sa.Column("changed_run", sa.Integer(), nullable=False),
        sa.Column("signals", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_run"], ["runs.number"]),
        sa.ForeignKeyConstraint(["key"], ["artifacts.key"]),
        sa.ForeignKeyConstraint(["seen_run"], ["runs.number"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_records_author", "records", ["author"])
    op.create_index("ix_records_changed_run", "records", ["changed_run"])
    op.create_index("ix_records_seen_run", "records", ["seen_run"])


def _asked() -> None:
    op.create_table(
        "asked",
        sa.Column("key", KEY, nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["artifacts.key"]),
        sa.PrimaryKeyConstraint("key"),
    )


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("number", KEY, nullable=False),
        sa.Column("owner", KEY, nullable=False),
        sa.Column("child", KEY, nullable=False),
        sa.Column("parent", KEY, nullable=False),
        sa.Column("relation", sa.Integer(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("signal", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["child"], ["artifacts.key"]),
        sa.ForeignKeyConstraint(["owner"], ["artifacts.key"]),
        sa.ForeignKeyConstraint(["parent"], ["artifacts.key"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_claims_child", "claims", ["child"])
    op.create_index("ix_claims_owner", "claims", ["owner"])
    op.create_index("ix_claims_parent", "claims", ["parent"])


def _guesses() -> None:
    op.create_table(
        "guesses",
        sa.Column("key", KEY, nullable=False),
        sa.Column("odds", sa.Double(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("clues", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["artifacts.key"]),
        sa.PrimaryKeyConstraint("key"),
    )


def _builds() -> None:
    op.create_table(
        "builds",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("upto_run", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("finished", MOMENT, nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )


def _standings() -> None:
    op.create_table(
        "standings",
        sa.Column("key", KEY, nullable=False),
        sa.Column("crawled", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("relations", sa.Integer(), nullable=False),
        sa.Column("edges_digest", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["artifacts.key"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "members",
        sa.Column("key", KEY, nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["artifacts.key"]),
        sa.PrimaryKeyConstraint("key", "family"),
    )
    op.create_index("ix_members_family_key", "members", ["family", "key"])


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("number", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("strength", sa.Integer(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("opened", MOMENT, nullable=False),
        sa.Column("closed", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["key"], ["artifacts.key"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_findings_key", "findings", ["key"])
    op.create_index("ix_findings_open", "findings", ["closed", "check", "outcome"])
