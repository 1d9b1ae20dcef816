"""Payments know whom they count for once their customer has gone to somebody else.

Customers who changed hands before are not looked into: what they paid stays with whom it counted for until now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("account_entry", sa.Column("seller_id", ID, nullable=True))


def downgrade() -> None:
    op.drop_column("account_entry", "seller_id")
