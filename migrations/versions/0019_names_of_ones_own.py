"""The index of a member's own customers has their names: those of one surname are a short range of it."""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INDEX, TABLE = "ix_customer_owner", "customer"
OWN = ["team_id", "owner_id", "deleted_at"]


def upgrade() -> None:
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, [*OWN, "name", "company"])


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, OWN)
