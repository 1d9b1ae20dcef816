"""Deals, their stages, targets, and where leads come from."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
KEPT = sa.text("deleted_at IS NULL")
OPEN = sa.text("state = 'open' AND deleted_at IS NULL")


def upgrade() -> None:
    _deals()
    _by_month("target", sa.Column("member_id", ID, nullable=False))
    _by_month("source_cost", sa.Column("source", sa.String(length=40), nullable=False))
    op.create_table(
        "forecast_record",
        sa.Column("forecast_record_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("weighted_fen", ID, nullable=False),
        sa.Column("models_fen", ID, nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_forecast_record_team_id_team")),
        sa.PrimaryKeyConstraint("forecast_record_id", name=op.f("pk_forecast_record")),
        sa.UniqueConstraint("team_id", "month", "member_id", name=op.f("uq_forecast_record_team_id_month_member_id")),
        sqlite_autoincrement=True,
    )


def _deals() -> None:
    op.create_table(
        "deal",
        sa.Column("deal_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("what", sa.String(length=200), nullable=True),
        sa.Column("amount_fen", ID, nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("won_fen", ID, nullable=True),
        sa.Column("order_id", ID, nullable=True),
        sa.Column("lost_reason", sa.String(length=80), nullable=True),
        sa.Column("created_by_id", ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("deleted_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_deal_customer_id_customer")),
        sa.PrimaryKeyConstraint("deal_id", name=op.f("pk_deal")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deal_customer_id", "deal", ["customer_id"], unique=False)
    columns = ["team_id", "expected_on", "customer_id", "stage", "amount_fen"]
    op.create_index("ix_deal_open", "deal", columns, unique=False, sqlite_where=OPEN, postgresql_where=OPEN)
    columns = ["team_id", "closed_on", "state", "stage"]
    op.create_index("ix_deal_closed", "deal", columns, unique=False, sqlite_where=KEPT, postgresql_where=KEPT)
    columns = ["team_id", "created_at", "customer_id", "stage", "state", "amount_fen"]
    op.create_index("ix_deal_created", "deal", columns, unique=False, sqlite_where=KEPT, postgresql_where=KEPT)
    op.create_table(
        "deal_move",
        sa.Column("deal_move_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("deal_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("before", sa.String(length=24), nullable=True),
        sa.Column("after", sa.String(length=24), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.deal_id"], name=op.f("fk_deal_move_deal_id_deal")),
        sa.PrimaryKeyConstraint("deal_move_id", name=op.f("pk_deal_move")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deal_move_deal_id", "deal_move", ["deal_id"], unique=False)
    op.create_index("ix_deal_move_member", "deal_move", ["member_id", "moved_at"], unique=False)


def _by_month(name: str, whose: sa.Column[Any]) -> None:
    """An amount a month, with what it was before it was set last."""
    op.create_table(
        name,
        sa.Column(f"{name}_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        whose,
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount_fen", ID, nullable=False),
        sa.Column("before_fen", ID, nullable=False),
        sa.Column("set_by_id", ID, nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f(f"fk_{name}_team_id_team")),
        sa.PrimaryKeyConstraint(f"{name}_id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("team_id", "month", whose.name, name=op.f(f"uq_{name}_team_id_month_{whose.name}")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("forecast_record")
    op.drop_table("source_cost")
    op.drop_table("target")
    op.drop_index("ix_deal_move_member", table_name="deal_move")
    op.drop_index("ix_deal_move_deal_id", table_name="deal_move")
    op.drop_table("deal_move")
    op.drop_index("ix_deal_created", table_name="deal")
    op.drop_index("ix_deal_closed", table_name="deal")
    op.drop_index("ix_deal_open", table_name="deal")
    op.drop_index("ix_deal_customer_id", table_name="deal")
    op.drop_table("deal")
