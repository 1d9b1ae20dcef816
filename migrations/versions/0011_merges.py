"""Pairs that are one customer, and what a merge moved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _pairs()
    _merges()
    op.create_index("ix_customer_updated", "customer", ["team_id", "updated_at"], unique=False)
    op.create_index("ix_risk_episode_customer", "risk_episode", ["customer_id"], unique=False)
    is_about_somebody = sa.text("customer_id IS NOT NULL")
    op.create_index(
        "ix_outbox_customer",
        "outbox",
        ["customer_id"],
        unique=False,
        sqlite_where=is_about_somebody,
        postgresql_where=is_about_somebody,
    )


def _of_customer(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["customer.customer_id"], name=op.f(f"fk_{table}_{column}_customer"))


def _pairs() -> None:
    op.create_table(
        "twin_pair",
        sa.Column("twin_pair_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("low_id", ID, nullable=False),
        sa.Column("high_id", ID, nullable=False),
        sa.Column("sureness", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_twin_pair_team_id_team")),
        _of_customer("twin_pair", "low_id"),
        _of_customer("twin_pair", "high_id"),
        sa.PrimaryKeyConstraint("twin_pair_id", name=op.f("pk_twin_pair")),
        sa.UniqueConstraint("low_id", "high_id", name=op.f("uq_twin_pair_low_id_high_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_twin_pair_team", "twin_pair", ["team_id", "state", "sureness"], unique=False)
    op.create_index("ix_twin_pair_high", "twin_pair", ["high_id"], unique=False)


def _merges() -> None:
    op.create_table(
        "customer_merge",
        sa.Column("customer_merge_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("kept_id", ID, nullable=False),
        sa.Column("gone_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_customer_merge_team_id_team")),
        _of_customer("customer_merge", "kept_id"),
        _of_customer("customer_merge", "gone_id"),
        sa.PrimaryKeyConstraint("customer_merge_id", name=op.f("pk_customer_merge")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_customer_merge_gone", "customer_merge", ["gone_id"], unique=False)
    op.create_index("ix_customer_merge_kept", "customer_merge", ["kept_id"], unique=False)
    op.create_index("ix_customer_merge_team", "customer_merge", ["team_id", "made_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_risk_episode_customer", table_name="risk_episode")
    op.drop_index("ix_customer_updated", table_name="customer")
    op.drop_index("ix_outbox_customer", table_name="outbox")
    op.drop_index("ix_customer_merge_team", table_name="customer_merge")
    op.drop_index("ix_customer_merge_kept", table_name="customer_merge")
    op.drop_index("ix_customer_merge_gone", table_name="customer_merge")
    op.drop_table("customer_merge")
    op.drop_index("ix_twin_pair_high", table_name="twin_pair")
    op.drop_index("ix_twin_pair_team", table_name="twin_pair")
    op.drop_table("twin_pair")
