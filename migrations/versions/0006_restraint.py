"""Restraint: touches of customers, who is not to be bothered and why, zones of members, second alerts, quiet hours."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
# What was sent before this version counts against the monthly cap, too.
GREETINGS_SENT = """
INSERT INTO touch (team_id, customer_id, matter, channel, touched_at)
SELECT team_id, customer_id, occasion || ':' || year, 'message', max(sent_at)
FROM greeting WHERE sent_at IS NOT NULL GROUP BY team_id, customer_id, occasion, year
"""


def _columns() -> tuple[tuple[str, sa.Column[Any]], ...]:
    return (
        ("member", sa.Column("zone", sa.String(length=64), nullable=True)),
        ("customer", sa.Column("bad_payer", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("customer", sa.Column("mourning_until", sa.Date(), nullable=True)),
        ("customer", sa.Column("assigned_at", INSTANT, nullable=True)),
        ("customer", sa.Column("lead_rung", ID, nullable=False, server_default=sa.text("0"))),
        ("risk_episode", sa.Column("alerted_probability", sa.Float(), nullable=True)),
        ("outbox", sa.Column("held_from", INSTANT, nullable=True)),
    )


def upgrade() -> None:
    for table, column in _columns():
        op.add_column(table, column)
    op.create_table(
        "touch",
        sa.Column("touch_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("matter", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("touched_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_touch_customer_id_customer")),
        sa.PrimaryKeyConstraint("touch_id", name=op.f("pk_touch")),
        sa.UniqueConstraint("customer_id", "matter", name=op.f("uq_touch_customer_id_matter")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_touch_customer", "touch", ["customer_id", "touched_at"], unique=False)
    op.execute(GREETINGS_SENT)


def downgrade() -> None:
    op.drop_index("ix_touch_customer", table_name="touch")
    op.drop_table("touch")
    for table, column in reversed(_columns()):
        op.drop_column(table, column.name)
