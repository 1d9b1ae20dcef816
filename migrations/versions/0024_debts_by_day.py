"""A day's list finds what falls due by its day, not by reading all that a team's customers owe."""

from __future__ import annotations

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_account_entry_due", "account_entry", ["team_id", "kind", "entry_on"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_account_entry_due", table_name="account_entry")
