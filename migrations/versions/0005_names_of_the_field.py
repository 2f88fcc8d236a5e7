"""Annotations and classifications under the names that the field has for them."""

from __future__ import annotations

from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    _rename("replies", "annotations", "artifact")
    _rename("guesses", "classifications")
    op.execute("ALTER TABLE classifications RENAME COLUMN clues TO features")


def downgrade() -> None:
    op.execute("ALTER TABLE classifications RENAME COLUMN features TO clues")
    _rename("classifications", "guesses")
    _rename("annotations", "replies", "artifact")


def _rename(old: str, new: str, *indexed: str) -> None:
    """Rename a table, and the indexes that are named after it."""
    for column in indexed:
        op.drop_index(f"ix_{old}_{column}", old)
    op.rename_table(old, new)
    for column in indexed:
        op.create_index(f"ix_{new}_{column}", new, [column])
