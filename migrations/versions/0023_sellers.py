"""Orders know whom they count for once their customer has gone to somebody else.

Customers who changed hands before are not looked into: their sales stay with whom they counted for until now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("orders", sa.Column("seller_id", ID, nullable=True))


def downgrade() -> None:
    op.drop_column("orders", "seller_id")
