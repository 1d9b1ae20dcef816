"""Figures of days beside their normal band."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BY_BYTES = sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql")
GIVEN = sa.text("assigned_at IS NOT NULL")
FIGURES = (
    "new_customers",
    "notes",
    "touches",
    "orders",
    "fen",
    "won",
    "lost",
    "complaints_opened",
    "complaints_closed",
    "leads_answered",
    "answer_minutes",
    "promises_due",
    "promises_kept",
    "tasks_due",
    "tasks_on_time",
    "at_risk",
    "active",
)
INDEXES = (
    ("ix_customer_created", "customer", ["team_id", "created_at"]),
    ("ix_task_team_due", "task", ["team_id", "due_at"]),
    ("ix_touch_team", "touch", ["team_id", "touched_at"]),
    ("ix_risk_episode_team", "risk_episode", ["team_id", "opened_at"]),
)


def upgrade() -> None:
    op.create_table(
        "indicator_day",
        sa.Column("team_id", ID, autoincrement=False, nullable=False),
        sa.Column("dimension", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", BY_BYTES, nullable=False),
        *(sa.Column(name, ID, nullable=False) for name in FIGURES),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_indicator_day_team_id_team")),
        sa.PrimaryKeyConstraint("team_id", "dimension", "day", "key", name=op.f("pk_indicator_day")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_indicator_day_day", "indicator_day", ["team_id", "day"], unique=False)
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns, unique=False)
    columns = ["team_id", "assigned_at"]
    op.create_index(
        "ix_customer_assigned", "customer", columns, unique=False, sqlite_where=GIVEN, postgresql_where=GIVEN
    )


def downgrade() -> None:
    op.drop_index("ix_customer_assigned", table_name="customer")
    for name, table, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_index("ix_indicator_day_day", table_name="indicator_day")
    op.drop_table("indicator_day")
