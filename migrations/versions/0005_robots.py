"""Robots in the group chats of other services."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "robot",
        sa.Column("robot_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("service", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("keyword", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("fault", sa.String(length=12), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("failed_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("connected_at", INSTANT, nullable=True),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("filled_at", INSTANT, nullable=False),
        sa.Column("rest_until", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_robot_team_id_team")),
        sa.PrimaryKeyConstraint("robot_id", name=op.f("pk_robot")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_robot_team_id"), "robot", ["team_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_robot_team_id"), table_name="robot")
    op.drop_table("robot")
