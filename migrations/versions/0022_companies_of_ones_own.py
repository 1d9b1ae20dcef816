"""An index of the companies of a member's own customers: those whose company is written so are a short range of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

INDEX, TABLE = "ix_customer_own_companies", "customer"
EMPLOYED = sa.text("deleted_at IS NULL AND company IS NOT NULL")


def upgrade() -> None:
    op.create_index(INDEX, TABLE, ["team_id", "owner_id", "company"], sqlite_where=EMPLOYED, postgresql_where=EMPLOYED)


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
