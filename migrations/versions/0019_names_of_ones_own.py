"""An index of the names of a member's own customers: those of one surname are a short range of it."""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INDEX, TABLE = "ix_customer_own_names", "customer"


def upgrade() -> None:
    op.create_index(INDEX, TABLE, ["team_id", "owner_id", "deleted_at", "name", "company"])


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
