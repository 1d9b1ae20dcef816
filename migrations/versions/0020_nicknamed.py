"""An index of a member's own customers who have nicknames, of whom there are few."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INDEX, TABLE = "ix_customer_nicknamed", "customer"
NICKNAMED = sa.text("CAST(nicknames AS TEXT) <> '[]'")


def upgrade() -> None:
    op.create_index(
        INDEX, TABLE, ["team_id", "owner_id", "deleted_at"], sqlite_where=NICKNAMED, postgresql_where=NICKNAMED
    )


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
