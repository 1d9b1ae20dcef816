"""What was told to be paid in the words that entered an order names the order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEX, TABLE = "ix_account_entry_order", "account_entry"
OF_ORDER = sa.text("order_id IS NOT NULL")


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("order_id", ID, nullable=True))
    op.create_index(INDEX, TABLE, ["order_id"], sqlite_where=OF_ORDER, postgresql_where=OF_ORDER)


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
    op.drop_column(TABLE, "order_id")
